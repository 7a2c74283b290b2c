"""How a drawn enterprise answers a question of the dialog: the state that follows, as the dialog would leave it."""

from collections.abc import Iterable
from dataclasses import replace

from benchmarks.asking.companies import Company
from bot.dialog.asking import asked_together, open_premises
from bot.dialog.flows import Guide
from bot.dialog.state import Pending, PendingKind, State
from bot.policy.attributes import NEVER


def answered(state: State, pending: Pending, company: Company, guide: Guide) -> State:
    """The state after the answer; it may wait for one premise after another."""
    match pending.kind:
        case PendingKind.TOPICS:
            return _topics(state, pending, company)
        case PendingKind.TOGETHER:
            return _together(state, pending, company, guide)
        case PendingKind.PREMISES:
            return _premises(state, company, guide)
        case _:
            return told(state, (pending.attribute,), company)


def told(state: State, names: Iterable[str], company: Company) -> State:
    """The state in which these attributes are known."""
    profile = state.profile
    for name in names:
        profile = profile.with_value(name, company.answers[name])
    return replace(state, profile=profile, pending=None)


def _topics(state: State, pending: Pending, company: Company) -> State:
    picked = company.topics & set(pending.options)
    passed = frozenset() if len(picked) == 1 and not company.says_all else frozenset(pending.options) - picked
    return replace(
        state, topics=(state.topics or frozenset()) | picked, passed_topics=state.passed_topics | passed, pending=None
    )


def _together(state: State, pending: Pending, company: Company, guide: Guide) -> State:
    asked = asked_together(pending, guide)
    picked = tuple(name for name in asked if company.answers[name] is True)
    return told(state, picked if len(picked) == 1 and not company.says_all else asked, company)


def _premises(state: State, company: Company, guide: Guide) -> State:
    names = open_premises(state, guide)
    if all(company.answers[name] in (NEVER, False) for name in names):
        return told(state, names, company)
    if len(names) == 1:
        return told(state, names, company)
    return replace(state, pending=Pending(PendingKind.QUESTION, names[0]))
