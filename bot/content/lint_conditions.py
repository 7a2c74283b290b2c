"""Conditions that no enterprise can meet, and conditions that say nothing beside the others."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.content.clause_words import own_condition
from bot.content.cuts import cut
from bot.content.places import Places, Said
from bot.content.problems import Finding, Weight
from bot.content.satisfiability import Formula, Space, build_space
from bot.content.yaml_source import TreePath
from bot.policy.attributes import AttributeType
from bot.policy.clauses import Batch, Clause, Document, InForce, Status, Tiers, TitleYears
from bot.policy.conditions import AllOf, AnyOf, Condition, Requirement, attributes_of, requirements_of

EARLY, LATE = date(2000, 1, 1), date(2100, 12, 31)
CONFLICT_HINT = "核对数字和比较的符号；满足一项就行的，写在 any 下面"
USELESS_HINT = "删掉它，或核对是不是写错了"


@dataclass(frozen=True, slots=True)
class _Part:
    """One condition that has to hold; `path` is empty where it is not the clause's own."""

    condition: Condition
    path: TreePath
    say: str


def lint_conditions(places: Places) -> Iterator[Finding]:
    """A reminder for each condition and each alternative that adds nothing."""
    for document in places.guide.knowledge.documents.values():
        yield from (places.at_document(document.id, said) for said in _useless([], _of_document(document), document))
    for clause in places.guide.knowledge.clauses:
        if is_entangled(clause):
            found = _useless(_general(clause.policy), _of_clause(clause), clause.policy)
            yield from (places.at_clause(clause, said) for said in found)


def find_conflicts(places: Places) -> Iterator[Finding]:
    """A mistake for each document and each clause with conditions that no enterprise can meet together."""
    for document in places.guide.knowledge.documents.values():
        if said := _conflict(_of_document(document), document):
            yield places.at_document(document.id, said)
    for clause in places.guide.knowledge.clauses:
        if is_entangled(clause):
            yield from (places.at_clause(clause, said) for said in conflicts_of(clause))


def conflicts_of(clause: Clause) -> Iterator[Said]:
    """The conditions of one clause, or of one of its tiers, that no enterprise can meet together."""
    parts = [*_general(clause.policy), *_of_clause(clause)]
    if said := _conflict(parts, clause.policy):
        yield said
        return
    for index, when in enumerate(_tiers(clause)):
        tier = [_own(part, ("benefit", "tiers", index, "when", i)) for i, part in enumerate(_parts(when))]
        if said := _conflict([*parts, *tier], clause.policy):
            yield said


def is_entangled(clause: Clause) -> bool:
    """Whether there is anything to look at: an attribute occurs twice, or a condition alone never or always holds."""
    leaves = [leaf for part in (own_condition(clause), *_tiers(clause)) for leaf in requirements_of(part)]
    names = {leaf.attribute.name for leaf in leaves}
    if len(names) < len(leaves) or any(_is_odd(leaf) for leaf in leaves):
        return True
    policy = clause.policy
    return any(leaf.attribute.name in names for c in (policy.scope, policy.premises) for leaf in requirements_of(c))


def _is_odd(leaf: Requirement) -> bool:
    """Whether a requirement never holds, such as below nought, or always."""
    cuts = cut(leaf.attribute, [leaf], LATE)
    return cuts.cells_of(leaf.predicate) in (0, cuts.all)


def _tiers(clause: Clause) -> tuple[Condition, ...]:
    return tuple(when for when, _ in clause.benefit.tiers) if isinstance(clause.benefit, Tiers) else ()


def _general(policy: Document) -> list[_Part]:
    """What the document asks of everyone."""
    scope = [_Part(part, (), f"适用范围：{policy.scope_say or say_of(part)}") for part in _parts(policy.scope)]
    return scope + [_Part(part, (), f"前提：{say_of(part)}") for part in _parts(policy.premises)]


def _of_clause(clause: Clause) -> list[_Part]:
    return [_own(part, ("conditions", i)) for i, part in enumerate(own_condition(clause).parts)]


def _of_document(document: Document) -> list[_Part]:
    keyed = (("scope", document.scope), ("premises", document.premises))
    return [_own(part, (key, i)) for key, condition in keyed for i, part in enumerate(_parts(condition))]


def _options(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, AnyOf) else ()


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, AllOf) else (condition,)


def _own(part: Condition, path: TreePath) -> _Part:
    return _Part(part, (*path, part.attribute.name) if isinstance(part, Requirement) else path, say_of(part))


