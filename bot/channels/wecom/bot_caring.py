"""Sees to messages whose turn was slow: whatever became of who took them, they are answered, once."""

from bot.channels.wecom.bot_answers import KEEPING
from bot.channels.wecom.bot_desk import Desk
from bot.channels.wecom.bot_posting import pack_of
from bot.channels.wecom.bot_records import Case
from bot.channels.wecom.bot_replies import answer_of, post_body, stream_id
from bot.channels.wecom.bot_streams import tried
from bot.channels.wecom.bot_work import Turn
from bot.errors import SessionError
from bot.outbox import Outcome, PutOff, Sent

WAIT_SECONDS = 30.0
STORE_SECONDS = 5.0
LONGEST = 3600.0
"""For so long the platform takes an answer at the message's `response_url`."""


class Care:
    """Works off what `care_parcel` made."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def see_to(self, case: Case, attempt: int) -> Outcome:
        """Sent when the message is answered, one way or the other."""
        try:
            if await self._desk.streams.is_finished(stream_id(case.message)):
                return Sent()
        except SessionError:
            return PutOff("store", STORE_SECONDS)
        age = self._desk.age(case.message.received)
        is_click = case.message.question is not None
        if not is_click and age < self._desk.pace.late:
            return PutOff("the platform still asks for it", self._desk.pace.late - age)
        turn = await self._desk.work.take(case.message, pack_of(case), WAIT_SECONDS)
        if turn is None or (turn.is_temporary and age < LONGEST):
            return PutOff("the turn is not done")
        return Sent() if is_click and turn.is_done else await self._post(case, turn, attempt)

    async def _post(self, case: Case, turn: Turn, attempt: int) -> Outcome:
        answer = answer_of(turn.reply, case.place)
        if not case.response_url or not answer.pages:
            return Sent()
        outcome = await self._desk.poster.post(case.response_url, post_body(answer), attempt)
        if isinstance(outcome, Sent):
            await tried(self._desk.streams.finish(stream_id(case.message)), KEEPING)
            if answer.goes_on(0):
                await tried(self._desk.streams.keep_pages(case, 0), KEEPING)
        return outcome
