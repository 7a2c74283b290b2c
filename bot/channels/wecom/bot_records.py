"""What the AI bot keeps of a message that is still to be answered: enough for any replica to answer it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.channels.trees import Tree, dump_json
from bot.channels.wecom.bot_payloads import CHANNEL, Asked, Clicked, Entered, Place
from bot.channels.wecom.bot_replies import stream_id
from bot.channels.wecom.card_parts import Choice
from bot.messages import Form, InboundMessage
from bot.sessions.base import Parcel


@dataclass(frozen=True, slots=True)
class Case:
    """A message with where it came from, and how it is answered: once at the address, or by the id of its frame."""

    message: InboundMessage
    place: Place
    response_url: str = ""
    request: str = ""


def case_of_text(asked: Asked, received: datetime, private: str = "", request: str = "") -> Case:
    """A message that somebody wrote."""
    place = asked.place
    message = InboundMessage(
        CHANNEL,
        place.conversation,
        asked.message_id,
        asked.text,
        received,
        is_group=bool(place.group),
        private=private if place.group else "",
        form=asked.form,
    )
    return Case(message, place, asked.response_url, request)


def case_of_click(click: Clicked, choice: Choice, received: datetime, private: str = "") -> Case:
    """An option that somebody clicked on."""
    asked = Asked(click.place, click.message_id, choice.text, response_url=click.response_url)
    case = case_of_text(asked, received, private)
    return replace(case, message=replace(case.message, question=choice.question))


def case_of_entry(entered: Entered, received: datetime) -> Case:
    """Somebody who opened the chat."""
    return case_of_text(Asked(entered.place, entered.message_id, "", Form.ENTER), received)


def dump_case(case: Case) -> Tree:
    """The case as JSON."""
    message = case.message
    return {
        "user": case.place.user,
        "group": case.place.group,
        "url": case.response_url,
        "request": case.request,
        "id": message.message_id,
        "text": message.text,
        "received": message.received.isoformat(),
        "question": message.question,
        "private": message.private,
        "form": message.form.value,
    }


def read_case(kept: Tree) -> Case | None:
    """The case that was dumped; None when it is none."""
    try:
        return _case_of(kept)
    except (KeyError, ValueError):
        return None


def follow_up_parcel(case: Case) -> Parcel:
    """What sees to it that a message whose turn is slow is answered, whatever becomes of this process."""
    stream = stream_id(case.message)
    return Parcel(f"{CHANNEL}:{stream}:follow-up", CHANNEL, f"follow-up:{stream}", dump_json(dump_case(case)))


def _case_of(kept: Tree) -> Case:
    place = Place(str(kept["user"]), str(kept["group"]))
    question = kept["question"]
    message = InboundMessage(
        CHANNEL,
        place.conversation,
        str(kept["id"]),
        str(kept["text"]),
        datetime.fromisoformat(str(kept["received"])),
        is_group=bool(place.group),
        question=None if question is None else str(question),
        private=str(kept["private"]),
        form=Form(str(kept["form"])),
    )
    return Case(message, place, str(kept["url"]), str(kept["request"]))
