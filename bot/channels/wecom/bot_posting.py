"""What the AI bot posts to a `response_url`, one call within an hour: answers to clicks, and those that come late."""

from urllib.parse import urlsplit

from aiohttp import ClientSession

from bot.channels.platform_errors import Kind, count_errors
from bot.channels.trees import Tree, dump_json
from bot.channels.wecom.api import ApiError, request_json, tell, to_outcome
from bot.channels.wecom.bot_payloads import CHANNEL
from bot.channels.wecom.bot_records import Case
from bot.channels.wecom.bot_replies import answer_of, post_body, stream_id
from bot.channels.wecom.error_codes import label_of
from bot.metrics import Metrics
from bot.outbox import Outcome, Refused, Sent
from bot.sessions.base import Parcel
from bot.turns import Pack


class Poster:
    """Posts bodies to the addresses that callbacks bring, if they are the platform's own."""

    def __init__(self, http: ClientSession, api_url: str, metrics: Metrics) -> None:
        self._http = http
        self._metrics = metrics
        self._count = count_errors(metrics, CHANNEL)
        self._home = _origin(api_url)

    async def post(self, url: str, body: Tree, attempt: int = 0) -> Outcome:
        """What became of the call. Used up after an earlier attempt, an address has done its service."""
        if _origin(url) != self._home:
            return Refused("not an address of the platform")
        try:
            await request_json(self._http, url, dump_json(body))
        except ApiError as error:
            self._count("response_url", label_of(error.code), error.kind)
            if attempt and error.kind is Kind.EXPIRED:
                return Sent()
            tell(error, self._metrics, CHANNEL)
            return to_outcome(error)
        return Sent()


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def pack_of(case: Case) -> Pack | None:
    """What is posted with the turn: the answer to a click, whose callback has room for the card only."""
    if case.message.question is None or not case.response_url:
        return None
    return lambda reply: (post_parcel(case, "answer", post_body(answer_of(reply, case.place))),)


def post_parcel(case: Case, name: str, body: Tree) -> Parcel:
    """The call that posts this body as the one answer to the case."""
    content = {"kind": "post", "url": case.response_url, "body": body}
    return Parcel(f"{CHANNEL}:{stream_id(case.message)}:{name}", CHANNEL, case.place.chat, dump_json(content))
