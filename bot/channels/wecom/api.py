"""The client of WeCom's server API: one call, its few retries, and one error with what is to be done about it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol, assert_never

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.answers import read_answer
from bot.channels.platform_errors import CountError, Kind, uncounted
from bot.channels.tokens import FreshToken
from bot.channels.trees import Tree, dump_json
from bot.channels.wecom.error_codes import BUSY, NO_ANSWER, STALE_TOKEN, UNTRUSTED_ADDRESS, kind_of, label_of
from bot.errors import PolicybotError
from bot.metrics import Metrics
from bot.outbox import Outcome, PutOff, Refused, Sent

CALL_SECONDS = 8.0
LARGEST_ANSWER = 8 * 1024 * 1024
BUSY_PAUSES = (0.2, 0.6, 1.5)
"""How long to wait before each of the three retries that the platform allows when it is busy."""
RATE_SECONDS = 65.0
"""A limit by the minute ends after 60 seconds."""
CONFIG_SECONDS = 300.0
"""What somebody has to put right first; then what waits is sent."""
REFUSED_SECONDS = 60.0
"""So long a secret that was refused is not tried again: frequent calls are blocked."""

Sleep = Callable[[float], Awaitable[None]]

_LOUD = frozenset({Kind.CONFIG, Kind.BUG, Kind.PERMANENT, Kind.STALE})
_log = structlog.get_logger(__name__)


class Token(Protocol):
    """The access token of one secret."""

    async def get(self) -> str:
        """The token in use."""

    async def renew(self, stale: str) -> str:
        """The token that takes the place of one that is not taken any more."""


class ApiError(PolicybotError):
    """Raised when a call to WeCom did not do what was asked; `kind` says what is to be done about it."""

    def __init__(self, code: int, path: str) -> None:
        super().__init__(f"WeCom answered {code} to {path}; see docs/guides/wecom-errors.zh-CN.md")
        self.code = code
        self.path = path
        self.kind: Kind = kind_of(code)

    @property
    def call(self) -> str:
        """The name of what was called, without what was asked of it."""
        return self.path.partition("?")[0].rpartition("/cgi-bin/")[2]


class WecomApi:
    """Calls the API with the token of one secret."""

    def __init__(
        self,
        http: ClientSession,
        base_url: str,
        token: Token,
        sleep: Sleep = asyncio.sleep,
        count: CountError = uncounted,
    ) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._sleep = sleep
        self._count = count

    async def call(self, path: str, body: Tree | None = None, *, expected: Kind | None = None) -> Tree:
        """The answer, whose errcode is 0; raises ApiError, which is counted unless it is of the kind that is expected.

        Without a body it is a GET; `path` begins with /cgi-bin.
        """
        try:
            return await self._call(path, None if body is None else dump_json(body))
        except ApiError as error:
            if error.kind is not expected:
                self._count(error.call, label_of(error.code), error.kind)
            raise

    async def _call(self, path: str, content: bytes | None) -> Tree:
        token = await self._token.get()
        try:
            return await self._try(path, content, token)
        except ApiError as error:
            if error.code not in STALE_TOKEN:
                raise
        _log.info("wecom_token_renewed", path=path)
        return await self._try(path, content, await self._token.renew(token))

    async def _try(self, path: str, content: bytes | None, token: str) -> Tree:
        for pause in (*BUSY_PAUSES, None):
            try:
                return await request_json(self._http, self._base_url + path, content, {"access_token": token})
            except ApiError as error:
                if error.code != BUSY or pause is None:
                    raise
                await self._sleep(pause)
        raise AssertionError


class TokenSource:
    """Fetches the access token of one secret of a company."""

    def __init__(
        self, http: ClientSession, base_url: str, corp_id: str, secret: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._http = http
        self._url = base_url.rstrip("/") + "/cgi-bin/gettoken"
        self._query = {"corpid": corp_id, "corpsecret": secret}
        self._clock = clock
        self._refused: tuple[float, ApiError] | None = None

    async def fetch(self) -> FreshToken:
        """A token of the platform; raises ApiError."""
        if self._refused and self._clock() < self._refused[0]:
            raise self._refused[1]
        try:
            answer = await request_json(self._http, self._url, None, self._query)
        except ApiError as error:
            if error.kind is Kind.CONFIG:
                self._refused = (self._clock() + REFUSED_SECONDS, error)
            raise
        value, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(value, str) or not value or not isinstance(seconds, int):
            raise ApiError(NO_ANSWER, "/cgi-bin/gettoken")
        return FreshToken(value, seconds)


def to_outcome(error: ApiError) -> Outcome:
    """What becomes of the parcel whose call failed."""
    why = f"{error.kind.value} {error.code}"
    match error.kind:
        case Kind.RETRY | Kind.STALE:
            return PutOff(why)
        case Kind.RATE:
            return PutOff(why, RATE_SECONDS)
        case Kind.CONFIG:
            return PutOff(why, CONFIG_SECONDS)
        case Kind.REPEATED:
            return Sent()
        case Kind.RECEIVER | Kind.EXPIRED | Kind.LIMIT | Kind.BUG | Kind.PERMANENT:
            return Refused(why)
        case _ as unreachable:
            assert_never(unreachable)


def tell(error: ApiError, metrics: Metrics, door: str) -> None:
    """Count what is not done for it, and log what an operator has to look at (docs/guides/wecom-errors.zh-CN.md)."""
    metrics.count_error(f"{door}_{error.kind.value}")
    if error.kind in _LOUD:
        event = "wecom_untrusted_address" if error.code == UNTRUSTED_ADDRESS else f"{door}_{error.kind.value}"
        _log.error(event, code=error.code, path=error.path)


async def request_json(
    http: ClientSession, url: str, content: bytes | None, query: Mapping[str, str] | None = None
) -> Tree:
    """What is answered to one request, its errcode being 0; raises ApiError. No error's sentence has the query."""
    try:
        async with asyncio.timeout(CALL_SECONDS):
            status, answer = await _request(http, url, content, query or {})
    except (ClientError, TimeoutError, OSError, ValueError, RecursionError):
        raise ApiError(NO_ANSWER, _path_of(url)) from None  # its sentence may hold the token
    code = _code_of(answer) if status < 500 else None
    if code is None:
        raise ApiError(NO_ANSWER, _path_of(url))
    if code:
        raise ApiError(code, _path_of(url))
    return answer


async def _request(http: ClientSession, url: str, content: bytes | None, query: Mapping[str, str]) -> tuple[int, Tree]:
    headers = {"Content-Type": "application/json; charset=utf-8"} if content is not None else {}
    asked = http.request(
        "GET" if content is None else "POST",
        url,
        params=query,
        data=content,
        headers=headers,
        allow_redirects=False,
        timeout=ClientTimeout(total=CALL_SECONDS),
    )
    async with asked as response:
        return response.status, await read_answer(response, LARGEST_ANSWER)


def _code_of(answer: Tree) -> int | None:
    code = answer.get("errcode")
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def _path_of(url: str) -> str:
    return "/" + url.split("://", 1)[-1].partition("/")[2]
