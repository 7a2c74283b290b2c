"""The frames of Stream mode: what comes down, and the answer that goes up."""

import json
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.channels.trees import Tree, name_at, object_at, read_object, string_at
from bot.errors import RequestError

ROBOT_TOPIC = "/v1.0/im/bot/messages/get"
CARD_TOPIC = "/v1.0/card/instances/callback"
DONE = '{"response":"OK"}'


class FrameKind(StrEnum):
    """What kind of frame it is."""

    SYSTEM = "SYSTEM"
    EVENT = "EVENT"
    CALLBACK = "CALLBACK"
    OTHER = ""


_KINDS = MappingProxyType({kind.value: kind for kind in FrameKind})


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame that came down; `body` is the JSON as it came, a string inside the frame."""

    kind: FrameKind
    topic: str
    message_id: str
    body: str

    def tree(self) -> Tree:
        """The body as an object; raises RequestError when it is none."""
        found = read_object(self.body)
        if found is None:
            raise RequestError("推送的 data 不是 JSON 对象。")
        return found


def read_frame(text: str | bytes) -> Frame:
    """The frame; raises RequestError when it is none, or has no messageId."""
    tree = read_object(text)
    headers = object_at(tree or {}, "headers")
    message_id = name_at(headers, "messageId")
    if tree is None or not message_id:
        raise RequestError("推送的不是一帧，或者没有 messageId。")
    kind = string_at(tree, "type")
    return Frame(_KINDS.get(kind, FrameKind.OTHER), string_at(headers, "topic"), message_id, _body_of(tree))


def answer(frame: Frame, data: str) -> str:
    """The frame that acknowledges one; `data` is JSON."""
    headers = {"contentType": "application/json", "messageId": frame.message_id}
    return json.dumps({"code": 200, "headers": headers, "message": "OK", "data": data}, ensure_ascii=False)


def response(given: object) -> str:
    """The data of an answer that says something."""
    return json.dumps({"response": given}, ensure_ascii=False, separators=(",", ":"))


def _body_of(tree: Tree) -> str:
    found = tree.get("data")
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
