"""What a person can send to the robot."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from tests.simulators.dingtalk.refusals import Json

QUOTA_CODE = "20001"


class Content(Protocol):
    """The part of a robot message that depends on its type."""

    @property
    def msgtype(self) -> str:
        """The name of the type."""
        ...

    @property
    def works_in_groups(self) -> bool:
        """Whether a group's member can send this with a mention."""
        ...

    @property
    def shown(self) -> str:
        """What the chat window shows."""
        ...

    def fields(self) -> Json:
        """The fields beside those that every message has."""
        ...


@dataclass(frozen=True, slots=True)
class Quoted:
    """The earlier message that a text answers."""

    msg_id: str
    text: str
    sender_id: str = "$:LWCP_v1:$quoted"

    def fields(self) -> Json:
        """As `repliedMsg`."""
        content = {"text": self.text}
        return {"msgType": "text", "msgId": self.msg_id, "senderId": self.sender_id, "content": content}


@dataclass(frozen=True, slots=True)
class Text:
    """A plain text; `on_top` puts it where one of the vendor's pages has it."""

    text: str
    quoted: Quoted | None = None
    on_top: bool = False
    msgtype: str = "text"
    works_in_groups: bool = True

    @property
    def shown(self) -> str:
        """The text."""
        return self.text

    def fields(self) -> Json:
        """`text.content`, or `content` at the top."""
        if self.on_top:
            return {"content": self.text}
        text: Json = {"content": self.text}
        if self.quoted:
            text |= {"isReplyMsg": True, "repliedMsg": self.quoted.fields()}
        return {"text": text}


@dataclass(frozen=True, slots=True)
class RichText:
    """Texts with pictures between them, a picture given as None."""

    parts: tuple[str | None, ...]
    msgtype: str = "richText"
    works_in_groups: bool = True

    @property
    def shown(self) -> str:
        """The texts in one line."""
        return "".join(part if part is not None else "[图片]" for part in self.parts)

    def fields(self) -> Json:
        """`content.richText`."""
        picture = {"type": "picture", "downloadCode": "code-of-a-picture"}
        return {"content": {"richText": [picture if part is None else {"text": part} for part in self.parts]}}


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something with a downloadCode."""

    msgtype: str
    shown: str
    more: Mapping[str, object]
    works_in_groups: bool = False

    def fields(self) -> Json:
        """`content` with the downloadCode."""
        return {"content": {"downloadCode": f"code-of-a-{self.msgtype}", **self.more}}


def picture() -> Attachment:
    """A picture."""
    return Attachment("picture", "[图片]", {}, works_in_groups=True)


def audio(recognition: str, duration: int = 4000) -> Attachment:
    """Speech with its transcript; in single chats only."""
    return Attachment("audio", f"[语音] {recognition}", {"duration": duration, "recognition": recognition})


def video() -> Attachment:
    """A video; in single chats only."""
    return Attachment("video", "[视频]", {"duration": 4000, "videoType": "mp4"})


def file(name: str) -> Attachment:
    """A file; in single chats only."""
    return Attachment("file", f"[文件] {name}", {"fileName": name, "fileId": "1", "spaceId": "1"})


@dataclass(frozen=True, slots=True)
class QuotaExhausted:
    """A message whose text the platform keeps back, since the enterprise has used up its calls."""

    msgtype: str = "text"
    works_in_groups: bool = True
    shown: str = "[超出调用量的消息]"

    def fields(self) -> Json:
        """The error in place of text and content."""
        return {"errorCode": QUOTA_CODE, "errorMessage": "本企业的调用量已用完，消息服务暂停，请联系管理员。"}


@dataclass(frozen=True, slots=True)
class Raw:
    """Whatever a test wants to send: an unknown type, or a broken message."""

    msgtype: str
    more: Mapping[str, object]
    works_in_groups: bool = True
    shown: str = "[其他消息]"

    def fields(self) -> Json:
        """As given."""
        return dict(self.more)
