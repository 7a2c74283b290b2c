"""The gateway of Stream mode: each connection is opened with a ticket of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from bot.channels.dingtalk.api import Credentials
from bot.channels.dingtalk.calls import Caller
from bot.channels.dingtalk.frames import CARD_TOPIC, ROBOT_TOPIC
from bot.channels.trees import string_at

OPEN_PATH = "/v1.0/gateway/connections/open"
AGENT = "policybot/1.0"
TOPICS = (ROBOT_TOPIC, CARD_TOPIC)


@dataclass(frozen=True, slots=True)
class Opened:
    """Where to connect; it holds the ticket, so it is shown nowhere."""

    url: str


@dataclass(frozen=True, slots=True)
class NotOpened:
    """No connection now, and why, without anything secret."""

    why: str


class Gateway:
    """Asks for connections."""

    def __init__(self, caller: Caller, credentials: Credentials, topics: Sequence[str] = TOPICS) -> None:
        self._caller = caller
        self._credentials = credentials
        self._topics = topics

    async def open(self) -> Opened | NotOpened:
        """Where to connect this time."""
        wanted = {
            "clientId": self._credentials.client_id,
            "clientSecret": self._credentials.client_secret,
            "subscriptions": [{"type": "CALLBACK", "topic": topic} for topic in self._topics],
            "ua": AGENT,
        }
        answer = await self._caller.call("POST", self._credentials.api_url + OPEN_PATH, wanted)
        endpoint, ticket = string_at(answer.body, "endpoint"), string_at(answer.body, "ticket")
        if answer.is_fine and ticket and self._may_connect(endpoint):
            return Opened(f"{endpoint}{'&' if '?' in endpoint else '?'}ticket={quote_plus(ticket)}")
        return NotOpened(answer.why or f"status {answer.status} code {answer.code[:80]}")

    def _may_connect(self, endpoint: str) -> bool:
        """Without TLS only where the interface that is set has none either."""
        scheme = urlsplit(endpoint).scheme
        return scheme == "wss" or (scheme == "ws" and self._credentials.api_url.startswith("http://"))
