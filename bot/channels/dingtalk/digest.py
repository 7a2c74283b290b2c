"""What a group is told now and then: policies that are new since the last time, and those whose term soon ends."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.channels.trees import object_at, read_object, strings_at
from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Clause, Document, InForce, Knowledge
from bot.rendering.states import say_state_on

HORIZONS = (7, 30, 60)
"""So many days before its last a document is spoken of, once each."""
MOST_TITLES = 8
CLOSING = "想细问哪一项，在群里 @我 直接问。仅供参考，以主管部门答复为准。"


@dataclass(frozen=True, slots=True)
class Told:
    """What the group knows: the clauses, and of each document the nearest horizon that it was told of."""

    clauses: frozenset[str]
    horizons: Mapping[str, int] = field(default_factory=dict)

    def dump(self) -> bytes:
        """As it is kept."""
        return json.dumps({"clauses": sorted(self.clauses), "horizons": dict(self.horizons)}).encode()


@dataclass(frozen=True, slots=True)
class Digest:
    """The text for the group, empty when there is nothing to tell, and what it knows afterwards."""

    text: str
    told: Told


def load_told(kept: bytes | None) -> Told | None:
    """What `Told.dump` wrote; None where there is nothing that can be read."""
    tree = read_object(kept) if kept else None
    if tree is None:
        return None
    horizons = {name: days for name, days in object_at(tree, "horizons").items() if isinstance(days, int)}
    return Told(frozenset(strings_at(tree, "clauses")), horizons)


def compose(knowledge: Knowledge, told: Told | None, on: date) -> Digest:
    """What is to be told on the day; nothing is new to a group that was never told anything."""
    known = told.clauses if told else frozenset(clause.id for clause in knowledge.clauses)
    fresh = [clause for clause in knowledge.clauses if clause.id not in known and clause.is_claimable]
    near = dict(_near(knowledge, told, on))
    parts = [*_say_new(fresh, on), *_say_near(knowledge, near, on)]
    text = "\n\n".join([f"政策提醒，截至 {on.isoformat()}", *parts, CLOSING]) if parts else ""
    horizons = {**(told.horizons if told else {}), **near}
    return Digest(text, Told(frozenset(clause.id for clause in knowledge.clauses), horizons))


def last_day(document: Document) -> date | None:
    """The last day of the term, where the text states one."""
    return document.status.last if isinstance(document.status, InForce) else None


def _near(knowledge: Knowledge, told: Told | None, on: date) -> Iterator[tuple[str, int]]:
    """The documents to speak of because of their term, each with the horizon that it has come within."""
    for document in knowledge.documents.values():
        last = last_day(document)
        if last is None or availability_of(document, on) is not Availability.OPEN:
            continue
        within = next((days for days in HORIZONS if (last - on).days <= days), None)
        if within is not None and within < (told.horizons if told else {}).get(document.id, within + 1):
            yield document.id, within


def _say_new(fresh: Sequence[Clause], on: date) -> Iterator[str]:
    by_policy: dict[str, list[Clause]] = {}
    for clause in fresh:
        by_policy.setdefault(clause.policy.id, []).append(clause)
    lines = [_say_clauses(clauses, on) for clauses in by_policy.values()]
    if lines:
        yield "【新收录】\n" + "\n".join(f"· {line}" for line in lines)


def _say_clauses(clauses: Sequence[Clause], on: date) -> str:
    policy = clauses[0].policy
    state = say_state_on(policy, availability_of(policy, on), on)
    return f"{policy.short_title}，{len(clauses)} 项：{_titles(clauses)}{f'（{state}）' if state else ''}"


def _say_near(knowledge: Knowledge, near: Mapping[str, int], on: date) -> Iterator[str]:
    lines = [_say_term(knowledge, knowledge.documents[name], on) for name in near]
    if lines:
        yield "【快到期】\n" + "\n".join(f"· {line}" for line in lines)


def _say_term(knowledge: Knowledge, document: Document, on: date) -> str:
    last = last_day(document) or on
    days = (last - on).days
    left = f"还有 {days} 天" if days else "今天是最后一天"
    open_ones = [clause for clause in knowledge.clauses if clause.policy.id == document.id and clause.is_claimable]
    named = f"：{_titles(open_ones)}" if open_ones else ""
    return f"{document.short_title}执行到 {last.isoformat()}，{left}{named}"


def _titles(clauses: Sequence[Clause]) -> str:
    titles = "、".join(clause.title for clause in clauses[:MOST_TITLES])
    return f"{titles} 等 {len(clauses)} 项" if len(clauses) > MOST_TITLES else titles
