"""What the AI bot answers, as the platform takes it: text in pages of 20480 bytes, with a card to click beneath."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from secrets import token_hex

from bot.channels.naming import name_of
from bot.channels.trees import Tree
from bot.channels.wecom.bot_cards import ask_card, with_text
from bot.channels.wecom.bot_payloads import Place
from bot.channels.wecom.card_parts import Card
from bot.channels.wecom.limits import TEXT_BYTES
from bot.channels.wecom.markup import drop_control_signs
from bot.channels.wecom.pages import MARK_BYTES, mark_page, paginate
from bot.messages import InboundMessage, Option, OutboundMessage, Reply, Target

LARGEST_TEXT = 20_480 - MARK_BYTES
"""What the platform takes, less what a page may have to say of itself."""
LARGEST_WELCOME = TEXT_BYTES - MARK_BYTES
"""The documents give no limit for the text of a welcome: that of every other text message is kept."""
WORKING = "正在核对，请稍等…"
NOTHING_MORE = "（没有更多了）"


@dataclass(frozen=True, slots=True)
class Answer:
    """One turn's answer for one chat: its text in pages, and the card of its question, which goes with the last."""

    pages: tuple[str, ...]
    card: Card | None = None
    options: tuple[Option, ...] = ()

    def text_of(self, page: int) -> str:
        """One page, which says whether another one follows."""
        return mark_page(self.pages, page) if page < len(self.pages) else NOTHING_MORE

    def goes_on(self, page: int) -> bool:
        """Whether another page follows."""
        return page + 1 < len(self.pages)

    def card_of(self, page: int) -> Card | None:
        """The card that goes with this page."""
        return None if self.goes_on(page) else self.card


def answer_of(reply: Reply, place: Place, most: int = LARGEST_TEXT) -> Answer:
    """What the chat reads in which the user wrote. A card is another one each time, or it would be refused."""
    told = [one for one in reply.messages if one.target is Target.CHAT]
    card = ask_card(told[-1], reply.pending or "", place, token_hex(12)) if told else None
    options = told[-1].options if told else ()
    return Answer(paginate(_texts(told), most), card, options)


def whisper_of(reply: Reply) -> tuple[str, ...]:
    """What only the user reads, in the single chat, of a turn in a group."""
    return paginate(_texts(one for one in reply.messages if one.target is Target.SINGLE), LARGEST_TEXT)


def _texts(messages: Iterable[OutboundMessage]) -> Iterator[str]:
    """The texts of messages, those that are parts of one file put together; what machines read stands as code."""
    for name, parts in groupby(messages, lambda one: one.file):
        texts = [show(one.text) for one in parts]
        if name.endswith(".json"):
            yield "```\n" + "\n".join(texts) + "\n```"
        else:
            yield from texts


def show(text: str) -> str:
    """The text as it stands, where the platform would read markup: what was typed makes no tags, mentions or links."""
    return drop_control_signs(text).replace("<", "＜").replace("](", "］(")


def stream_id(message: InboundMessage) -> str:
    """The name of the answer to a message: the same when it is delivered again."""
    return name_of(f"{message.conversation}\n{message.message_id}")


def stream_body(stream: str, text: str, *, finish: bool) -> Tree:
    """An answer, or so much of it as there is; the id of the feedback that it may get is that of the answer."""
    return {
        "msgtype": "stream",
        "stream": {"id": stream, "finish": finish, "content": text, "feedback": {"id": stream}},
    }


def with_card(body: Tree, card: Card | None) -> Tree:
    """The same answer with a card beneath, where there is one."""
    return body if card is None else {**body, "msgtype": "stream_with_template_card", "template_card": card}


def post_body(answer: Answer) -> Tree:
    """The first page as one message: the card alone where it can hold the text, else the text."""
    card = whole_card(answer)
    return markdown_body(answer.text_of(0)) if card is None else card_body(card)


def whole_card(answer: Answer, lead: str = "") -> Card | None:
    """The card with all of the answer in it; None where there is none, or it can't hold that."""
    return with_text(answer.card, lead + answer.pages[0], answer.options) if len(answer.pages) == 1 else None


def markdown_body(text: str) -> Tree:
    """A message on its own."""
    return {"msgtype": "markdown", "markdown": {"content": text}}


def card_body(card: Card) -> Tree:
    """A card on its own."""
    return {"msgtype": "template_card", "template_card": card}


def text_body(text: str) -> Tree:
    """A plain text, which only a welcome may be."""
    return {"msgtype": "text", "text": {"content": text}}


def update_body(card: Card, place: Place) -> Tree:
    """What a card becomes; in a group for the one who clicked only, whose answer the others need not see."""
    users: Tree = {"userids": [place.user]} if place.group else {}
    return {"response_type": "update_template_card", **users, "template_card": card}
