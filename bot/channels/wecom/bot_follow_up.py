"""Sees to messages whose turn was slow: whatever became of who took them, they are answered, once."""

from bot.channels.wecom.bot_answers import KEEPING
from bot.channels.wecom.bot_ground import CallbackGround
from bot.channels.wecom.bot_posting import pack_of
from bot.channels.wecom.bot_records import Case
from bot.channels.wecom.bot_replies import Answer, answer_of, post_body, stream_id
from bot.channels.wecom.bot_streams import tried
from bot.errors import SessionError
from bot.outbox import Outcome, PutOff, Sent

STORE_SECONDS = 5.0


class FollowUp:
    """Works off what `follow_up_parcel` made."""

    def __init__(self, ground: CallbackGround) -> None:
        self._ground = ground

    async def see_to(self, case: Case, attempt: int) -> Outcome:
        """Sent when the message is answered, one way or the other."""
        try:
            if await self._ground.streams.is_finished(stream_id(case.message)):
                return Sent()
        except SessionError:
            return PutOff("store", STORE_SECONDS)
        age = self._ground.age(case.message.received)
        is_click = case.message.question is not None
        if not is_click and age < self._ground.pace.late:
            return PutOff("the platform still asks for it", self._ground.pace.late - age)
        turn = await self._ground.turns.take_again(case.message, pack_of(case), age)
        if turn is None:
            return PutOff("the turn is not done")
        answer = answer_of(turn.reply, case.place)
        is_posted = is_click and turn.is_done  # with the turn
        return await self._keep(case, answer, Sent() if is_posted else await self._post(case, answer, attempt))

    async def _keep(self, case: Case, answer: Answer, outcome: Outcome) -> Outcome:
        """The outcome, after the pages that are left of what was sent have been kept."""
        if isinstance(outcome, Sent) and case.response_url and answer.goes_on(0):
            await tried(self._ground.streams.keep_rest(case, answer), KEEPING)
        return outcome

    async def _post(self, case: Case, answer: Answer, attempt: int) -> Outcome:
        if not case.response_url or not answer.pages:
            return Sent()
        outcome = await self._ground.poster.post(case.response_url, post_body(answer), attempt)
        if isinstance(outcome, Sent):
            await tried(self._ground.streams.finish(stream_id(case.message)), KEEPING)
        return outcome
