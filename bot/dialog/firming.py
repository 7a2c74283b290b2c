"""What would make a result firmer: the answers that bear on what it shows, the most decisive first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from bot.dialog.deciding import about_topics, closed_attributes, next_pending, passed_attributes, worths_of
from bot.dialog.flows import Guide
from bot.dialog.result_acts import ItemGroup
from bot.dialog.results import REACHED, Result
from bot.dialog.stakes import FirmUp, Wanted
from bot.dialog.staking import stake_of
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.valuing import Valuer, Worth

MOST = 3
"""So many answers are asked for: more would be a questionnaire again."""
SHOWN = frozenset((*REACHED, ItemGroup.UNCONFIRMED))
"""The groups of what has to do with what the enterprise said."""
FEW_TOPICS = 3


def firm_up(state: State, result: Result, guide: Guide) -> FirmUp | None:
    """The answers that would firm the result up most; None when nothing is left to ask."""
    key = (firm_up, state.profile, state.declined, state.topics, state.passed_topics, result.on)
    return guide.remembered(key, lambda: _firm_up(state, result, guide))


def _firm_up(state: State, result: Result, guide: Guide) -> FirmUp | None:
    upcoming = next_pending(state, guide, result.on)
    if upcoming is None:
        return None
    worth = worths_of(state.profile, guide, result.on)
    wanted = tuple(islice(_Firming(state, result, worth, guide).wanted(upcoming), MOST))
    return FirmUp(wanted) if wanted else None


@dataclass(frozen=True, slots=True)
class _Firming:
    """One result, and what is still open of the enterprise that it is for."""

    state: State
    result: Result
    worth: Mapping[str, Worth]
    guide: Guide

    def wanted(self, upcoming: Pending) -> Iterator[Wanted]:
        """What bears on the clauses shown, by its gain; then the core questions that are left, and the topics."""
        flow = self.guide.flow
        gains = self._gains()
        for name in sorted(gains, key=lambda name: -gains[name]):
            yield self._of(Pending(PendingKind.PREMISES if name in flow.premises else PendingKind.QUESTION, name))
        settled = self.state.profile.values.keys() | self.state.declined | gains.keys()
        for name in flow.core:
            if name in self.worth and name not in settled:
                yield self._of(Pending(PendingKind.QUESTION, name))
        if upcoming.kind is PendingKind.TOPICS or self.state.topics is None:
            yield from self._topics(upcoming)
        elif upcoming.attribute not in (*gains, *flow.core, *flow.premises):
            yield self._of(upcoming)

    def _gains(self) -> dict[str, float]:
        """By how much an answer settles what is shown; the premises count as one, under the first of them."""
        state, flow = self.state, self.guide.flow
        out = passed_attributes(state, self.guide) | closed_attributes(state, self.result.verdicts, self.guide)
        shown = {item.verdict.clause.id for item in self.result.items if item.group in SHOWN}
        valuer = Valuer(self.guide, state.profile, self.result.on, state.declined)
        gains: dict[str, float] = {}
        for name, worth in self.worth.items():
            if name in out or name in flow.premises:
                continue
            shares = tuple(share for share in worth.shares if share.verdict.clause.id in shown)
            if shares:
                gains[name] = valuer.gain(replace(worth, shares=shares))
        return {name: gain for name, gain in (gains | self._gain_of_premises()).items() if gain > 0}

    def _gain_of_premises(self) -> dict[str, float]:
        left = (name for name in self.guide.flow.premises if name in self.worth and name not in self.state.declined)
        if (first := next(left, None)) is None:
            return {}
        waiting = (share for share in self.worth[first].shares if share.verdict.waits_for_premises_only)
        return {first: float(sum(share.rank for share in waiting))}

    def _of(self, pending: Pending) -> Wanted:
        stake = stake_of(pending, self.state, self.guide, self.result.on)
        return Wanted(self._label(pending), stake)

    def _label(self, pending: Pending) -> str:
        flow, attributes = self.guide.flow, self.guide.knowledge.attributes
        if pending.kind is PendingKind.PREMISES:
            settled = self.state.profile.values.keys() | self.state.declined
            return f"有没有沾上：{'；'.join(say for name, say in flow.premises.items() if name not in settled)}"
        if pending.kind is PendingKind.TOGETHER:
            topic = next((t for t in flow.topics if pending.attribute in t.attributes), None)
            return topic.label if topic is not None else attributes[pending.attribute].label
        return attributes[pending.attribute].label

    def _topics(self, upcoming: Pending) -> Iterator[Wanted]:
        """The question about the topics, by the names of some of them."""
        flow, known = self.guide.flow, self.state
        asked = upcoming.options if upcoming.kind is PendingKind.TOPICS else tuple(t.id for t in flow.topics)
        open_now = [t for t in flow.topics if t.id in asked and t.id not in known.settled_topics]
        left = [topic for topic in open_now if self.worth.keys() & set(topic.attributes)]
        if left:
            names = "、".join(topic.label for topic in left[:FEW_TOPICS])
            more = "等" if len(left) > FEW_TOPICS else ""
            stake = stake_of(about_topics(left), known, self.guide, self.result.on)
            yield Wanted(f"有没有这些事：{names}{more}", stake)
