"""The simulated WeCom as a whole: starts its server, and hands out the people a test talks through."""

import asyncio
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.simulators.base import Clock
from tests.simulators.wecom.api import ApiServer
from tests.simulators.wecom.bot_callbacks import BotCallbacks
from tests.simulators.wecom.bot_replies import Asked, BotChat, BotReplies
from tests.simulators.wecom.bot_users import BotUser, Group
from tests.simulators.wecom.callbacks import Delivery, Door
from tests.simulators.wecom.crypto import Crypto
from tests.simulators.wecom.customers import Agent, Customer, KfBell
from tests.simulators.wecom.faults import Faults
from tests.simulators.wecom.inbox import Inbox
from tests.simulators.wecom.kf_api import KfApi
from tests.simulators.wecom.kf_sessions import KfSessions, Servicer
from tests.simulators.wecom.long_connection import LongConnection
from tests.simulators.wecom.members import Member
from tests.simulators.wecom.messages import Messages
from tests.simulators.wecom.platform import Accounts, Json, Platform, Timing
from tests.simulators.wecom.tokens import Tokens
from tests.simulators.wecom.webhook import Webhook


class WeCom:
    """A WeCom on loopback: `async with WeCom(bot_url) as wecom`."""

    def __init__(
        self,
        bot_url: str = "",
        *,
        accounts: Accounts | None = None,
        timing: Timing | None = None,
        clock: Clock | None = None,
        port: int = 0,
    ) -> None:
        self.platform = Platform(accounts or Accounts(), timing or Timing(), clock or Clock(), bot_url)
        self._port = port
        given = self.platform.accounts
        self.app_door = Door(
            self.platform, "/wecom/app", Crypto(given.token, given.aes_key, given.corp_id), is_json=False
        )
        self.bot_door = Door(self.platform, "/wecom/bot", Crypto(given.bot_token, given.bot_aes_key, ""), is_json=True)
        self.faults = Faults(self.platform.clock)
        self.tokens = Tokens(self.platform)
        self._inboxes: dict[str, Inbox] = {}
        self._members: dict[str, Member] = {}
        self.messages = Messages(self.platform, self._inboxes)
        self._kf_accounts: dict[str, KfSessions] = {}
        self._kf_bells: dict[str, KfBell] = {}
        self._tasks: set[asyncio.Task[object]] = set()
        self.kf = self.kf_account(given.open_kfid)
        self.kf_bell = self._kf_bells[given.open_kfid]
        self.kf_api = KfApi(self.platform, self._kf_accounts, self._ring_later)
        self.bot_replies = BotReplies(self.platform)
        self.bot_callbacks = BotCallbacks(self.platform, self.bot_door, self.bot_replies)
        self.webhook = Webhook(self.platform)
        self._groups: dict[str, Group] = {}
        self._bot_users: dict[str, BotUser] = {}
        self.server = ApiServer(self.platform, self.tokens, self.faults)
        self.connection = LongConnection(self.platform, self.bot_replies, self._find_chat)
        self._is_connected_mode = False
        self._runner: web.AppRunner | None = None
        self._offer()

    @property
    def url(self) -> str:
        """Where the API is."""
        return self.platform.url

    @property
    def bot_url(self) -> str:
        """Where the bot is; a test may set it after both have started."""
        return self.platform.bot_url

    @bot_url.setter
    def bot_url(self, url: str) -> None:
        self.platform.bot_url = url

    @property
    def clock(self) -> Clock:
        """The platform's time."""
        return self.platform.clock

    @property
    def violations(self) -> list[str]:
        """What the bot did wrongly, so far."""
        return self.platform.violations

    def calls_of(self, path: str) -> list[Json]:
        """The bodies of the calls whose path ends so, oldest first."""
        return [answered.call.body for answered in self.platform.calls if answered.call.path.endswith(path)]

    def environment(self, *, is_connected: bool = False) -> dict[str, str]:
        """The settings that make a bot use this WeCom; the AI bot by callback, or by long connection."""
        given = self.platform.accounts
        names = {
            "CORP_ID": given.corp_id,
            "AGENT_ID": str(given.agent_id),
            "TOKEN": given.token,
            "AES_KEY": given.aes_key,
            "SECRET": given.secret,
            "API_URL": self.url,
            "KF_SECRET": given.kf_secret,
        }
        if is_connected:
            address = self.url.replace("http", "ws", 1) + "/openws"
            names |= {"BOT_ID": given.bot_id, "BOT_SECRET": given.bot_secret, "BOT_URL": address}
        else:
            names |= {"BOT_TOKEN": given.bot_token, "BOT_AES_KEY": given.bot_aes_key}
        return {f"POLICYBOT_WECOM_{name}": value for name, value in names.items()}

    def member(self, name: str) -> Member:
        """A member of the company, within the app's visible range."""
        if name not in self._members:
            self._members[name] = Member(name, self.platform, self.app_door, self.messages)
            self._inboxes[name.lower()] = self._members[name].inbox
        return self._members[name]

    async def system_event(self, name: str) -> Delivery:
        """An event of the platform itself, such as inactive_alert: it comes from `sys`."""
        return await Member("sys", self.platform, self.app_door, self.messages).event(name)

    def kf_account(self, open_kfid: str) -> KfSessions:
        """A customer service account; the first is that of the accounts."""
        if open_kfid not in self._kf_accounts:
            self._kf_accounts[open_kfid] = KfSessions(self.platform, open_kfid)
            self._kf_bells[open_kfid] = KfBell(self.platform, self.app_door, self._kf_accounts[open_kfid])
        return self._kf_accounts[open_kfid]

    def _ring_later(self, kf: KfSessions) -> None:
        """Tell the bot, after the call at hand, that there is something to read."""
        task: asyncio.Task[object] = asyncio.create_task(self._kf_bells[kf.open_kfid].ring())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def customer(self, name: str = "wmcustomer1", open_kfid: str = "") -> Customer:
        """Somebody outside, who writes from WeChat to an account."""
        kf = self.kf_account(open_kfid or self.platform.accounts.open_kfid)
        kf.session(name)
        return Customer(name, kf, self._kf_bells[kf.open_kfid])

    def agent(self, name: str) -> Agent:
        """One of the company's people who serve customers."""
        return Agent(self.kf.servicers.setdefault(name, Servicer(name)), self.kf, self.kf_bell)

    def bot_user(self, name: str) -> BotUser:
        """A member in a single chat with the AI bot."""
        if name not in self._bot_users:
            self._bot_users[name] = BotUser(name, BotChat(name, is_group=False), self.platform, self._carry)
        return self._bot_users[name]

    def group(self, chat_id: str = "wrCHAT1") -> Group:
        """A group with the AI bot in it."""
        if chat_id not in self._groups:
            self._groups[chat_id] = Group(BotChat(chat_id, is_group=True), self.platform, self._carry)
        return self._groups[chat_id]

    @property
    def connection_state(self) -> str:
        """Whether a bot is connected, in words; empty where the AI bot works by callback."""
        if not self._is_connected_mode:
            return ""
        return "长连接：已连接" if self.connection.line is not None else "长连接：没有连接"

    def use_long_connection(self) -> None:
        """Switch the AI bot's mode: callbacks go down the websocket from now on."""
        self._is_connected_mode = True

    def _find_chat(self, chat_id: str, chat_type: int) -> BotChat | None:
        """The conversation that a push names; groups first if it does not say which kind."""
        group = self._groups.get(chat_id)
        if group is not None and chat_type != 1:
            return group.chat
        single = (user for user in self._bot_users.values() if user.user_id == chat_id)
        return None if chat_type == 2 else next((user.chat for user in single), None)

    async def _carry(self, asked: Asked) -> Delivery | None:
        if self._is_connected_mode:
            await self.connection.carry(asked)
            return None
        return await self.bot_callbacks.carry(asked)

    def _offer(self) -> None:
        """The routes of the API."""
        server, kf = self.server, self.kf_api
        server.offer("GET", "/cgi-bin/gettoken", self.tokens.get, app="")
        server.offer("GET", "/cgi-bin/getcallbackip", lambda _: {"ip_list": ["127.0.0.1"]}, app="any")
        server.offer("GET", "/cgi-bin/agent/get", self.messages.tell_agent)
        server.offer("POST", "/cgi-bin/message/send", self.messages.send)
        server.offer("POST", "/cgi-bin/message/update_template_card", self.messages.update)
        server.offer("POST", "/cgi-bin/kf/sync_msg", kf.sync, app="kf")
        server.offer("POST", "/cgi-bin/kf/send_msg", kf.send, app="kf")
        server.offer("POST", "/cgi-bin/kf/send_msg_on_event", kf.send_on_event, app="kf")
        server.offer("POST", "/cgi-bin/kf/service_state/get", kf.get_state, app="kf")
        server.offer("POST", "/cgi-bin/kf/service_state/trans", kf.transfer, app="kf")
        server.offer("GET", "/cgi-bin/kf/servicer/list", kf.list_servicers, app="kf")
        server.offer("POST", "/cgi-bin/aibot/response", self.bot_callbacks.respond, app="")
        server.offer("POST", "/cgi-bin/webhook/send", self.webhook.send, app="")
        server.app.router.add_get("/openws", self.connection.connect)
        server.app.router.add_get("/media/{number}", self._serve_media)

    async def _serve_media(self, _: web.Request) -> web.Response:
        """A picture or file of the AI bot, encrypted but not framed."""
        return web.Response(body=self.bot_door.crypto.encrypt_media(b"fake image bytes"))

    async def __aenter__(self) -> Self:
        runner = web.AppRunner(self.server.app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        self._runner = runner
        self.platform.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.release()
        for task in self._tasks:
            task.cancel()
        await self.connection.stop()
        await self.app_door.close()
        await self.bot_door.close()
        if self._runner is not None:
            await self._runner.cleanup()
