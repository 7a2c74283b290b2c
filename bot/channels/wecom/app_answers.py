"""What the self-built app answers to a member: by the outbox with a secret, else in the response to the callback."""

from dataclasses import dataclass, replace
from typing import Protocol

from bot.channels.base import Clock
from bot.channels.naming import name_of
from bot.channels.trees import string_at
from bot.channels.wecom.app_sender import PASSED_OVER
from bot.channels.wecom.card_parts import BUTTON, Choice, brief
from bot.channels.wecom.cards import read_choice
from bot.channels.wecom.limits import TEXT_BYTES
from bot.channels.wecom.newest_card import SentCard, read_newest, write_newest
from bot.channels.wecom.packing import DOOR, Addressee, pack_reply
from bot.channels.wecom.pages import MARK_BYTES, Remainder, Remainders, mark_page, offers, paginate, wants_more
from bot.channels.wecom.passive import write_button, write_text
from bot.channels.wecom.patience import PatientTurns
from bot.channels.wecom.payloads import CardClicked, Said
from bot.messages import Form, InboundMessage, Reply
from bot.sessions.base import Board
from bot.turns import Pack, TurnFailed

WELCOME_SECONDS = 12 * 3600.0
"""The chat is opened many times a day; it is noticed once in this time."""
ANSWER_SECONDS = 4.5
"""The platform cuts the connection after 5."""
ANOTHER_QUESTION = "-"
"""The question of a card that is not the newest one: never the open one."""
NOTHING_CHOSEN = "没有选"


class NotInTime(Exception):
    """Raised when a turn takes too long to be answered in the response; the platform is to deliver it again."""


@dataclass(frozen=True, slots=True)
class Line:
    """What both ways of answering need."""

    turns: PatientTurns
    board: Board
    clock: Clock
    corp_id: str
    agent_id: int
    seconds: float = ANSWER_SECONDS

    def message(self, user: str, message_id: str, text: str) -> InboundMessage:
        """What the member said, for a turn."""
        return InboundMessage(DOOR, user.lower(), message_id, text, self.clock())

    async def reply(self, message: InboundMessage, pack: Pack | None = None) -> Reply | None:
        """The reply; None when it takes longer, and then the turn is still done. Raises TurnFailed."""
        turn = await self.turns.take(message, pack, self.seconds)
        if turn is not None and turn.failure is not None:
            raise turn.failure
        return turn.reply if turn else None

    def text(self, user: str, text: str) -> str:
        """A passive answer; empty where there is nothing to say."""
        return write_text(user, self.corp_id, self._now(), text) if text else ""

    def button(self, user: str, label: str) -> str:
        """The words that take the place of the buttons of the clicked card."""
        return write_button(user, self.corp_id, self._now(), label)

    async def is_due(self, said: Said) -> bool:
        """Whether the opening of a chat is to be noticed; a repeated delivery of the one that was, is again."""
        return said.form is not Form.ENTER or await self.board.take_lease(
            _entry(said), said.message_id, WELCOME_SECONDS
        )

    async def excuse(self, said: Said, error: TurnFailed) -> str:
        """What is said of a turn that failed; nothing to who only opened the chat, and is noticed the next time."""
        if said.form is Form.ENTER:
            await self.board.drop_lease(_entry(said), said.message_id)
            return ""
        return self.text(said.sender, error.reply.messages[0].text)

    def _now(self) -> int:
        return int(self.clock().timestamp())


class Answers(Protocol):
    """One way of answering; both methods give the XML of the response, empty for none."""

    async def hear(self, said: Said) -> str:
        """Answer a message; raises NotInTime, StoreUnavailable."""

    async def click(self, clicked: CardClicked) -> str:
        """Answer a click on a card; raises NotInTime, StoreUnavailable."""


