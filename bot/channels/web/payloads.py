"""The JSON of `POST /api/chat` and `POST /api/report`: what is accepted and what is answered."""

import json
from hashlib import sha256
from typing import Annotated
from uuid import uuid4

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from bot.channels.base import Clock
from bot.errors import RequestError
from bot.messages import InboundMessage, OutboundMessage, PrintedResult, Reply

CHANNEL = "web"


def _check_printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("not printable")
    return value


Opaque = Annotated[str, Field(min_length=1, max_length=128), AfterValidator(_check_printable)]


class ChatRequest(BaseModel):
    """One message from a page: any opaque session, the text, and an id that is the same when it is sent again.

    `question` goes with an option that was taken: `state.pending` of the answer that showed it, empty when it was null.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    session: Opaque
    text: str
    message_id: Opaque | None = None
    question: Annotated[str, Field(max_length=128), AfterValidator(_check_printable)] | None = None


def parse_chat(body: bytes) -> ChatRequest:
    """Read the body of a request; raises RequestError with a sentence for the user."""
    try:
        return ChatRequest.model_validate_json(body)
    except ValidationError as error:
        raise RequestError(_explain(error.errors(include_url=False, include_input=False)[0])) from None


class ReportRequest(BaseModel):
    """A wish for all that one session came to."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    session: Opaque


def parse_report(body: bytes) -> ReportRequest:
    """Read the body of a request; raises RequestError with a sentence for the user."""
    try:
        return ReportRequest.model_validate_json(body)
    except ValidationError as error:
        raise RequestError(_explain(error.errors(include_url=False, include_input=False)[0])) from None


def conversation_of(session: str) -> str:
    """The name under which a session's conversation is kept; the session's id itself is not."""
    return sha256(session.encode()).hexdigest()[:32]


def to_inbound(request: ChatRequest, clock: Clock) -> InboundMessage:
    """The message for a turn."""
    return InboundMessage(
        channel=CHANNEL,
        conversation=conversation_of(request.session),
        message_id=request.message_id or uuid4().hex,
        text=request.text,
        received=clock(),
        question=request.question,
    )


def dump_reply(reply: Reply) -> bytes:
    """The answer's JSON, byte for byte the same for equal replies."""
    answer: dict[str, object] = {
        "messages": [_dump_message(message) for message in reply.messages],
        "state": {"profile": dict(sorted(reply.profile.items())), "pending": reply.pending},
    }
    if reply.content_version:
        answer["content_version"] = reply.content_version
    if reply.forgotten:
        answer["forgotten"] = True
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def dump_report(report: PrintedResult | None) -> bytes:
    """The JSON of a result to print; without a day where there is none."""
    told = {} if report is None else {"day": report.day, "text": report.text, "proofs": list(report.proofs)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def dump_error(sentence: str) -> bytes:
    """The JSON of every answer that is not a reply."""
    return json.dumps({"error": sentence}, ensure_ascii=False).encode()


def _dump_message(message: OutboundMessage) -> dict[str, object]:
    options = [{"id": one.id, "label": one.label} for one in message.options]
    said: dict[str, object] = {"text": message.text, "options": options}
    return {**said, "file": message.file} if message.file else said


def _explain(detail: ErrorDetails) -> str:
    field = str(detail["loc"][0]) if detail["loc"] else ""
    if detail["type"] == "missing":
        return f"请求里缺少 {field}。"
    match field:
        case "session":
            return "session 应是 1 到 128 个可见字符。"
        case "message_id":
            return "message_id 应是 1 到 128 个可见字符。"
        case "question":
            return "question 应是至多 128 个可见字符。"
        case "text":
            return "text 应是一段文字。"
        case _:
            return "请求内容应是 UTF-8 编码的 JSON 对象。"
