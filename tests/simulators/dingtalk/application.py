"""The app that is registered with the platform, and how patient the platform is."""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How the app chose to receive messages."""

    HTTP = "http"
    STREAM = "stream"


@dataclass(frozen=True, slots=True)
class Application:
    """An enterprise's own app with one robot, as its page in the vendor's console shows it."""

    client_id: str = "dingpolicybot0001"
    client_secret: str = "secret-of-the-simulated-app-0001"
    corp_id: str = "dingcorp0001"
    bot_name: str = "policybot"
    card_route_key: str = "policybot"
    """The callbackRouteKey under which the bot's address for clicks is registered."""
    card_secret: str = ""
    """What signs clicks by HTTP; the client secret where it is empty."""
    mentions_by_button: bool = True
    """Whether a button that sends a text in a group sends it with the mention of the robot; the vendor does not say."""

    @property
    def robot_code(self) -> str:
        """The robot's code: for an app of one's own, the client id."""
        return self.client_id

    @property
    def bot_id(self) -> str:
        """The robot's own id, which is opaque."""
        return f"$:LWCP_v1:${self.client_id}"

    @property
    def signing_card_secret(self) -> str:
        """The secret that signs card callbacks where none was registered."""
        return self.card_secret or self.client_secret


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the platform takes; 0 is without limit, for measuring the bot."""

    calls: int = 10_000
    """Of one IP in 20 seconds; then it is banned for five minutes."""
    webhook_per_minute: int = 20
    """To one webhook; then it is blocked for ten minutes. Of a sessionWebhook the vendor does not say."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds the platform waits, and how often it tries; what the vendor does not state is marked so."""

    http_limit: float = 5.0
    """For the answer to a message by HTTP; not stated."""
    http_retries: int = 2
    """More tries after a failed one; not stated."""
    http_pause: float = 1.0
    """Between two tries; not stated."""
    card_limit: float = 2.0
    """For the answer to a click on a card."""
    redeliver_after: float = 5.0
    """Until a frame without an ACK is sent again; not stated."""
    redeliveries: int = 20
    """How often at most; not stated."""
    renew_every: int = 2
    """Each so many-th repetition has a new messageId around the same msgId; 0 for never. Not stated."""
    ack_limit: float = 5.0
    """How long `says` waits for the ACK of a frame before it goes on."""
    send_limit: float = 10.0
    """For a robot that does not read; then the connection is cut. Not stated."""
    system_limit: float = 2.0
    """For the answer to a ping, and for closing after a disconnect."""
    ping_every: float = 0.0
    """Between two pings of the platform; 0 for none of its own."""
    ticket_life: float = 90.0
    """Not stated."""
    webhook_life: float = 5400.0
    """Of a sessionWebhook: about 90 minutes in the vendor's samples."""
    token_life: float = 7200.0
    """Of an accessToken."""
