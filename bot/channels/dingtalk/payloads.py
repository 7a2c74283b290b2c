"""The messages of a robot's callback: the same JSON by HTTP and by Stream, read with tolerance."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from bot.channels.naming import name_of
from bot.channels.trees import Tree, name_at, number_at, object_at, objects_at, string_at
from bot.errors import RequestError
from bot.messages import Form

LONGEST_TEXT = 8_000
LONGEST_NICK = 40
QUOTA_EXHAUSTED = "20001"
_FORMS = MappingProxyType(
    {
        "text": Form.TEXT,
        "richText": Form.TEXT,
        "audio": Form.VOICE,
        "picture": Form.IMAGE,
        "image": Form.IMAGE,
        "video": Form.VIDEO,
        "file": Form.FILE,
        "location": Form.LOCATION,
        "link": Form.LINK,
    }
)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message to the robot.

    `sender` is the platform's cipher of a person; `staff` the id within the company, empty for others and for a robot
    that is not published. `webhook` is where it may be answered until `webhook_until` (milliseconds). `question` as in
    InboundMessage. `is_cut_off` tells that the company's quota is used up, and that the text was not delivered.
    """

    message_id: str
    conversation: str
    is_group: bool
    sender: str
    staff: str = ""
    nick: str = ""
    text: str = ""
    form: Form = Form.TEXT
    robot: str = ""
    webhook: str = ""
    webhook_until: int = 0
    question: str | None = None
    is_cut_off: bool = False

    @property
    def person(self) -> str:
        """What the person is known by."""
        return self.staff or self.sender

    @property
    def chat(self) -> str:
        """The name of the conversation in which the state of this person is kept."""
        return f"group:{self.conversation}:{self.person}" if self.is_group else f"single:{self.person}"

    @property
    def private(self) -> str:
        """The name of the single chat of who wrote in a group; empty where it can't be written to."""
        return f"single:{self.staff}" if self.is_group and self.staff else ""


def read_heard(body: Tree) -> Heard | None:
    """The message; None when it is not for the robot. Raises RequestError when it says not whom it is from."""
    conversation, sender = name_at(body, "conversationId"), name_at(body, "senderId")
    staff = name_at(body, "senderStaffId")
    if not conversation or not (sender or staff):
        raise RequestError("消息里缺少 conversationId 或 senderId。")
    is_group = string_at(body, "conversationType") == "2"
    if is_group and (body.get("isInAtList") is False or string_at(body, "isInAtList") == "false"):
        return None
    form, text = _read_content(body)
    return Heard(
        message_id=name_at(body, "msgId") or _name_of(body, conversation, sender or staff, text),
        conversation=conversation,
        is_group=is_group,
        sender=sender,
        staff=staff,
        nick=string_at(body, "senderNick")[:LONGEST_NICK],
        text=text[:LONGEST_TEXT],
        form=form,
        robot=name_at(body, "robotCode"),
        webhook=string_at(body, "sessionWebhook"),
        webhook_until=number_at(body, "sessionWebhookExpiredTime"),
        is_cut_off=_is_cut_off(body),
    )


def _read_content(body: Tree) -> tuple[Form, str]:
    """What kind of message it is, and its text; one with a transcript is a text."""
    kind, content = string_at(body, "msgtype"), object_at(body, "content")
    form = _FORMS.get(kind, Form.OTHER)
    match kind:
        case "text":
            return Form.TEXT, (_plain(body) or string_at(body, "content")).strip()
        case "richText":
            return _read_rich_text(content)
        case "audio" if said := string_at(content, "recognition").strip():
            return Form.TEXT, said
        case "location" | "link":
            return form, string_at(content, "title") or string_at(content, "name")
        case "":  # without a type: what there is of a text
            said = _plain(body).strip()
            return (Form.TEXT, said) if said else (Form.OTHER, "")
        case _:
            return form, ""


def _plain(body: Tree) -> str:
    """The text at either place where it is documented (D:0699, D:0078); what is quoted stands elsewhere."""
    return string_at(object_at(body, "text"), "content") or string_at(object_at(body, "content"), "content")


def _read_rich_text(content: Tree) -> tuple[Form, str]:
    said = "".join(_spoken(content)).strip()
    has_picture = any(string_at(one, "type") == "picture" for one in objects_at(content, "richText"))
    return (Form.IMAGE, "") if has_picture and not said else (Form.TEXT, said)


def _spoken(content: Tree) -> Iterator[str]:
    return (string_at(one, "text") for one in objects_at(content, "richText"))


def _is_cut_off(body: Tree) -> bool:
    """Whether the quota is used up (D:0699): then there is neither text nor content, but an error."""
    if object_at(body, "text") or body.get("content"):
        return False
    named = (string_at(body, name) for name in ("errorCode", "code", "errorMessage"))
    return any(QUOTA_EXHAUSTED in one for one in named) or bool(string_at(body, "errorMessage"))


def _name_of(body: Tree, conversation: str, person: str, text: str) -> str:
    """An id for a message that has none: the same when the same is delivered again."""
    parts = "\0".join((conversation, person, string_at(body, "createAt"), text))
    return f"unnamed-{name_of(parts)}"
