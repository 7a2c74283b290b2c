"""POST /v1.0/oauth2/accessToken, and the check of the token that every call of the new API carries."""

from aiohttp import web

from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import ApiRefusal
from tests.simulators.dingtalk.requests import read_api_json, text_of

HEADER = "x-acs-dingtalk-access-token"


class Tokens:
    """The app's token: the same while it lives, renewed by each fetch, a new one after its end."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._token = ""
        self._expires = 0
        self._given: set[str] = set()

    async def issue(self, request: web.Request) -> web.StreamResponse:
        """Answer with the token that is valid from now."""
        body = await read_api_json(request)
        app = self._platform.app
        if (text_of(body, "appKey"), text_of(body, "appSecret")) != (app.client_id, app.client_secret):
            raise ApiRefusal("invalidClientIdOrSecret", "无效的clientId或者clientSecret")
        life = self._platform.timing.token_life
        if not self._is_alive:
            self._token = self._platform.number("token")
            self._given.add(self._token)
        self._expires = self._platform.clock.now() + round(life * 1000)
        return web.json_response({"accessToken": self._token, "expireIn": round(life)})

    def check(self, request: web.Request) -> None:
        """Refuse a call without the valid token; only one that was never given out is the caller's fault."""
        token = request.headers.get(HEADER, "")
        if self._is_alive and token == self._token:
            return
        raise ApiRefusal("InvalidAuthentication", "不合法的access_token", is_violation=token not in self._given)

    def revoke(self) -> None:
        """End the token before its time."""
        self._expires = 0

    @property
    def _is_alive(self) -> bool:
        return bool(self._token) and self._platform.clock.now() < self._expires
