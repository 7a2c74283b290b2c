"""The thinking part of a turn: the dialog with the content in use, put into words for one kind of channel."""

from collections.abc import Callable
from datetime import timedelta, timezone

from bot.content.bundle import Bundle
from bot.dialog.machine import advance
from bot.dialog.state import State
from bot.rendering.renderer import Renderer
from bot.turns import Response, Said

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The zone in which a policy's days begin; it has had no summer time since 1991."""


class ContentResponder:
    """Answers with the bundle that is current when the turn begins."""

    def __init__(self, bundle: Callable[[], Bundle], kind: str, *, retention_days: int) -> None:
        self._bundle = bundle
        self._kind = kind
        self._retention_days = retention_days

    def respond(self, state: State, said: Said) -> Response:
        """The messages that answer what was said, and the state after it."""
        bundle = self._bundle()
        text = "" if _is_outdated(said.question, state) else said.text
        transition = advance(state, text, said.now.astimezone(BEIJING), bundle.guide)
        renderer = Renderer(
            bundle.templates[self._kind], bundle.notices, bundle.guide.knowledge.hotline, self._retention_days
        )
        messages = renderer.render(transition.acts, transition.state.profile)
        pending = transition.state.pending
        return Response(transition.state, messages, pending.attribute or None if pending else None, transition.forget)


def _is_outdated(question: str | None, state: State) -> bool:
    """Whether an option was taken that stood with another question than the one that is open now."""
    return question is not None and question != (state.pending.attribute if state.pending else "")
