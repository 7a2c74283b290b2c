"""What the AI bot answers over the long connection: what has time goes by the outbox, the rest is said at once."""

import asyncio
from weakref import WeakValueDictionary

from bot.channels.trees import Tree
from bot.channels.wecom.bot_cards import answered_card, judge_click
from bot.channels.wecom.bot_ground import SocketGround
from bot.channels.wecom.bot_payloads import Asked, Clicked, Entered, Place
from bot.channels.wecom.bot_pushing import parcels_of, target_of
from bot.channels.wecom.bot_records import Case, case_of_click, case_of_entry, case_of_text, follow_up_parcel
from bot.channels.wecom.bot_replies import (
    LARGEST_WELCOME,
    WORKING,
    answer_of,
    markdown_body,
    stream_body,
    stream_id,
    text_body,
    update_body,
)
from bot.channels.wecom.bot_streams import tried
from bot.channels.wecom.card_parts import Card, Choice
from bot.channels.wecom.patience import Turn
from bot.messages import Reply
from bot.outbox import Outcome, PutOff, Sent
from bot.turns import Pack

STORE_SECONDS = 2.0
IN_WORK = 15.0
"""Until then who took the message is likely to be still at it."""
START = "\n\n（说一句话就可以开始）"


class SocketAnswers:
    """Answers callbacks, those of one conversation in the order in which they came."""

    def __init__(self, ground: SocketGround) -> None:
        self._ground = ground
        self._order: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def to_message(self, asked: Asked, request: str) -> None:
        """Take the turn, with which the answer is posted; say that it takes long where it does."""
        async with self._order.setdefault(asked.place.conversation, asyncio.Lock()):
            private = await self._private_of(asked.place)
            case = case_of_text(asked, self._ground.clock(), private, request)
            turn = await self._take(case, _pack_of(case))
        stream = stream_id(case.message)
        if turn is None:
            await self._keep(case)
            await self._ground.pusher.begin(case.place, stream_body(stream, WORKING, finish=False), request)
        elif not turn.is_done:
            text = answer_of(turn.reply, case.place).text_of(0)
            await self._say(case.place, stream_body(stream, text, finish=True), request)

    async def to_click(self, click: Clicked, request: str) -> None:
        """Change the card; the answer is posted with the turn."""
        judged = judge_click(click)
        card = await self._choose(click, judged) if isinstance(judged, Choice) else judged
        if card is not None:
            await self._ground.pusher.try_to("aibot_respond_update_msg", update_body(card, click.place), request)

    async def _choose(self, click: Clicked, choice: Choice) -> Card | None:
        async with self._order.setdefault(click.place.conversation, asyncio.Lock()):
            private = await self._private_of(click.place)
            case = case_of_click(click, choice, self._ground.clock(), private)
            turn = await self._take(case, _pack_of(case))
        if turn is None:
            await self._keep(case)
        elif not turn.is_done:  # the card stays as it is: it can be clicked again
            await self._tell(case.place, turn.reply)
            return None
        return answered_card(choice, click.task, turn.reply if turn else None)

    async def to_entry(self, entered: Entered, request: str) -> None:
        """Welcome at once; where that comes too late, as a message, if one may be sent."""
        case = case_of_entry(entered, self._ground.clock())
        turn = await self._take(case, None)
        pages = answer_of(turn.reply, case.place, LARGEST_WELCOME).pages if turn else ()
        if turn is None or not pages:
            return
        welcome = text_body(pages[0] + (START if len(pages) > 1 else ""))
        is_told = await self._ground.pusher.say(case.place, "aibot_respond_welcome_msg", welcome, request)
        if (not is_told or len(pages) > 1) and await self._ground.reachable.has(case.place.user):
            await tried(self._ground.outbox.post(parcels_of(turn.reply, case)), STORE_SECONDS)

    async def see_to(self, case: Case) -> Outcome:
        """Sent when a message is answered whose turn was slow, by whomever."""
        age = self._ground.age(case.message.received)
        if age < IN_WORK:
            return PutOff("the turn is in work", IN_WORK - age)
        turn = await self._ground.turns.take_again(case.message, _pack_of(case), age)
        if turn is None:
            return PutOff("the turn is not done")
        if not turn.is_done:
            await self._tell(case.place, turn.reply)
        return Sent()

    async def _take(self, case: Case, pack: Pack | None) -> Turn | None:
        return await self._ground.turns.take(case.message, pack, self._ground.pace.first_answer)

    async def _private_of(self, place: Place) -> str:
        """The single chat of somebody in a group, if the bot may write there."""
        if not place.group:
            await self._ground.reachable.note(place.user)
            return ""
        return Place(place.user).conversation if await self._ground.reachable.has(place.user) else ""

    async def _keep(self, case: Case) -> None:
        await tried(self._ground.outbox.post([follow_up_parcel(case)]), STORE_SECONDS)

    async def _say(self, place: Place, body: Tree, request: str) -> None:
        await self._ground.pusher.say(place, "aibot_respond_msg", body, request)

    async def _tell(self, place: Place, reply: Reply) -> None:
        """Say why there is no answer; the outbox is no help, for it is the store that failed."""
        body = markdown_body(answer_of(reply, place).text_of(0))
        await self._ground.pusher.say(place, "aibot_send_msg", {**target_of(place), **body})


def _pack_of(case: Case) -> Pack:
    return lambda reply: parcels_of(reply, case)
