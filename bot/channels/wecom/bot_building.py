"""The two doors of the AI bot, put together from what they stand on."""

from functools import partial
from uuid import uuid4

from aiohttp import ClientSession

from bot.channel_settings import WecomBotCallback, WecomBotSocket
from bot.channels.base import Turns, read_clock
from bot.channels.platform_errors import count_errors
from bot.channels.wecom.bot_connection import Account, BotConnection
from bot.channels.wecom.bot_desk import Desk
from bot.channels.wecom.bot_door import BotCallbackDoor
from bot.channels.wecom.bot_known import Known
from bot.channels.wecom.bot_lease import Lease
from bot.channels.wecom.bot_pace import Pace
from bot.channels.wecom.bot_payloads import CHANNEL
from bot.channels.wecom.bot_posting import Poster
from bot.channels.wecom.bot_pushing import Pusher
from bot.channels.wecom.bot_socket import open_socket
from bot.channels.wecom.bot_socket_answers import SocketDesk
from bot.channels.wecom.bot_socket_door import BotSocketDoor
from bot.channels.wecom.bot_streams import Streams
from bot.channels.wecom.bot_work import Work
from bot.channels.wecom.crypto import Cipher
from bot.metrics import Metrics
from bot.sessions.base import Store


def build_callback_door(
    given: WecomBotCallback, turns: Turns, store: Store, poster: Poster, metrics: Metrics
) -> BotCallbackDoor:
    """The door at `/wecom/bot`; the bot's receiver is empty."""
    desk = Desk(Work(turns), Streams(store.board), store.outbox, poster)
    cipher = Cipher(given.token.get_secret_value(), given.aes_key.get_secret_value(), "")
    return BotCallbackDoor(desk, cipher, metrics)


def build_socket_door(
    given: WecomBotSocket, turns: Turns, store: Store, client: ClientSession, metrics: Metrics
) -> BotSocketDoor:
    """The door that calls up the platform; this process is one of several that may hold the connection."""
    pace = Pace()
    account = Account(given.bot_id, given.secret.get_secret_value())
    opening = partial(open_socket, client, given.url, pace, count_errors(metrics, CHANNEL))
    connection = BotConnection(opening, account, store.board, Lease(store.board, uuid4().hex, pace), pace)
    pusher = Pusher(connection, store.board, read_clock, pace.again)
    desk = SocketDesk(Work(turns), pusher, Known(store.board), store.outbox, read_clock, pace)
    return BotSocketDoor(desk, connection, metrics)
