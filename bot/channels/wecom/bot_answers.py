"""What the AI bot answers to a message, in the response to its callback: at once, in parts, or page by page."""

from collections.abc import Callable

from bot.channels.trees import Tree
from bot.channels.wecom.bot_ground import CallbackGround
from bot.channels.wecom.bot_payloads import Asked, Entered, Polled
from bot.channels.wecom.bot_posting import pack_of
from bot.channels.wecom.bot_records import Case, case_of_entry, case_of_text, follow_up_parcel
from bot.channels.wecom.bot_replies import (
    LARGEST_WELCOME,
    WORKING,
    answer_of,
    stream_body,
    stream_id,
    text_body,
    with_card,
)
from bot.channels.wecom.bot_streams import tried
from bot.channels.wecom.pages import offers, wants_more
from bot.channels.wecom.patience import Turn
from bot.errors import SessionError

LOST = "抱歉，这条回复没能取到，请把刚才的话再发一次。"
LATE = "还没核对完，好了会单独发到这里。"
LATE_ASK = "还没核对完，请过一会儿回复“继续”来看。"
IsHeard = Callable[[], bool]
KEEPING = 0.4
"""So long at most before the platform hangs up may be spent on remembering that it was told to wait."""


class Answers:
    """Answers messages; a turn that takes long goes on, and the platform asks for the rest."""

    def __init__(self, ground: CallbackGround) -> None:
        self._ground = ground

    async def to_message(self, asked: Asked, is_heard: IsHeard) -> Tree:
        """The answer, or so much that one is in work; `is_heard`: whether the platform still waits for it."""
        case = case_of_text(asked, self._ground.clock())
        if wants_more(asked.text) and (page := await self._page(case)) is not None:
            return page
        stream = stream_id(case.message)
        turn = await self._ground.turns.take(case.message, None, self._ground.pace.first_answer)
        if turn is None:
            await self.keep(case)
            return stream_body(stream, WORKING, finish=False)
        # An earlier delivery of the same message may have been told to wait.
        was_kept = not turn.is_first or self._ground.streams.is_kept_here(stream)
        return await self._whole(case, turn, is_heard, was_kept=was_kept)

    async def to_poll(self, polled: Polled, is_heard: IsHeard) -> Tree:
        """The answer if it is there by now; it ends in words of its own before the platform stops asking."""
        try:
            case = await self._ground.streams.find(polled.stream)
        except SessionError:
            return stream_body(polled.stream, WORKING, finish=False)
        if case is None:
            return stream_body(polled.stream, LOST, finish=True)
        turn = await self._ground.turns.take(case.message, None, self._ground.pace.poll)
        if turn is not None:
            return await self._whole(case, turn, is_heard, was_kept=True)
        if self._ground.age(case.message.received) < self._ground.pace.polling:
            return stream_body(polled.stream, WORKING, finish=False)
        if not case.response_url:
            await tried(self._ground.streams.keep_unread(case), KEEPING)
        return stream_body(polled.stream, LATE if case.response_url else LATE_ASK, finish=True)

    async def to_entry(self, entered: Entered) -> Tree | None:
        """The welcome; nothing where it takes too long."""
        case = case_of_entry(entered, self._ground.clock())
        turn = await self._ground.turns.take(case.message, None, self._ground.pace.first_answer)
        if turn is None:
            return None
        answer = answer_of(turn.reply, case.place, LARGEST_WELCOME)
        await tried(self._ground.streams.keep_rest(case, answer, LARGEST_WELCOME), KEEPING)
        return text_body(answer.text_of(0)) if answer.pages else None

    async def keep(self, case: Case) -> None:
        """Remember a message that is to be answered later, and see to it that it is."""
        await tried(self._ground.streams.keep(stream_id(case.message), case), KEEPING)
        await tried(self._ground.outbox.post([follow_up_parcel(case)]), KEEPING)

    async def _whole(self, case: Case, turn: Turn, is_heard: IsHeard, *, was_kept: bool) -> Tree:
        stream, answer = stream_id(case.message), answer_of(turn.reply, case.place)
        if not is_heard():
            await self.keep(case)
        elif was_kept:
            await tried(self._ground.streams.finish(stream), KEEPING)
        if turn.reply.forgotten:
            await tried(self._ground.streams.forget(case), KEEPING)
        await tried(self._ground.streams.keep_rest(case, answer), KEEPING)
        return with_card(stream_body(stream, answer.text_of(0), finish=True), answer.card_of(0))

    async def _page(self, case: Case) -> Tree | None:
        """The next page of the last answer; None where there is none, and the words are for the dialog."""
        try:
            found = await self._ground.streams.find_page(case)
        except SessionError:
            return None
        if found is None:
            return None
        turn = await self._ground.turns.take(found.case.message, pack_of(found.case), self._ground.pace.first_answer)
        stream = stream_id(case.message)
        if turn is None:
            return stream_body(stream, LATE_ASK, finish=True)
        answer = answer_of(turn.reply, found.case.place, found.most)
        if found.page >= len(answer.pages) or offers(turn.reply, case.message.text):
            return None
        await tried(self._ground.streams.turn_page(found), KEEPING)
        text = answer.text_of(found.page)
        return with_card(stream_body(stream, text, finish=True), answer.card_of(found.page))
