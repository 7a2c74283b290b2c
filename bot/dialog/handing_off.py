"""Handing over to a person: whom to turn to for what is being discussed, and what that person is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.dialog.acts import Act, HandOff, Record
from bot.dialog.answer_acts import AnswerFromClauses, CompareClauses, DescribeDocuments
from bot.dialog.flows import Guide
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.result_acts import ShowProof, ShowResult
from bot.dialog.results import worth_of
from bot.dialog.state import State
from bot.policy.availability import Availability
from bot.policy.clauses import Clause, Contact

MOST_CONTACTS = 4


@dataclass(frozen=True, slots=True)
class _Matter:
    """What is being discussed: the clauses it is about, in words, and whether it tells how the company stands."""

    clauses: tuple[Clause, ...]
    say: str
    is_of_company: bool = False


def hand_off(state: State, moment: Moment) -> Move:
    """Hand over to a person, and tell whom to turn to; the pending question comes back."""
    act = replace(whom_to_turn_to(state, moment.guide, moment.on), wants_person=True, is_again=bool(state.hand_off))
    return Move(state, (act,), Then.REPEAT)


def tell_whom(state: State, moment: Moment) -> Move:
    """Tell whom to turn to, and no more; the pending question comes back."""
    return Move(state, (whom_to_turn_to(state, moment.guide, moment.on),), Then.REPEAT)


def whom_to_turn_to(state: State, guide: Guide, on: date) -> HandOff:
    """The departments for what is being discussed; those of the place where it is about nothing in particular."""
    matter = _matter(state, guide, on)
    contacts = _contacts_of(matter.clauses, guide) or hand_off_contacts(state, guide)
    return HandOff(contacts, guide.knowledge.hotline, matter.say, is_of_company=matter.is_of_company)


def wants_person(acts: Iterable[Act]) -> bool:
    """Whether one of the acts hands over to a person."""
    return any(isinstance(act, HandOff) and act.wants_person for act in acts)


def numbered(acts: Sequence[Act], number: str) -> tuple[Act, ...]:
    """The acts, with the number under which a person finds what is handed over."""
    return tuple(replace(act, number=number) if isinstance(act, HandOff) and act.wants_person else act for act in acts)


def handed_over(state: State) -> State:
    """What a person is given of a conversation, and no more."""
    return State(
        profile=state.profile,
        declined=state.declined,
        pending=state.pending,
        shown=state.shown,
        about=state.about,
        shown_on=state.shown_on,
        last_seen=state.last_seen,
        exchanges=state.exchanges,
    )


def told_of(acts: Iterable[Act], before: tuple[str, ...]) -> tuple[str, ...]:
    """The clauses that the last turn was about; those before it as long as it tells of none and records nothing."""
    told = tuple(acts)
    named = [name for act in told for name in _clauses_in(act)]
    if named:
        return tuple(dict.fromkeys(named))
    return () if any(isinstance(act, Record) for act in told) else before


def hand_off_contacts(state: State, guide: Guide) -> tuple[Contact, ...]:
    """Whom to turn to: those of the documents for the place of registration, then of the city."""
    region = state.profile.values.get("region")
    found: dict[str, Contact] = {}
    for document in guide.knowledge.documents.values():
        if not document.places or region in document.places:
            found |= {contact.id: contact for contact in document.contacts}
    found.pop(guide.knowledge.hotline.id, None)
    return tuple(sorted(found.values(), key=lambda contact: contact.phone is None))


def _clauses_in(act: Act) -> tuple[str, ...]:
    match act:
        case AnswerFromClauses(is_sure=False):
            return ()
        case AnswerFromClauses(verdicts=verdicts) | CompareClauses(sides=verdicts):
            return tuple(verdict.clause.id for verdict in verdicts)
        case DescribeDocuments(claimable=claimable):
            return tuple(verdicts[0].clause.id for verdicts in claimable if verdicts)
        case ShowProof(verdict=verdict):
            return (verdict.clause.id,)
        case ShowResult(items=items):
            return tuple(item.verdict.clause.id for item in items)
        case _:
            return ()


def _matter(state: State, guide: Guide, on: date) -> _Matter:
    """What was asked about or shown last, else what the open question decides, else the result."""
    if about := _clauses(state.about, guide):
        is_result = set(state.about) <= set(state.shown)
        return _Matter(about, _say(about, is_result=is_result), is_of_company=is_result)
    name = state.asked_alone
    if name and name not in guide.flow.core and (decided := _decided_by(name, state, guide, on)):
        return _Matter(decided, f"正在问的“{guide.knowledge.attributes[name].label}”")
    if shown := _clauses(state.shown[: guide.flow.page_size], guide):
        return _Matter(shown, _say(shown, is_result=True), is_of_company=True)
    return _Matter((), "")


def _say(clauses: Sequence[Clause], *, is_result: bool) -> str:
    if is_result and len(clauses) > 1:
        return "结果里的这几项"
    return "、".join(clause.title for clause in clauses[:2]) + ("等" if len(clauses) > 2 else "")


def _decided_by(name: str, state: State, guide: Guide, on: date) -> tuple[Clause, ...]:
    """The clauses that an answer can still move, those with the most money first."""
    verdicts = guide.matcher.match(state.profile, on)
    moved = [v for v in verdicts if name in v.undecided and v.availability is not Availability.CLOSED]
    return tuple(verdict.clause for verdict in sorted(moved, key=worth_of, reverse=True))


def _clauses(names: Iterable[str], guide: Guide) -> tuple[Clause, ...]:
    known = guide.knowledge.by_id
    return tuple(known[name] for name in names if name in known)


def _contacts_of(clauses: Iterable[Clause], guide: Guide) -> tuple[Contact, ...]:
    """The departments of the clauses, those of the first clause first."""
    found: dict[str, Contact] = {}
    for clause in clauses:
        found |= {c.id: c for c in clause.contacts or clause.policy.contacts if c.id not in found}
    found.pop(guide.knowledge.hotline.id, None)
    return tuple(found.values())[:MOST_CONTACTS]
