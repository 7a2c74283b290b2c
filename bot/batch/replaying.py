"""`policybot replay`: whole conversations → final profile and result, through the very turns of the server."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.app import build_memory_store, build_turns
from bot.batch.jsonl import Answer, Case, day_of
from bot.batch.matching import yuan_json
from bot.content.bundle import Bundle
from bot.dialog.deciding import passed_attributes
from bot.dialog.results import OFFERED, build_result
from bot.dialog.state import State
from bot.errors import RequestError
from bot.messages import InboundMessage, Reply, Target
from bot.policy.matching import Standing
from bot.policy.values import value_to_json
from bot.responder import BEIJING
from bot.sessions.base import SessionKey, SessionStore
from bot.sessions.codec import decode_state
from bot.turns import Trouble, TurnFailed, TurnHandler

CHANNELS = ("wecom_single", "wecom_group", "dingtalk_single", "dingtalk_group", "web")
SILENCE = re.compile(r"\[\[silence:(\d+)([mhd])\]\]")
OTHER = re.compile(r"\[\[other:[^\]]*\]\].*", re.DOTALL)
MENTION = re.compile(r"^\s*@\S+\s*")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
ASK_RESULT = "看结果"
CONVERSATION = "replay"


@dataclass(slots=True)
class Replay:
    """One conversation in progress."""

    turns: TurnHandler
    store: SessionStore
    bundle: Bundle
    channel: str
    now: datetime
    troubles: list[Trouble]
    said: list[dict[str, str]] = field(default_factory=list)
    count: int = 0

    async def take(self, turn: str) -> None:
        """One turn: a directive, or what the user says."""
        if silence := SILENCE.fullmatch(turn.strip()):
            self._pass_time(silence[2], int(silence[1]))
            return
        if OTHER.fullmatch(turn.strip()):
            return
        is_group = self.channel.endswith("_group")
        text = MENTION.sub("", turn, count=1) if is_group else turn
        self.count += 1
        self._pass_time("s", 20)
        private = CONVERSATION if is_group else ""
        message = InboundMessage(
            self.channel, CONVERSATION, f"m{self.count}", text, self.now, is_group, private=private
        )
        try:
            reply = await self.turns.handle(message)
        except TurnFailed as error:
            what = self.troubles[-1] if self.troubles else None
            raise RequestError(f"第 {self.count} 句没能处理：{error}（{what}）") from error
        self.said.append({"user": turn, "bot": _joined(reply, Target.CHAT)})
        if whispered := _joined(reply, Target.SINGLE):
            self.said[-1]["single"] = whispered

    def _pass_time(self, unit: str, count: int) -> None:
        try:
            self.now += timedelta(**{UNITS[unit]: count})
        except OverflowError:
            raise RequestError("时间超出了日历") from None

    async def state(self) -> State:
        """Where the conversation is now."""
        key = SessionKey(self.channel, CONVERSATION)
        stored = await self.store.load(key)
        if stored.state is None:
            return State()
        return decode_state(key, stored.state, self.bundle.guide.knowledge.attributes)


def answer_replay(case: Case, bundle: Bundle) -> Answer:
    """The contract's answer to one conversation; RequestError when it is not valid."""
    turns = case.get("turns")
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise RequestError("turns 应是文字的列表")
    channel = case.get("channel", CHANNELS[0])
    if channel not in CHANNELS:
        raise RequestError(f"channel 应为以下之一：{'、'.join(CHANNELS)}")
    start = datetime.combine(day_of(case), time(9), BEIJING)
    return asyncio.run(_replay(turns, channel, start, bundle))


async def _replay(turns: list[str], channel: str, start: datetime, bundle: Bundle) -> Answer:
    store = build_memory_store()
    troubles: list[Trouble] = []
    await store.open()
    kind = "web" if channel == "web" else "text"
    replay = Replay(build_turns(bundle, store, troubles.append, kind), store, bundle, channel, start, troubles)
    for turn in turns:
        await replay.take(turn)
    if not _just_showed_result(await replay.state()):
        await replay.take(f"@bot {ASK_RESULT}" if channel.endswith("_group") else ASK_RESULT)
    state = await replay.state()
    await store.close()
    return {"profile": _profile(state), "offered": _offered(state, replay), "turns": replay.said}


def _joined(reply: Reply, target: Target) -> str:
    """What is sent there: to the chat in which the user wrote, or from a group to the single chat."""
    return "\n\n".join(message.text for message in reply.messages if message.target is target)


def _just_showed_result(state: State) -> bool:
    return state.result_seen is not None and state.result_seen == state.last_seen


def _profile(state: State) -> dict[str, object]:
    return {name: value_to_json(value) for name, value in state.profile.values.items()}


def _offered(state: State, replay: Replay) -> list[dict[str, object]]:
    on, guide = state.shown_on or replay.now.date(), replay.bundle.guide
    items = build_result(state.profile, guide, on, passed=passed_attributes(state, guide)).items
    return [
        {
            "document": item.verdict.clause.document.id,
            "article": item.verdict.clause.article,
            "clause": item.verdict.clause.id,
            "verdict": item.verdict.standing.value,
            "availability": item.verdict.availability.value,
            "amount_yuan": yuan_json(item.verdict.amount.exact)
            if item.verdict.standing is Standing.ELIGIBLE
            else yuan_json(item.verdict.prospect.exact if item.verdict.waits_for_premises_only else None),
        }
        for item in items
        if item.group in OFFERED
    ]
