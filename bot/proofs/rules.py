"""The rules of combining that touch a clause, and what becomes of its sum in the best combination."""

from collections.abc import Iterator

from bot.cases.judging import Outcome
from bot.policy.attributes import Profile
from bot.policy.clauses import BetterOf, Clause, Exclusion, JointLimit, Knowledge
from bot.policy.matching import Standing
from bot.policy.money import format_yuan
from bot.rendering.sentences import say_value

Rule = JointLimit | Exclusion | BetterOf


def rules_of(clause: Clause, knowledge: Knowledge) -> tuple[Rule, ...]:
    """Every rule that names the clause."""
    combining = knowledge.combining
    rules: tuple[Rule, ...] = (*combining.limits, *combining.exclusions, *combining.better_of)
    return tuple(rule for rule in rules if clause.id in rule.clauses)


def say_rule(rule: Rule, clause: Clause, outcome: Outcome) -> str:
    """The rule, where it stands, and with what."""
    others = "、".join(
        f"{outcome.verdicts[name].clause.title}（{name}）" for name in sorted(rule.clauses - {clause.id})
    )
    stated = f"{rule.say}（{rule.source}）"
    match rule:
        case JointLimit(cap=cap):
            return f"合计不超过 {format_yuan(cap)}：{stated}" + (f"；和它合起来算的有：{others}" if others else "")
        case Exclusion(is_stated=is_stated):
            kind = "只取一样" if is_stated else "条文没有说能不能相加，先只算一样"
            return f"{kind}：{stated}；另外的是：{others}"
        case BetterOf():
            return f"同一项目从高不重复：{stated}；{_say_other_award(rule, outcome.profile)}"


def _say_other_award(rule: BetterOf, profile: Profile) -> str:
    value = profile.get(rule.attribute)
    return f"{rule.attribute.label}：{'还不知道' if value is None else say_value(rule.attribute, value)}"


def say_share(clause: Clause, outcome: Outcome) -> str:
    """What of the clause is counted in the best combination, or why nothing is."""
    verdict = outcome.verdicts[clause.id]
    paid = next((chosen.paid for chosen in outcome.plan.chosen if chosen.clause.id == clause.id), None)
    if paid is not None:
        is_cut = verdict.amount.exact is not None and paid < verdict.amount.exact
        return f"计入合计 {format_yuan(paid)}" + ("，其余的受合计上限所限" if is_cut else "")
    left = outcome.left_out(clause.id)
    if left is not None:
        instead = f"，取的是{left.instead_of.title}（{left.instead_of.id}）" if left.instead_of else ""
        return f"没有计入合计：{left.because}{instead}"
    if not clause.is_claimable:
        return "只是方向或规则，没有可以计入的"
    return "不符合，不计入合计" if verdict.standing is Standing.NOT_ELIGIBLE else "还不能定，没有计入合计"


def say_totals(outcome: Outcome) -> str:
    """What the best combination of everything comes to."""
    plan = outcome.plan
    return f"这家企业全部政策能算准的合计 {format_yuan(plan.fixed_total)}，最多 {format_yuan(plan.ceiling_total)}"


def all_rule_lines(clause: Clause, knowledge: Knowledge, outcome: Outcome) -> Iterator[str]:
    """Every rule that touches the clause, in words."""
    for rule in rules_of(clause, knowledge):
        yield say_rule(rule, clause, outcome)
