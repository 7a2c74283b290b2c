"""The whole proof of one clause for one enterprise: the answer, each condition, the sum, the rules, whom to ask."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.batch.matching import clause_json, yuan_json
from bot.batch.tables import STANDINGS, STATES
from bot.cases.judging import Outcome
from bot.policy.clauses import Clause, Contact, Knowledge, NoFigure
from bot.policy.matching import Standing, Verdict
from bot.policy.values import value_to_json
from bot.proofs.rules import all_rule_lines, rules_of, say_share, say_totals
from bot.proofs.trees import STATES as TRUTHS
from bot.proofs.trees import part_lines, tree_json
from bot.rendering.result_views import say_standing
from bot.rendering.sentences import say_article, say_benefit, say_gain, say_whom
from bot.rendering.workings import say_why_available, say_workings

PARTS = ("这份文件管谁", "前提（几乎都满足的）", "这一条自己的条件")


def explain(clause: Clause, outcome: Outcome, knowledge: Knowledge) -> tuple[str, ...]:
    """The proof in lines, as a clerk would write it."""
    verdict = outcome.verdicts[clause.id]
    return (
        *_heading(clause, outcome.on),
        "",
        f"结论：{STANDINGS[verdict.standing]}。{_say_answer(verdict)}",
        f"能不能申领：{STATES[verdict.availability]}。{say_why_available(clause.policy, verdict.availability)}",
        "",
        *_conditions(verdict, outcome),
        "",
        *_sum(verdict, outcome),
        "",
        *_combining(clause, outcome, knowledge),
        "",
        f"找谁：{say_whom(verdict, knowledge.hotline)}",
        *([f"提醒：{clause.reminder}"] if clause.reminder else []),
        "结果仅供参考，以主管部门答复为准。",
    )


def _heading(clause: Clause, on: date) -> Iterator[str]:
    yield f"{clause.title}（{clause.id}）"
    yield f"依据：{say_article(clause)}，{clause.policy.issuer}"
    yield f"文件：《{clause.policy.title.strip('《》')}》"
    if clause.evidence:
        yield f"原文里的关键词句：{'；'.join(clause.evidence)}"
    yield f"内容：{clause.summary}"
    if clause.terms:
        yield f"另外写明：{clause.terms}"
    yield f"按 {on.isoformat()} 算。"


def _say_answer(verdict: Verdict) -> str:
    if not verdict.clause.is_claimable:
        return "这一条只是方向或规则，没有可以申领的资金。"
    return "" if verdict.standing is Standing.ELIGIBLE else f"{say_standing(verdict)}。"


def _conditions(verdict: Verdict, outcome: Outcome) -> Iterator[str]:
    for name, part in zip(PARTS, verdict.finding.parts, strict=True):
        lines = part_lines(part, outcome.profile)
        yield f"{name}：{TRUTHS[part.truth] if lines else '没有写'}"
        yield from lines


def _sum(verdict: Verdict, outcome: Outcome) -> Iterator[str]:
    is_out = verdict.standing is Standing.NOT_ELIGIBLE
    benefit = verdict.clause.benefit
    if isinstance(benefit, NoFigure):
        yield f"给什么：{say_benefit(benefit)}{'，不符合' if is_out else _premise_of_sum(verdict)}"
        return
    gain = "不符合，没有金额" if is_out else say_gain(benefit, verdict.prospect)
    yield f"金额：{gain}{_premise_of_sum(verdict)}"
    yield f"  规定：{say_benefit(benefit)}"
    for step in say_workings(benefit, outcome.profile, outcome.on):
        yield f"  {'假如符合' if is_out else '算法'}：{step}"


def _premise_of_sum(verdict: Verdict) -> str:
    return "（条件都满足的话）" if verdict.standing is Standing.NEEDS_INFO else ""


def _combining(clause: Clause, outcome: Outcome, knowledge: Knowledge) -> Iterator[str]:
    lines = tuple(all_rule_lines(clause, knowledge, outcome))
    yield "和别的政策怎么合算：" + ("" if lines else "没有专门的规定")
    yield from (f"  · {line}" for line in lines)
    if clause.policy.stacking_note:
        yield f"  · {clause.policy.stacking_note}"
    yield f"  结果：{say_share(clause, outcome)}"
    yield f"  {say_totals(outcome)}"


def explain_json(clause: Clause, outcome: Outcome, knowledge: Knowledge) -> Mapping[str, object]:
    """The same for machines, with the fields of `match` for the clause."""
    verdict = outcome.verdicts[clause.id]
    scope, premises, own = (tree_json(part, outcome.profile) for part in verdict.finding.parts)
    return {
        "as_of": outcome.on.isoformat(),
        "knowledge_version": knowledge.version,
        "profile": {name: value_to_json(value) for name, value in outcome.profile.values.items()},
        **clause_json(verdict),
        "policy": clause.policy.id,
        "scope": scope,
        "premises": premises,
        "conditions": own,
        "availability_reason": say_why_available(clause.policy, verdict.availability),
        "rule": say_benefit(clause.benefit),
        "working": list(say_workings(clause.benefit, outcome.profile, outcome.on)),
        "combining": _combining_json(clause, outcome, knowledge),
        "plan": {
            "share": say_share(clause, outcome),
            "fixed_total": yuan_json(outcome.plan.fixed_total),
            "ceiling_total": yuan_json(outcome.plan.ceiling_total),
        },
        "contacts": _contacts_json((*(clause.contacts or clause.policy.contacts), knowledge.hotline)),
    }


def _combining_json(clause: Clause, outcome: Outcome, knowledge: Knowledge) -> list[Mapping[str, object]]:
    words = all_rule_lines(clause, knowledge, outcome)
    rules = rules_of(clause, knowledge)
    return [
        {"id": rule.id, "source": rule.source, "clauses": sorted(rule.clauses), "text": text}
        for rule, text in zip(rules, words, strict=True)
    ]


def _contacts_json(contacts: Iterable[Contact]) -> list[Mapping[str, object]]:
    return [{"id": contact.id, "name": contact.name, "phone": contact.phone} for contact in contacts]
