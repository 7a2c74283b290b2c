"""The whole result of a conversation, to be printed: looked up and worked out, with nothing kept of the look."""

from collections.abc import Callable
from datetime import datetime

from bot.content.bundle import Bundle
from bot.dialog.reporting import report_of
from bot.messages import PrintedResult
from bot.rendering.renderer import Renderer
from bot.responder import BEIJING
from bot.sessions.base import SessionKey, SessionStore, SessionUnreadable
from bot.sessions.codec import decode_state

KIND = "text"


class StoredReports:
    """Makes reports of the conversations in a store, with the content that is in use."""

    def __init__(self, store: SessionStore, bundle: Callable[[], Bundle]) -> None:
        self._store = store
        self._bundle = bundle

    async def make(self, channel: str, conversation: str, now: datetime) -> PrintedResult | None:
        """The result on the day; None where nothing is known of the conversation, or nothing came of it.

        Raises StoreUnavailable.
        """
        key = SessionKey(channel, conversation)
        session = await self._store.load(key)
        bundle = self._bundle()
        if session.state is None:
            return None
        try:
            state = decode_state(key, session.state, bundle.guide.knowledge.attributes)
        except SessionUnreadable:
            return None
        report = report_of(state, bundle.guide, now.astimezone(BEIJING).date())
        renderer = Renderer(bundle.templates[KIND], bundle.notices, bundle.guide.knowledge.hotline)
        return None if report is None else renderer.render_report(report, state.profile)
