"""What the AI bot posts to a `response_url`, one call within an hour: answers to clicks, and those that come late."""

from urllib.parse import urlsplit

from aiohttp import ClientSession

from bot.channels.platform_errors import CountError, Kind, uncounted
from bot.channels.wecom.api import ApiError, dump_json, request_json, to_outcome
from bot.channels.wecom.bot_payloads import CHANNEL, Json
from bot.channels.wecom.bot_records import Case, dump, dump_case
from bot.channels.wecom.bot_replies import answer_of, post_body, stream_id
from bot.channels.wecom.error_codes import label_of
from bot.outbox import Outcome, Refused, Sent
from bot.sessions.base import Parcel
from bot.turns import Pack


class Poster:
    """Posts bodies to the addresses that callbacks bring, if they are the platform's own."""

    def __init__(self, http: ClientSession, api_url: str, count: CountError = uncounted) -> None:
        self._http = http
        self._count = count
        self._home = _origin(api_url)

    async def post(self, url: str, body: Json, attempt: int = 0) -> Outcome:
        """What became of the call. Used up after an earlier attempt, an address has done its service."""
        if _origin(url) != self._home:
            return Refused("not an address of the platform")
        try:
            await request_json(self._http, url, dump_json(body))
        except ApiError as error:
            self._count("response_url", label_of(error.code), error.kind)
            return Sent() if attempt and error.kind is Kind.EXPIRED else to_outcome(error)
        return Sent()


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def pack_of(case: Case) -> Pack | None:
    """What is posted with the turn: the answer to a click, whose callback has room for the card only."""
    if case.message.question is None or not case.response_url:
        return None
    return lambda reply: (post_parcel(case, "answer", post_body(answer_of(reply, case.place))),)


def post_parcel(case: Case, name: str, body: Json) -> Parcel:
    """The call that posts this body as the one answer to the case."""
    content = {"kind": "post", "url": case.response_url, "body": body}
    return Parcel(f"{CHANNEL}:{stream_id(case.message)}:{name}", CHANNEL, case.place.chat, dump(content))


def care_parcel(case: Case) -> Parcel:
    """What sees to it that a message whose turn is slow is answered, whatever becomes of this process."""
    stream = stream_id(case.message)
    return Parcel(f"{CHANNEL}:{stream}:care", CHANNEL, f"care:{stream}", dump({"kind": "care", **dump_case(case)}))
