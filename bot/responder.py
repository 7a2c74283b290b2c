"""The thinking part of a turn: the dialog with the content in use, put into words for one kind of channel."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from bot.content.bundle import Bundle
from bot.dialog.machine import advance
from bot.dialog.state import State
from bot.rendering.renderer import Renderer
from bot.turns import Response, Said

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The zone in which a policy's days begin; it has had no summer time since 1991."""
REHEARSAL = (
    "",
    "亦庄，小巨人",
    "1",
    "科技保险交了86.2万",
    "数据券怎么补",
    "不清楚",
    "看结果",
    "依据1",
    "更多",
    "我的资料",
)
"""What is said on new content before anybody else says something on it."""


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
        asked = pending.attribute or None if pending else None
        return Response(transition.state, messages, asked, transition.forget, bundle.version)


def rehearse(bundle: Bundle, now: datetime) -> None:
    """Hold a short conversation on the content: what fails in it fails here, and what is made on first use is made."""
    for kind in bundle.templates:
        responder, state = ContentResponder(lambda: bundle, kind, retention_days=1), State()
        for text in REHEARSAL:
            state = responder.respond(state, Said(text, now, is_group=False)).state


def _is_outdated(question: str | None, state: State) -> bool:
    """Whether an option was taken that stood with another question than the one that is open now."""
    return question is not None and question != (state.pending.attribute if state.pending else "")
