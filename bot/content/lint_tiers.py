"""Tiers of one benefit, and clauses of one article, that overlap or leave a hole between their thresholds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations
from typing import assert_never

from bot.content.clause_words import own_condition
from bot.content.cuts import Cells, Cuts, cut
from bot.content.lint_conditions import LATE
from bot.content.places import Places, Said
from bot.content.problems import Finding
from bot.content.satisfiability import Formula as Literals
from bot.content.satisfiability import Space, build_space
from bot.policy.attributes import Attribute, AttributeType
from bot.policy.clauses import Ceiling, Clause, Combining, Formula, Tiers
from bot.policy.conditions import AllOf, AnyOf, Condition, Not, Predicate, Requirement, Unclear, attributes_of

RANKED = frozenset({AttributeType.YUAN, AttributeType.INT, AttributeType.ORDERED})
HOLE_HINT = "一边写成「以上（>=）」或「以下（<=）」，或补上中间的一档"
OUTSIDE_HINT = "把最低一档的门槛也写进 conditions，或补上缺的一档"
OVERLAP_HINT = "核对门槛；原文让两项只算一项的，在 documents.yaml 的 exclusions 里写明"


def lint_tiers(places: Places) -> Iterator[Finding]:
    """A reminder for each overlap that nothing decides, and for each hole."""
    knowledge = places.guide.knowledge
    by_article: dict[tuple[str, str, str], list[Clause]] = {}
    for clause in knowledge.clauses:
        if isinstance(clause.benefit, Tiers):
            for said in _tiers(clause, clause.benefit):
                yield places.at_clause(clause, said)
        if clause.is_claimable:
            by_article.setdefault((clause.document.id, clause.article, clause.policy.id), []).append(clause)
    for clauses in by_article.values():
        for clause, said in _siblings(clauses, knowledge.combining):
            yield places.at_clause(clause, said)


def _tiers(clause: Clause, benefit: Tiers) -> Iterator[Said]:
    """Overlaps of two tiers of which none is always the better, and values that no tier takes."""
    space = build_space([clause.condition, *(when for when, _ in benefit.tiers)], LATE)
    whole = space.formula(clause.condition)
    for (i, (when, part)), (j, (other_when, other)) in combinations(enumerate(benefit.tiers), 2):
        both = space.can_hold([whole, space.formula(when), space.formula(other_when)])
        if both and not (_is_better(part, other) or _is_better(other, part)):
            what = f"和第 {i + 1} 档会同时满足，又说不准哪一档高"
            yield Said(("benefit", "tiers", j, "when"), what, "核对门槛，让一个企业只落在一档")
    yield from _idle_tiers(benefit, space, whole)
    holes = list(_holes_between(benefit))
    for hole in holes:
        yield Said(("benefit", "tiers"), f"{hole}时哪一档都不算", HOLE_HINT)
    none = [space.formula(when, holds=False) for when, _ in benefit.tiers]
    if not holes and space.can_hold([whole, *none]):
        yield Said(("benefit", "tiers"), "条件都满足，也可能哪一档都不算，却会说成符合", OUTSIDE_HINT)


def _holes_between(benefit: Tiers) -> Iterator[str]:
    """What lies between tiers that look at one ranked attribute, in words."""
    bands = [band for when, _ in benefit.tiers for band in _bands(when)]
    ranked = {band.attribute.name for band in bands}
    if len(benefit.tiers) > 1 and len(bands) == len(benefit.tiers) and len(ranked) == 1:
        for hole in _holes(bands):
            yield f"{bands[0].attribute.label}{hole}"


def _idle_tiers(benefit: Tiers, space: Space, whole: Literals) -> Iterator[Said]:
    """Tiers that nobody is given: whoever meets one also meets another that is at least as good."""
    idle = set[int]()
    for (i, (when, part)), (j, (other_when, other)) in permutations(enumerate(benefit.tiers), 2):
        if j in idle or i in idle or not _is_better(part, other):
            continue
        if not space.can_hold([whole, space.formula(other_when), space.formula(when, holds=False)]):
            idle.add(j)
            what = f"够这一档的都够第 {i + 1} 档，那一档不比它少，这一档用不上"
            yield Said(("benefit", "tiers", j), what, "核对门槛和金额")


def _is_better(one: Formula | Ceiling, other: Formula | Ceiling) -> bool:
    """Whether the one gives at least as much as the other, whatever the enterprise."""
    if isinstance(one, Ceiling) and isinstance(other, Ceiling):
        return one.cap >= other.cap
    if not isinstance(one, Formula) or not isinstance(other, Formula):
        return False
    is_alike = (set(one.plus), set(one.minus)) == (set(other.plus), set(other.minus))
    is_capped_less = one.cap is None or (other.cap is not None and one.cap >= other.cap)
    return is_alike and is_capped_less and one.constant >= other.constant and one.rate >= other.rate


@dataclass(frozen=True, slots=True)
class _Band:
    """What a list of conditions requires of one ranked attribute; `rest` are the other conditions."""

    attribute: Attribute
    leaves: tuple[Requirement, ...]
    rest: frozenset[str]


def _bands(condition: Condition) -> Iterator[_Band]:
    """The ranked attributes that a list of conditions looks at directly."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    direct: dict[str, list[Requirement]] = {}
    for part in parts:
        if isinstance(part, Requirement) and part.attribute.type in RANKED:
            direct.setdefault(part.attribute.name, []).append(part)
    for name, leaves in direct.items():
        rest = [part for part in parts if part not in leaves]
        if name not in frozenset().union(*(attributes_of(part) for part in rest)):
            yield _Band(leaves[0].attribute, tuple(leaves), frozenset(_shape(part) for part in rest))


