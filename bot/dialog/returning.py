"""After hours or days of silence: where it stood is said, and a mere greeting is offered to go on or start over."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.dialog.acts import Act, WelcomeBack
from bot.dialog.companies import ordinal_of
from bot.dialog.flows import Guide
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.offers import GO_ON, RESTART, RESULTS
from bot.dialog.state import Offer, OfferKind, PendingKind, State
from bot.understanding.meaning import Intent


def welcome_back(state: State, now: datetime, guide: Guide) -> WelcomeBack | None:
    """Where it stood, after a long silence of somebody of whom something is known."""
    idle = timedelta(hours=guide.flow.idle_hours)
    if state.last_seen is None or now - state.last_seen < idle or not state.profile.values:
        return None
    return WelcomeBack(
        known=len(state.profile.values),
        hours=int((now - state.last_seen) / timedelta(hours=1)),
        asked=_asked(state, guide),
        company=ordinal_of(state) if state.companies else "",
        is_updated=bool(state.content_version) and state.content_version != guide.knowledge.version,
    )


def _asked(state: State, guide: Guide) -> str:
    pending = state.pending
    if pending is None or pending.kind is not PendingKind.QUESTION:
        return ""
    attribute = guide.knowledge.attributes.get(pending.attribute)
    return "" if attribute is None else attribute.label


def offer_to_go_on(opening: tuple[Act, ...], state: State, moment: Moment) -> Move | None:
    """The ways to go on, where somebody who comes back only says hello; None for anything more."""
    meaning, back = moment.meaning, next((act for act in opening if isinstance(act, WelcomeBack)), None)
    is_mere = meaning.command.intent is Intent.GREET and not meaning.facts and not meaning.asks
    if back is None or not is_mere:
        return None
    ways = (GO_ON, RESULTS, RESTART) if state.pending is not None else (RESULTS, RESTART)
    offered = replace(state, offer=Offer(OfferKind.RETURN, tuple(way.value for way in ways)))
    return Move(offered, (replace(back, choices=ways),), Then.STOP)
