"""Staff's cases: what a clause says of an enterprise on a day, and what the sums come to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.content.yaml_source import Tree, read_yaml
from bot.policy.attributes import Attribute, AttributeType, Profile, Value
from bot.policy.matching import Verdict, match
from bot.policy.money import parse_yuan
from bot.policy.plan import build_plan
from bot.policy.values import value_from_json
from tests.content_fixture import shipped_bundle

FOLDER = Path(__file__).parent / "cases"
KEYS = {"name", "on", "given", "expect", "totals"}
EXPECTED = {"standing", "availability", "exact", "low", "high"}
TOTALS = {"fixed", "ceiling"}


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a file, with the text of its YAML."""

    file: str
    name: str
    on: date
    given: dict[str, Tree]
    expect: dict[str, dict[str, Tree]]
    totals: dict[str, Tree]

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


def read_cases() -> list[Case]:
    """Every case of every file; a file that is no list of cases is an error."""
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in read_file(path.name)]


def read_file(name: str) -> list[Case]:
    """The cases of one file."""
    source = read_yaml(FOLDER, name)
    assert not source.problems, [str(problem) for problem in source.problems]
    assert isinstance(source.tree, list), f"{name}: a list of cases"
    return [read_case(name, tree) for tree in source.tree]


def read_case(file: str, tree: Tree) -> Case:
    """One case; a key that is misspelt is an error, never passed over."""
    assert isinstance(tree, dict), f"{file}: {tree}"
    assert KEYS - {"totals"} <= tree.keys() <= KEYS, f"{file}: {tree.get('name')}: keys {sorted(tree)}"
    expect = {clause: wanted_of(wanted) for clause, wanted in table(tree["expect"]).items()}
    totals = table(tree.get("totals", {}))
    for wanted, allowed in [(totals, TOTALS), *((wanted, EXPECTED) for wanted in expect.values())]:
        assert wanted.keys() <= allowed, f"{file}: {tree['name']}: {sorted(wanted)}"
    on = date.fromisoformat(str(tree["on"]))
    return Case(file, str(tree["name"]), on, table(tree["given"]), expect, totals)


def table(tree: Tree) -> dict[str, Tree]:
    """The tree, which has to be a mapping; an empty one may be left blank."""
    assert isinstance(tree, dict | None), tree
    return tree or {}


def wanted_of(tree: Tree) -> dict[str, Tree]:
    """What is expected of a clause; a word alone is the standing."""
    return {"standing": tree} if isinstance(tree, str) else table(tree)


def read_value(attribute: Attribute, tree: Tree) -> Value:
    """A value as staff write it."""
    if attribute.type is AttributeType.BOOL:
        return value_from_json(attribute, {"true": True, "false": False}.get(str(tree)))
    if attribute.type is AttributeType.YUAN:
        return parse_yuan(str(tree))
    return value_from_json(attribute, tree)


def read_profile(case: Case) -> Profile:
    """The enterprise of the case."""
    attributes = shipped_bundle().guide.knowledge.attributes
    return Profile({name: read_value(attributes[name], tree) for name, tree in case.given.items()})


def said_of(verdict: Verdict) -> dict[str, Decimal | str | None]:
    """All that may be expected of a verdict."""
    amount = verdict.amount
    said = {"standing": verdict.standing.value, "availability": verdict.availability.value}
    return {**said, "exact": amount.exact, "low": amount.low, "high": amount.high}


def typed(wanted: dict[str, Tree]) -> dict[str, Decimal | str | None]:
    """What is expected, in the types of what comes; a sum left blank is none."""
    return {name: typed_one(name, tree) for name, tree in wanted.items()}


def typed_one(name: str, tree: Tree) -> Decimal | str | None:
    """A word of a standing or an availability, or a sum."""
    if tree is None or name in ("standing", "availability"):
        return None if tree is None else str(tree)
    return parse_yuan(str(tree))


CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case_of_staff_comes_out_as_written(case: Case) -> None:
    knowledge = shipped_bundle().guide.knowledge
    profile = read_profile(case)

    verdicts = {verdict.clause.id: verdict for verdict in match(knowledge.clauses, profile, case.on)}
    plan = build_plan(list(verdicts.values()), knowledge.combining, profile)

    totals = {"fixed": plan.fixed_total, "ceiling": plan.ceiling_total}
    got = {clause: {name: said_of(verdicts[clause])[name] for name in wanted} for clause, wanted in case.expect.items()}
    assert got == {clause: typed(wanted) for clause, wanted in case.expect.items()}, str(case)
    assert {name: totals[name] for name in case.totals} == typed(case.totals), str(case)


def test_no_two_cases_have_one_name() -> None:
    names = [str(case) for case in CASES]

    assert len(names) == len(set(names))


def test_every_clause_that_can_be_claimed_has_a_case() -> None:
    claimable = {clause.id for clause in shipped_bundle().guide.knowledge.clauses if clause.is_claimable}

    assert claimable <= {clause for case in CASES for clause in case.expect}