def _shape(condition: Condition) -> str:
    """The condition without its words, which don't count when two are compared."""
    match condition:
        case Requirement(attribute, predicate, _):
            return f"{attribute.name} {predicate}"
        case AllOf(parts) | AnyOf(parts):
            return f"{type(condition).__name__}({'; '.join(_shape(part) for part in parts)})"
        case Not(part, _):
            return f"Not({_shape(part)})"
        case Unclear(say):
            return say
        case _ as unreachable:
            assert_never(unreachable)


def _cells(band: _Band, cuts: Cuts) -> Cells:
    cells = cuts.all
    for leaf in band.leaves:
        cells &= cuts.cells_of(leaf.predicate)
    return cells


def _holes(bands: Sequence[_Band]) -> Iterator[str]:
    """What lies between the bands and belongs to none of them, in words."""
    cuts = cut(bands[0].attribute, [leaf for band in bands for leaf in band.leaves], LATE)
    covered = 0
    for band in bands:
        covered |= _cells(band, cuts)
    taken = [cell for cell in range(covered.bit_length()) if covered >> cell & 1]
    for before, after in pairwise(taken):
        left = [cell for cell in range(before + 1, after) if cuts.all >> cell & 1]
        if left:
            yield cuts.say(left[0], left[-1])


def _siblings(clauses: Sequence[Clause], combining: Combining) -> Iterator[tuple[Clause, Said]]:
    """Holes and undecided overlaps of clauses of one article that are alike but for their band of one attribute."""
    groups: dict[tuple[str, frozenset[str]], list[tuple[Clause, _Band]]] = {}
    for clause in clauses if len(clauses) > 1 else ():
        for band in _bands(own_condition(clause)):
            groups.setdefault((band.attribute.name, band.rest), []).append((clause, band))
    for group in groups.values():
        bands = [band for _, band in group]
        if len({_key(band) for band in bands}) < 2:
            continue
        clause = group[-1][0]
        for hole in _holes(bands):
            yield clause, Said(("conditions",), f"{bands[0].attribute.label}{hole}时，这一条的几项都不算", HOLE_HINT)
        yield from _overlaps(group, combining)


def _key(band: _Band) -> frozenset[Predicate]:
    return frozenset(leaf.predicate for leaf in band.leaves)


def _overlaps(group: Sequence[tuple[Clause, _Band]], combining: Combining) -> Iterator[tuple[Clause, Said]]:
    cuts = cut(group[0][1].attribute, [leaf for _, band in group for leaf in band.leaves], LATE)
    decided = [rule.clauses for rule in combining.exclusions] + [rule.clauses for rule in combining.limits]
    for (one, band), (other, other_band) in combinations(group, 2):
        is_decided = any({one.id, other.id} <= names for names in decided)
        if _cells(band, cuts) & _cells(other_band, cuts) and _key(band) != _key(other_band) and not is_decided:
            what = f"和 {one.id} 的{band.attribute.label}门槛有重叠，两项会一起算"
            yield other, Said(("conditions",), what, OVERLAP_HINT)
