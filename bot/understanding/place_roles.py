"""What each place in a message is to the company, by all that is said around it: 库房放在大兴, 仨股东一个住海淀.

No word list has all that a place can be. A classifier learned from training/places.tsv says of each whether the company
is registered there, only works there, has left it, may go there, or whether it is somebody else's or denied.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.understanding.addresses import without_inner
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Answer, Outcome
from bot.understanding.text import Clause

OUTSIDE = frozenset(("outside_beijing",))
OTHER = "◇"
"""Stands for every other place: which places they are says nothing."""
_NEAR, _WIDE, _LONGEST = 8, 24, 3
_ANCHORED = 4
_DIGITS = re.compile(r"\d+")
_LINKS = frozenset(("", "区", "市", "的", "区的", "市的"))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it stands in a message: the districts that it may be, and what is said before and behind."""

    regions: frozenset[str]
    before: str
    after: str


def spots_of(clauses: Sequence[Clause], lexicon: Lexicon) -> tuple[Spot, ...]:
    """The places of a message from left to right, each with all the rest of the message around it."""
    pieces: list[str] = [""]
    named: list[frozenset[str]] = []
    for number, clause in enumerate(clauses):
        pieces[-1] += "," if number else ""
        at, is_first = 0, True
        for hit in without_inner(clause.text, lexicon.place_index.find(clause.text)):
            regions, between = frozenset(hit.meaning.regions), clause.text[at : hit.start]
            if not is_first and between in _LINKS and (joined := _joined(named[-1], regions)) is not None:
                named[-1] = joined
            else:
                pieces[-1] += between
                pieces.append("")
                named.append(regions)
            at, is_first = hit.end, False
        pieces[-1] += clause.text[at:]
    return tuple(
        Spot(regions, OTHER.join(pieces[: n + 1]), OTHER.join(pieces[n + 1 :])) for n, regions in enumerate(named)
    )


def _joined(one: frozenset[str], other: frozenset[str]) -> frozenset[str] | None:
    """What 通州台湖 is, 北京海淀 and 南通的通州区; nothing where the two names are two places."""
    if not one or not other:
        return one or other
    return one if one == OUTSIDE else one & other or None


def role_features(before: str, after: str) -> frozenset[str]:
    """The features of a place by what is said before and behind it: the nearest words count by themselves."""
    ahead, behind = _DIGITS.sub("0", before), _DIGITS.sub("0", after).removeprefix("区")
    return frozenset(("^", *_of_side(ahead[::-1], "<"), *_of_side(behind, ">")))


def _of_side(text: str, mark: str) -> Iterator[str]:
    """Runs of characters going outwards: next to the place, in its clause, in the clause beside it, and further off."""
    nearest, *further = text.split(",")
    own, *beyond = nearest.split(OTHER, 1)
    edge = own + (OTHER if beyond else "$")
    yield from (f"{mark}{edge[:size]}" for size in range(1, _ANCHORED + 1))
    yield from _runs(own[:_NEAR], f"{mark}1")
    yield from _runs((own[_NEAR:] + OTHER.join(beyond))[:_WIDE], f"{mark}2")
    yield f"{mark}{min(text.count(OTHER), 2)}{bool(further)}"
    yield from _runs((further[0] if further else "")[:_WIDE], f"{mark}3")
    yield from _runs(",".join(further[1:])[:_WIDE], f"{mark}4")


def _runs(text: str, mark: str) -> Iterator[str]:
    for size in range(1, _LONGEST + 1):
        yield from (f"{mark}{text[at : at + size]}" for at in range(len(text) - size + 1))


SPEAKS, AHEAD = 0.5, 12.0
"""How sure it must be that a place is the one of registration, and how many times as likely as any other district."""
OVERRULES, FAR_AHEAD = 0.8, 40.0
"""The same where the words say another district; less than this is asked."""
UNHEARD, ELSE = 0.06, 0.8
"""A district is dropped that is hardly the one, while the place surely is something else."""
LEFT_OPEN = 0.4
"""How likely one of several that are named side by side must be for all to be asked: 海淀一家 朝阳一家."""
MOST = 9
"""A text with more places is a list."""


@dataclass(frozen=True, slots=True)
class _Heard:
    regions: frozenset[str]
    registered: float
    unclear: float
    otherwise: float


def weigh_region(answer: Answer, clauses: Sequence[Clause], lexicon: Lexicon) -> Answer:
    """The answer by words, or the district that sounds registered where they leave it open or tell another one."""
    heard = _heard(clauses, lexicon)
    if answer.outcome is Outcome.UNKNOWN or not heard:
        return answer
    if not _names_several(heard):
        return _unless_unheard(answer, heard)
    first = _first(heard)
    if _leave_open(heard):
        return answer if answer.value == first.region and first.chance >= SPEAKS else _which(heard)
    if not first.leads(SPEAKS, AHEAD):
        return _unless_unheard(answer, heard)
    is_taken = answer.value in (None, first.region) or first.leads(OVERRULES, FAR_AHEAD)
    return Answer(Outcome.VALUE, first.region) if is_taken else _which(heard)


def _leave_open(heard: Sequence[_Heard]) -> bool:
    return any(each.unclear >= LEFT_OPEN for each in heard)


def _names_several(heard: Sequence[_Heard]) -> bool:
    """Whether there are several places to choose from; a bare 北京 is one only beside a place outside."""
    named = {each.regions for each in heard}
    return len(named if OUTSIDE in named else named - {frozenset()}) > 1


def _heard(clauses: Sequence[Clause], lexicon: Lexicon) -> list[_Heard]:
    """What each place sounds like; nothing where one of them is like nothing that was learned."""
    spots = spots_of(clauses, lexicon)
    if not 0 < len(spots) <= MOST:
        return []
    found = [(spot, lexicon.place_roles.weighed(role_features(spot.before, spot.after))) for spot in spots]
    if not all(sure for _, sure in found):
        return []
    return [
        _Heard(spot.regions, sure["registered"], sure["unclear"], max(v for k, v in sure.items() if k != "registered"))
        for spot, sure in found
    ]


@dataclass(frozen=True, slots=True)
class _First:
    """The district most likely registered, how likely it is, and how many times as likely as any other place."""

    region: str
    chance: float
    ahead: float

    def leads(self, chance: float, ahead: float) -> bool:
        """Whether it is at least so likely, and so far ahead."""
        return self.chance >= chance and self.ahead >= ahead


def _first(heard: Sequence[_Heard]) -> _First:
    single = [each for each in heard if len(each.regions) == 1]
    first = max(single, key=lambda each: each.registered, default=None)
    if first is None:
        return _First("", 0.0, 0.0)
    is_outside = first.regions == OUTSIDE  # then a bare 北京 is another place
    others = [
        _odds(each.registered) for each in heard if (each.regions or is_outside) and not first.regions <= each.regions
    ]
    ahead = _odds(first.registered) / max(others, default=_odds(0.0))
    return _First(next(iter(first.regions)), first.registered, ahead)


def _odds(chance: float) -> float:
    return (chance + 1e-3) / (1 - chance + 1e-3)


def _unless_unheard(answer: Answer, heard: Sequence[_Heard]) -> Answer:
    """The answer, unless each place where it might be surely is something else: 孩子在海淀上学."""
    own = [each for each in heard if answer.value in each.regions]
    is_unheard = all(each.registered < UNHEARD and each.otherwise >= ELSE for each in own)
    return _which(heard) if own and is_unheard else answer


def _which(heard: Sequence[_Heard]) -> Answer:
    return Answer(Outcome.ASK, candidates=tuple(dict.fromkeys(name for each in heard for name in sorted(each.regions))))