@dataclass(frozen=True, slots=True)
class ActiveAnswers:
    """Everything goes by the outbox; the response only closes the card that was clicked."""

    line: Line

    async def hear(self, said: Said) -> str:
        """Nothing, or the sentence of a turn that failed."""
        if not await self.line.is_due(said):
            return ""
        message = replace(self.line.message(said.sender, said.message_id, said.text), form=said.form)
        try:
            await self._turn(message, said.sender)
        except TurnFailed as error:
            return await self.line.excuse(said, error)
        return ""

    async def click(self, clicked: CardClicked) -> str:
        """The card without its buttons, with what was chosen or that it is outdated."""
        choice = read_choice(clicked.key, clicked.task_id, clicked.chosen)
        if choice is None:
            return ""
        message = self.line.message(clicked.sender, clicked.message_id, choice.text)
        question = choice.question if await self._closes_newest(message.conversation, clicked) else ANOTHER_QUESTION
        try:
            reply = await self._turn(replace(message, question=question), clicked.sender)
        except TurnFailed as error:
            raise NotInTime from error
        return "" if reply is None else self.line.button(clicked.sender, _caption(choice, reply))

    async def _closes_newest(self, member: str, clicked: CardClicked) -> bool:
        """Whether no card was sent after this one, as far as is known; then it is noted that it was clicked."""
        newest = await read_newest(self.line.board, member)
        if newest is None or newest.task_id != clicked.task_id:
            return newest is None
        if newest.code:
            await write_newest(self.line.board, member, SentCard(newest.task_id))
        return True

    async def _turn(self, message: InboundMessage, user: str) -> Reply | None:
        to = Addressee(user, message.message_id, self.line.agent_id)
        return await self.line.reply(message, lambda reply: pack_reply(reply, to))


@dataclass(frozen=True, slots=True)
class PassiveAnswers:
    """Everything goes into the response; what does not fit is given when the user says so."""

    line: Line

    async def hear(self, said: Said) -> str:
        """The answer, its first page, or the next page of the last one."""
        if not await self.line.is_due(said):
            return ""
        try:
            return self.line.text(said.sender, await self._next_page(said) or await self._first_page(said))
        except TurnFailed as error:
            return await self.line.excuse(said, error)

    async def click(self, clicked: CardClicked) -> str:
        """Nothing: without a secret no card is sent."""
        del clicked
        return ""

    async def _first_page(self, said: Said) -> str:
        message = replace(self.line.message(said.sender, said.message_id, said.text), form=said.form)
        pages = _pages_of(await self._reply(message))
        if len(pages) > 1:
            left = Remainder({"id": said.message_id}, {said.message_id: 0})
            await self._rests.keep(message.conversation, left)
        else:
            await self._rests.drop(message.conversation)
        return mark_page(pages, 0) if pages else ""

    async def _next_page(self, said: Said) -> str:
        """The page of the stored answer to which the text goes on; empty where there is none."""
        if said.form is not Form.TEXT or not wants_more(said.text):
            return ""
        if (left := await self._rests.find(said.sender.lower())) is None:
            return ""
        message = self.line.message(said.sender, string_at(left.of, "id"), said.text)
        reply, page = await self._reply(message), left.page_for(said.message_id)
        pages = _pages_of(reply)
        if page >= len(pages) or offers(reply, said.text):
            return ""
        await self._rests.keep(message.conversation, left.with_served(said.message_id, page))
        return mark_page(pages, page)

    @property
    def _rests(self) -> Remainders:
        return Remainders(self.line.board, DOOR)

    async def _reply(self, message: InboundMessage) -> Reply:
        reply = await self.line.reply(message)
        if reply is None:
            raise NotInTime
        return reply


def _pages_of(reply: Reply) -> tuple[str, ...]:
    """All messages of the reply as texts of which each fits into a response."""
    texts = [message.text.strip("\n") for message in reply.messages if message.text.strip()]
    whole = paginate(texts, TEXT_BYTES)
    return whole if len(whole) == 1 else paginate(texts, TEXT_BYTES - MARK_BYTES)


def _entry(said: Said) -> str:
    return f"wecom-entered:{name_of(said.sender.lower())}"


def _caption(choice: Choice, reply: Reply) -> str:
    if reply.is_outdated:
        return PASSED_OVER
    if not choice.text:
        return NOTHING_CHOSEN
    return brief(f"已选 {choice.text}" if choice.text[0].isdigit() else choice.text, BUTTON)