def say_of(condition: Condition) -> str:
    """A condition in words, with its parts."""
    match condition:
        case AllOf(parts):
            return "，并且".join(say_of(part) for part in parts)
        case AnyOf(parts):
            return "，或者".join(say_of(part) for part in parts)
        case _:
            return condition.say


def _spaces(parts: Sequence[_Part], document: Document) -> tuple[Space, ...]:
    """The conditions as seen on the first and the last day of the document, where days matter."""
    conditions = [part.condition for part in parts]
    has_dates = any(leaf.attribute.type is AttributeType.DATE for c in conditions for leaf in requirements_of(c))
    first, last = _term(document.status)
    return tuple(build_space(conditions, day) for day in ((first, last) if has_dates else (last,)))


def _term(status: Status) -> tuple[date, date]:
    match status:
        case InForce(first, last):
            return first or EARLY, last or LATE
        case Batch(year):
            return date(year, 1, 1), date(year + 1, 12, 31)
        case TitleYears(first_year, last_year):
            return date(first_year, 1, 1), date(last_year, 12, 31)
        case _:
            return EARLY, LATE


def _can_hold(spaces: Sequence[Space], parts: Sequence[_Part], against: Condition | None = None) -> bool:
    """Whether the parts can hold together on some day; with `against`, without that one."""
    for space in spaces:
        formulas: list[Formula] = [space.formula(part.condition) for part in parts]
        contrary = [] if against is None else [space.formula(against, holds=False)]
        if space.can_hold([*formulas, *contrary]):
            return True
    return False


def _conflict(parts: Sequence[_Part], document: Document) -> Said | None:
    """The smallest group of the conditions that can't hold together, said at the last of the clause's own."""
    spaces = _spaces(parts, document)
    if _can_hold(spaces, parts):
        return None
    core = list(parts)
    for part in parts:
        rest = [other for other in core if other is not part]
        if not _can_hold(spaces, rest):
            core = rest
    own = [part for part in core if part.path]
    if not own:
        return None  # the document's own contradiction, said there
    *others, last = [f"「{part.say}」" for part in core]
    if not others:
        return Said(own[-1].path, f"没有企业能满足{last}", CONFLICT_HINT, Weight.MISTAKE)
    what = f"互相矛盾，没有企业能同时满足{'、'.join(others)}和{last}"
    return Said(own[-1].path, what, CONFLICT_HINT, Weight.MISTAKE)


def _useless(general: Sequence[_Part], own: Sequence[_Part], document: Document) -> Iterator[Said]:
    """Conditions that hold anyway, from the last to the first, and alternatives that add nothing."""
    counts = Counter(name for part in (*general, *own) for name in attributes_of(part.condition))
    spaces = _spaces([*general, *own], document)
    kept = list(own)
    for part in reversed(own):
        is_joined = any(counts[name] > 1 for name in attributes_of(part.condition))
        others = [*general, *(other for other in kept if other is not part)] if is_joined else []
        if not attributes_of(part.condition):
            continue
        if not _can_hold(spaces, others, part.condition):
            kept.remove(part)
            yield _say_useless(spaces, part, others)
        else:
            yield from _alternatives(spaces, part, others)


def _say_useless(spaces: Sequence[Space], part: _Part, others: Sequence[_Part]) -> Said:
    if not _can_hold(spaces, (), part.condition):
        return Said(part.path, f"「{part.say}」怎样都成立，等于没写", USELESS_HINT)
    enough = next((other for other in others if not _can_hold(spaces, [other], part.condition)), None)
    if enough is None:
        return Said(part.path, f"有了其余的条件，「{part.say}」就总是成立", USELESS_HINT)
    if not enough.path:
        return Said(part.path, f"文件的{enough.say}，已经包含「{part.say}」", USELESS_HINT)
    return Said(part.path, f"有了「{enough.say}」，「{part.say}」就总是成立", USELESS_HINT)


def _alternatives(spaces: Sequence[Space], part: _Part, others: Sequence[_Part]) -> Iterator[Said]:
    """Alternatives that can't hold beside the other conditions, and those that another one includes."""
    options = [_own(option, (*part.path, "any", i)) for i, option in enumerate(_options(part.condition))]
    for option in options:
        if not attributes_of(option.condition):
            continue
        if not _can_hold(spaces, [*others, option]):
            yield Said(option.path, f"「{option.say}」和别的条件矛盾，这一种用不上", CONFLICT_HINT)
            continue
        wider = [o for o in options if o is not option and not _can_hold(spaces, [option], o.condition)]
        if wider and (
            options.index(wider[0]) < options.index(option) or _can_hold(spaces, [wider[0]], option.condition)
        ):
            yield Said(option.path, f"「{option.say}」已经包含在「{wider[0].say}」里", USELESS_HINT)
