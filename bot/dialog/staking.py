"""What the answers to a question can still move, to be told to the user."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import assert_never

from bot.dialog.deciding import WEIGHTS, passed_attributes, worths_of
from bot.dialog.flows import Flow, Guide
from bot.dialog.stakes import Stake
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.valuing import Share, Valuer, Worth


def stake_of(pending: Pending, state: State, guide: Guide, on: date) -> Stake | None:
    """What the answers to a question can still move; None: nothing."""
    asked = (pending.kind, pending.attribute, pending.options)
    key = (stake_of, *asked, state.profile, state.declined, state.passed_topics, on)
    return guide.remembered(key, lambda: _stake_of(pending, state, guide, on))


def _stake_of(pending: Pending, state: State, guide: Guide, on: date) -> Stake | None:
    names, worth = _asked_by(pending, guide.flow), worths_of(state.profile, guide, on)
    if pending.kind is PendingKind.QUESTION and _is_assumed(pending.attribute, state, guide):
        worth = {pending.attribute: _worth_of_wider(pending.attribute, state, guide, on)}
    open_now = (worth[name] for name in names if name in worth and name not in state.declined)
    out = passed_attributes(state, guide)
    is_last = pending.kind is PendingKind.PREMISES
    counted = tuple(_counted(each, out, only_waiting=is_last) for each in open_now)
    return Valuer(guide, state.profile, on, state.declined).stake(counted)


def _counted(worth: Worth, out: frozenset[str], *, only_waiting: bool) -> Worth:
    """Without the clauses that the enterprise has nothing to do with; of premises, those that wait for nothing else."""
    shares = tuple(share for share in worth.shares if share.verdict.undecided.isdisjoint(out))
    waiting = tuple(share for share in shares if share.verdict.waits_for_premises_only)
    return replace(worth, shares=waiting if waiting and only_waiting else shares)


def _asked_by(pending: Pending, flow: Flow) -> tuple[str, ...]:
    """The attributes on which the answers to a question bear."""
    match pending.kind:
        case PendingKind.QUESTION:
            return (pending.attribute,)
        case PendingKind.TOGETHER:
            return pending.options
        case PendingKind.TOPICS:
            return tuple(n for topic in flow.topics if topic.id in pending.options for n in topic.attributes)
        case PendingKind.PREMISES:
            return tuple(flow.premises)
        case PendingKind.CONFIRM_DELETE | PendingKind.CONFIRM_RESTART:
            return ()
        case _ as unreachable:
            assert_never(unreachable)


def _is_assumed(name: str, state: State, guide: Guide) -> bool:
    """Whether another attribute stands in for one that is not known."""
    attribute = guide.knowledge.attributes[name]
    return attribute.default_from in state.profile.values and name not in state.profile.values


def _worth_of_wider(name: str, state: State, guide: Guide, on: date) -> Worth:
    """What depends on an assumed attribute: the clauses that would be open, were it as wide as can be."""
    wider = state.profile.with_value(name, frozenset(guide.knowledge.attributes[name].values))
    pairs = zip(guide.matcher.match(state.profile, on), guide.matcher.match(wider, on), strict=True)
    opened = (then for now, then in pairs if then.standing is not now.standing and WEIGHTS[then.availability])
    return Worth(name, tuple(Share(verdict, Decimal(0)) for verdict in opened))
