"""What a running server of this very installation answers, asked over its own address."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.web.server import format_address
from bot.settings import Settings

SECONDS = 5.0
_ANY_HOST = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what to ask where it listens on all


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and text of an answer; status 0 when there was none."""

    status: int
    text: str


class OwnServer:
    """The server of the settings, asked from this machine."""

    def __init__(self, client: ClientSession, settings: Settings) -> None:
        self._client = client
        self._base = format_address(_ANY_HOST.get(settings.host, settings.host), settings.port)

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """The answer to a GET."""
        return await self._ask("GET", path, query)

    async def post(self, path: str) -> Answer:
        """The answer to an empty POST."""
        return await self._ask("POST", path, None)

    async def _ask(self, method: str, path: str, query: Mapping[str, str] | None) -> Answer:
        asked = self._client.request(
            method, self._base + path, params=query, timeout=ClientTimeout(total=SECONDS), proxy=None
        )
        try:
            async with asked as response:
                return Answer(response.status, await response.text())
        except (TimeoutError, ClientError, OSError, UnicodeDecodeError):
            return Answer(0, "")
