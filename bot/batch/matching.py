"""`policybot match`: a profile → verdict, amount and reasons for every clause, and the best combination."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import assert_never

from bot.batch.jsonl import Answer, Case, day_of
from bot.dialog.flows import Guide
from bot.errors import RequestError
from bot.messages import JsonValue
from bot.policy.attributes import Profile, Value
from bot.policy.conditions import AllOf, AnyOf, Finding, Not, Requirement, Unclear
from bot.policy.matching import Verdict
from bot.policy.plan import Plan, RunnerUp, build_plan
from bot.policy.values import value_from_json, value_to_json


def answer_match(case: Case, guide: Guide) -> Answer:
    """The contract's answer to one profile; RequestError when the profile or the day is not valid."""
    verdicts, plan, on = judge_case(case, guide)
    return {
        "as_of": on.isoformat(),
        "knowledge_version": guide.knowledge.version,
        "clauses": [clause_json(verdict) for verdict in verdicts],
        "plan": plan_json(plan),
    }


def judge_case(case: Case, guide: Guide) -> tuple[tuple[Verdict, ...], Plan, date]:
    """The same as values, for people's tables."""
    on = day_of(case)
    profile = read_profile(case.get("profile", {}), guide)
    verdicts = guide.matcher_of_all.match(profile, on)
    return verdicts, build_plan(verdicts, guide.knowledge.combining, profile), on


def read_profile(raw: object, guide: Guide) -> Profile:
    """The profile that JSON states; RequestError names every attribute that is not valid. null is unknown."""
    if not isinstance(raw, dict):
        raise RequestError("profile 应是一个对象：属性名和值")
    values: dict[str, Value] = {}
    problems = []
    for name, value in raw.items():
        attribute = guide.knowledge.attributes.get(name)
        if attribute is None:
            problems.append(f"没有属性 {name}")
        elif value is not None:
            try:
                values[name] = value_from_json(attribute, value)
            except ValueError as error:
                problems.append(str(error))
    if problems:
        raise RequestError("；".join(problems))
    return Profile(values)


def yuan_json(yuan: Decimal | None) -> int | float | None:
    """A sum as a JSON number."""
    if yuan is None:
        return None
    return int(yuan) if yuan == yuan.to_integral_value() else float(yuan)


def clause_json(verdict: Verdict) -> Mapping[str, object]:
    """One clause of the contract's answer."""
    clause = verdict.clause
    amount = verdict.amount
    return {
        "id": clause.id,
        "document": clause.document.id,
        "article": clause.article,
        "title": clause.title,
        "kind": clause.kind.value,
        "verdict": verdict.standing.value,
        "availability": verdict.availability.value,
        "amount": {"exact": yuan_json(amount.exact), "min": yuan_json(amount.low), "max": yuan_json(amount.high)},
        "reasons": [reason for part in verdict.finding.parts for reason in _reasons(part)],
        "contacts": [contact.id for contact in clause.contacts or clause.policy.contacts],
    }


def _reasons(finding: Finding) -> list[Mapping[str, JsonValue]]:
    """The requirements that lead to a finding; of alternatives only those that decide it."""
    match finding.condition:
        case Requirement(attribute, _, say):
            return [_reason(say, finding, attribute.name)]
        case Not(Requirement(attribute), say):
            return [{**_reason(say, finding.parts[0], attribute.name), "state": finding.truth.value}]
        case Not(_, say) | Unclear(say):
            return [_reason(say, finding, None)]
        case AnyOf() | AllOf():
            return [reason for part in finding.decisive for reason in _reasons(part)]
        case _ as unreachable:
            assert_never(unreachable)


def _reason(say: str, finding: Finding, attribute: str | None) -> Mapping[str, JsonValue]:
    answer = None if finding.value is None else value_to_json(finding.value)
    return {"condition": say, "state": finding.truth.value, "attribute": attribute, "answer": answer}


def plan_json(plan: Plan) -> Mapping[str, object]:
    """The best combination of the contract's answer."""
    return {
        "fixed_total": yuan_json(plan.fixed_total),
        "ceiling_total": yuan_json(plan.ceiling_total),
        "chosen": [chosen.clause.id for chosen in plan.chosen],
        "excluded": [
            {
                "id": left.clause.id,
                "because": left.because,
                "instead_of": left.instead_of.id if left.instead_of else None,
            }
            for left in plan.left_out
        ],
        "runner_up": None if plan.runner_up is None else _runner_up_json(plan.runner_up),
    }


def _runner_up_json(other: RunnerUp) -> Mapping[str, object]:
    """The next best combination: its total, what it counts in place of what, and the rules that let only one count."""
    return {
        "total": yuan_json(other.total),
        "instead": [chosen.clause.id for chosen in other.instead],
        "dropped": [chosen.clause.id for chosen in other.dropped],
        "because": [f"{rule.say}（{rule.source}）" for rule in other.rules],
    }
