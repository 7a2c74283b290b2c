"""`policybot profiles`: what is kept of conversations → anonymous profiles, one JSON a line, as `match` takes them."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.dialog.state import State
from bot.policy.attributes import Attribute
from bot.policy.values import value_to_json
from bot.responder import BEIJING
from bot.sessions.base import SessionKey, SessionUnreadable
from bot.sessions.codec import decode_state

NOBODY = SessionKey("export", "anonymous")


@dataclass(frozen=True, slots=True)
class Export:
    """The lines, in an order that says nothing of who or when, and how many conversations could not be read."""

    lines: tuple[str, ...]
    unreadable: int

    def summary(self) -> str:
        """One line for staff."""
        left = f"；有 {self.unreadable} 段对话读不出来，没有导出" if self.unreadable else ""
        return f"导出了 {len(self.lines)} 份企业情况{left}"


def export_states(
    states: Iterable[bytes], attributes: Mapping[str, Attribute], without: Collection[str] = frozenset()
) -> Export:
    """A line for each conversation in which something is known: attributes and the day, nothing else."""
    lines: list[str] = []
    unreadable = 0
    for raw in states:
        try:
            state = decode_state(NOBODY, raw, attributes)
        except SessionUnreadable:
            unreadable += 1
        else:
            lines += _line(state, without)
    return Export(tuple(sorted(lines)), unreadable)


def _line(state: State, without: Collection[str]) -> Iterator[str]:
    known = {n: value_to_json(value) for n, value in sorted(state.profile.values.items()) if n not in without}
    day = _day(state)
    if known and day is not None:
        yield json.dumps({"as_of": day.isoformat(), "profile": known}, ensure_ascii=False)


def _day(state: State) -> date | None:
    """The day of the result: the one asked for, else that of the last turn."""
    last = state.last_seen.astimezone(BEIJING).date() if state.last_seen else None
    return state.shown_on or last
