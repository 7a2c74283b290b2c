"""The interface of the robot: calls with an access token that all replicas share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from bot.channels.dingtalk.calls import TOKEN_HEADER, Answer, Caller
from bot.channels.dingtalk.outcomes import is_token_stale
from bot.channels.tokens import FreshToken, SharedToken
from bot.channels.trees import number_at, string_at
from bot.errors import RequestError
from bot.sessions.base import Board, StoreUnavailable

TOKEN_PATH = "/v1.0/oauth2/accessToken"  # noqa: S105 - an address
SINGLE_PATH = "/v1.0/robot/oToMessages/batchSend"
GROUP_PATH = "/v1.0/robot/groupMessages/send"
REGISTER_PATH = "/v1.0/card/callbacks/register"
CARD_PATH = "/v1.0/card/instances/createAndDeliver"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who the robot is, and where its platform is; the secret is shown nowhere."""

    client_id: str
    client_secret: str = field(repr=False)
    api_url: str = "https://api.dingtalk.com"


class TokenRefused(RequestError):
    """Raised when the platform gives no access token; `answer` is what it says instead."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("钉钉没有给出 access token，请核对 Client ID 和 Client Secret。")
        self.answer = answer


class RobotApi:
    """Calls the interface; it raises nothing for what goes wrong."""

    def __init__(self, caller: Caller, credentials: Credentials, board: Board) -> None:
        self._caller = caller
        self._credentials = credentials
        fetch = partial(fetch_token, caller, credentials)
        self._token = SharedToken(board, f"dingtalk:{credentials.client_id}", fetch)

    @property
    def robot(self) -> str:
        """The code of the robot, where a message did not name it."""
        return self._credentials.client_id

    @property
    def address(self) -> str:
        """The base address of the interface."""
        return self._credentials.api_url

    async def post(self, path: str, body: Mapping[str, object]) -> Answer:
        """What comes back; with another token, once, where the first is no longer taken."""
        try:
            token = await self._token.get()
            answer = await self._call(path, body, token)
            if is_token_stale(answer):
                answer = await self._call(path, body, await self._token.renew(token))
        except TokenRefused as error:
            return error.answer
        except StoreUnavailable:
            return Answer(0, why="store unavailable")
        return answer

    async def _call(self, path: str, body: Mapping[str, object], token: str) -> Answer:
        return await self._caller.call("POST", self._credentials.api_url + path, body, {TOKEN_HEADER: token})


async def fetch_token(caller: Caller, credentials: Credentials) -> FreshToken:
    """A token of the platform; raises TokenRefused."""
    known = {"appKey": credentials.client_id, "appSecret": credentials.client_secret}
    answer = await caller.call("POST", credentials.api_url + TOKEN_PATH, known)
    token, seconds = string_at(answer.body, "accessToken"), number_at(answer.body, "expireIn")
    if not answer.is_fine or not token or not seconds:
        raise TokenRefused(answer)
    return FreshToken(token, seconds)
