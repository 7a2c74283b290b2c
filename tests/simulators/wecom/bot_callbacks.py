"""The AI bot by callback: JSON packets, streams polled until they end, and the one-use response_url."""

import asyncio
import json

from tests.simulators.wecom.bot_replies import POLL_ANSWERS, PUSHES, Asked, BotReplies
from tests.simulators.wecom.callbacks import Delivery, Door, parse_json
from tests.simulators.wecom.crypto import Unreadable
from tests.simulators.wecom.platform import Call, Json, OneUse, Platform, Refused

STREAM_LIFETIME = 360
URL_LIFETIME = 3600
PACKET = {"encrypt": str, "msgsignature": str, "timestamp": int, "nonce": str}


class BotCallbacks:
    """Carries what happens in the chats to the bot's address, and its answers back."""

    def __init__(self, platform: Platform, door: Door, replies: BotReplies) -> None:
        self._platform = platform
        self._door = door
        self._replies = replies
        self._urls: dict[str, tuple[Asked, float]] = {}
        self._uses = OneUse()

    async def carry(self, asked: Asked) -> Delivery:
        """Send a callback and show its answer; of a stream, until it ends."""
        event = asked.body.get("event", {}).get("eventtype", "")
        if event not in {"enter_chat", "feedback_event"}:
            asked.body["response_url"] = self._response_url(asked)
        message = json.dumps(asked.body, ensure_ascii=False)
        delivery = await self._door.deliver(message, is_retried=event != "template_card_event")
        self._open(delivery, asked, asked.allowed)
        await self._poll(asked)
        return delivery

    def _response_url(self, asked: Asked) -> str:
        code = f"RC{self._platform.number()}"
        self._urls[code] = (asked, self._platform.clock.now() + URL_LIFETIME)
        return f"{self._platform.url}/cgi-bin/aibot/response?response_code={code}"

    def respond(self, call: Call) -> Json:
        """Serve a response_url: one call, within an hour."""
        code = call.query.get("response_code", "")
        asked, ends = self._urls.get(code, (None, 0.0))
        if asked is None:
            raise Refused(60140, "invalid response_code")
        if ends <= self._platform.clock.now():
            raise Refused(60140, "response_code expired", is_wrong=False)
        self._uses.use(code, call.body, Refused(60140, "response_code was used"))
        self._replies.take(call.body, Asked(asked.chat, asked.user, asked.body, PUSHES, asked.at), PUSHES)
        return {}

    async def _poll(self, asked: Asked) -> None:
        """Ask for the stream until it ends, at most six minutes from the user's message."""
        polls = 0
        while asked.is_open and self._platform.clock.now() - asked.at < STREAM_LIFETIME:
            await asyncio.sleep(self._platform.timing.poll)
            polls += 1
            assert polls * self._platform.timing.poll <= self._platform.timing.patience, (
                f"流式消息 {asked.stream_id} 没有结束"
            )
            names = ("aibotid", "chatid", "chattype", "from")
            body = {name: asked.body[name] for name in names if name in asked.body}
            body |= {"msgid": f"CAIQ{self._platform.number()}", "msgtype": "stream", "stream": {"id": asked.stream_id}}
            delivery = await self._door.deliver(json.dumps(body, ensure_ascii=False))
            self._open(delivery, asked, POLL_ANSWERS)
        if asked.stream is not None and asked.is_open:
            self._note(f"流式消息 {asked.stream_id} 超过 6 分钟没有结束")
            asked.stream.is_finished = True

    def _open(self, delivery: Delivery, asked: Asked, allowed: frozenset[str]) -> None:
        """Show what the bot answered."""
        answer = (delivery.answer or b"").strip()
        if answer in {b"", b"{}", b"success"}:
            return
        packet = parse_json(answer, self._note)
        if packet is None:
            return
        try:
            reply = parse_json(self._unseal(packet, delivery).encode(), self._note)
            if reply:
                self._replies.take(reply, asked, allowed)
        except (Unreadable, Refused) as error:
            self._note(str(error))

    def _unseal(self, packet: Json, delivery: Delivery) -> str:
        """The plain text of an answer whose packet is exactly as it should be."""
        kinds = {name: type(value) for name, value in packet.items()}
        if kinds != PACKET:
            raise Unreadable(f"应答的字段应是 {sorted(PACKET)}（timestamp 是数字），得到 {kinds}")
        if packet["nonce"] != delivery.envelope.query["nonce"]:
            raise Unreadable(f"应答的 nonce 应与回调的相同：{delivery.envelope.query['nonce']}，得到 {packet['nonce']}")
        crypto = self._door.crypto
        crypto.check(packet["msgsignature"], str(packet["timestamp"]), packet["nonce"], packet["encrypt"])
        return crypto.decrypt(packet["encrypt"])

    def _note(self, sentence: str) -> None:
        self._platform.violated(f"智能机器人：{sentence}")
