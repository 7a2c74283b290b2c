"""Stream frames: those that go down, and what must come up as the ACK."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.simulators.dingtalk.refusals import Json

BOT_TOPIC = "/v1.0/im/bot/messages/get"
CARD_TOPIC = "/v1.0/card/instances/callback"
SYSTEM, EVENT, CALLBACK = "SYSTEM", "EVENT", "CALLBACK"
CONTENT_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame down; `data` is a JSON string."""

    type: str
    topic: str
    data: str
    message_id: str
    more: Mapping[str, str] = field(default_factory=dict)

    def written(self, app_id: str, connection_id: str, time: int) -> str:
        """The frame as it goes over the wire."""
        headers = {
            "appId": app_id,
            "connectionId": connection_id,
            "contentType": CONTENT_TYPE,
            "messageId": self.message_id,
            "time": str(time),
            "topic": self.topic,
            **self.more,
        }
        frame = {"specVersion": "1.0", "type": self.type, "headers": headers, "data": self.data}
        return json.dumps(frame, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Ack:
    """One frame up; `data` is what its JSON string holds."""

    code: int
    message_id: str
    data: object
    written: str


def read_ack(raw: str) -> tuple[Ack | None, list[str]]:
    """The ACK in a frame, as far as it can be read, with all that is wrong with it."""
    try:
        frame = json.loads(raw)
    except ValueError:
        return None, ["上行帧不是 JSON"]
    if not isinstance(frame, dict):
        return None, ["上行帧不是 JSON 对象"]
    headers = frame.get("headers")
    if not isinstance(headers, dict) or not isinstance(headers.get("messageId"), str):
        return None, ["上行帧没有 headers.messageId"]
    problems = _problems_of(frame, headers)
    data, written = _data_of(frame)
    problems += [] if written else ["ACK 的 data 应是 JSON 字符串"]
    code = frame.get("code")
    return Ack(code if isinstance(code, int) else 0, headers["messageId"], data, written), problems


def _problems_of(frame: Json, headers: Json) -> list[str]:
    problems = []
    if type(frame.get("code")) is not int:
        problems.append("ACK 的 code 应是数字")
    if headers.get("contentType") != CONTENT_TYPE:
        problems.append(f"ACK 的 headers.contentType 应是 {CONTENT_TYPE}")
    if not isinstance(frame.get("message"), str):
        problems.append("ACK 的 message 应是文字")
    return problems


def _data_of(frame: Json) -> tuple[object, str]:
    written = frame.get("data")
    if not isinstance(written, str):
        return None, ""
    try:
        return json.loads(written), written
    except ValueError:
        return None, ""


def problems_of_answer(frame: Frame, ack: Ack) -> list[str]:
    """What is wrong with the content of an ACK, by what it answers."""
    if frame.type == SYSTEM:
        same = ack.data == json.loads(frame.data)
        return [] if ack.code == 200 and same else [f"对 {frame.topic} 的答复应是 200，data 与收到的相同"]
    if ack.code != 200:
        return []
    if frame.type == CALLBACK:
        is_answer = isinstance(ack.data, dict) and "response" in ack.data
        return [] if is_answer else ['ACK 的 data 应是 {"response": …}']
    status = ack.data.get("status", "SUCCESS") if isinstance(ack.data, dict) else None
    return [] if status in {"SUCCESS", "LATER"} else ['事件的 ACK 的 status 应是 "SUCCESS" 或 "LATER"']
