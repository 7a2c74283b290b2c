"""The two doors of the AI bot, put together from what they stand on."""

from dataclasses import dataclass, field
from functools import partial
from uuid import uuid4

from aiohttp import ClientSession

from bot.channel_settings import WecomBotCallback, WecomBotSocket
from bot.channels.base import Clock, Turns, read_clock
from bot.channels.platform_errors import count_errors
from bot.channels.wecom.bot_connection import Account, BotConnection
from bot.channels.wecom.bot_door import BotCallbackDoor
from bot.channels.wecom.bot_ground import CallbackGround, SocketGround
from bot.channels.wecom.bot_lease import Lease
from bot.channels.wecom.bot_pace import Pace
from bot.channels.wecom.bot_payloads import CHANNEL
from bot.channels.wecom.bot_posting import Poster
from bot.channels.wecom.bot_pushing import Pusher
from bot.channels.wecom.bot_reachable import Reachable
from bot.channels.wecom.bot_socket import open_socket
from bot.channels.wecom.bot_socket_door import BotSocketDoor
from bot.channels.wecom.bot_streams import Streams
from bot.channels.wecom.crypto import Cipher
from bot.channels.wecom.patience import PatientTurns
from bot.metrics import Metrics
from bot.sessions.base import Store

MOST_OF_ONE = 3
"""More messages than these of one person are never in progress with a bot: the platform's own limit (W:100719)."""


@dataclass(frozen=True, slots=True)
class Base:
    """What both are built on."""

    turns: Turns
    store: Store
    client: ClientSession
    metrics: Metrics
    clock: Clock = read_clock
    pace: Pace = field(default_factory=Pace)


def build_callback_door(given: WecomBotCallback, api_url: str, base: Base) -> BotCallbackDoor:
    """The door at `/wecom/bot`; the bot's receiver is empty."""
    ground = CallbackGround(
        turns=PatientTurns(base.turns, MOST_OF_ONE),
        outbox=base.store.outbox,
        clock=base.clock,
        pace=base.pace,
        streams=Streams(base.store.board),
        poster=Poster(base.client, api_url, base.metrics),
    )
    cipher = Cipher(given.token.get_secret_value(), given.aes_key.get_secret_value(), "", base.clock)
    return BotCallbackDoor(ground, cipher, base.metrics)


def build_socket_door(given: WecomBotSocket, base: Base) -> BotSocketDoor:
    """The door that calls up the platform; this process is one of several that may hold the connection."""
    board, pace = base.store.board, base.pace
    account = Account(given.bot_id, given.secret.get_secret_value())
    opening = partial(open_socket, base.client, given.url, pace, count_errors(base.metrics, CHANNEL))
    connection = BotConnection(opening, account, board, Lease(board, uuid4().hex, pace), pace)
    ground = SocketGround(
        turns=PatientTurns(base.turns, MOST_OF_ONE),
        outbox=base.store.outbox,
        clock=base.clock,
        pace=pace,
        pusher=Pusher(connection, board, base.metrics, base.clock, pace.again),
        reachable=Reachable(board),
    )
    return BotSocketDoor(ground, connection, base.metrics)
