"""Members at random, troubles at random: every text of every reply arrives once, in order, whatever happened."""

import random
from collections import defaultdict

import pytest

from bot.channels.wecom.limits import TEXT_BYTES
from bot.messages import InboundMessage, Reply
from bot.rendering.splitting import split_text
from bot.sessions.memory import MemoryStore
from bot.turns import Pack
from tests.channels.wecom.app_stage import Stage, app_stage, shipped_turns
from tests.simulators.base import Clock
from tests.simulators.wecom.members import Member

SEND = "/cgi-bin/message/send"
SAID = (
    "亦庄",
    "小巨人",
    "不清楚",
    "1",
    "2",
    "看结果",
    "更多",
    "依据1",
    "今天天气",
    "😀]]><x>",
    "我的资料",
    "再见",
    "20万",
    "都没有",
)
STEPS = 50


class RecordedTurns:
    """The turns of the shipped content; what each message was answered first is kept for each member."""

    def __init__(self, store: MemoryStore) -> None:
        self.told: dict[str, list[str]] = defaultdict(list)
        self._turns = shipped_turns(store, [])
        self._known: set[str] = set()

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        reply = await self._turns.handle(message, pack)
        if message.message_id not in self._known:
            self._known.add(message.message_id)
            pieces = (piece for one in reply.messages for piece in split_text(one.text, TEXT_BYTES))
            self.told[message.conversation].extend(pieces)
        return reply


def trouble(stage: Stage, rng: random.Random) -> None:
    """One kind of trouble, or none."""
    faults = stage.wecom.faults
    match rng.randrange(12):
        case 0:
            faults.fail(rng.choice((-1, 45009, 45033, 40014, 42001, 60020)), rng.randint(1, 3), SEND)
        case 1:
            faults.lose_answer(1, SEND)
        case 2:
            faults.close(rng.randint(1, 3), SEND)
        case 3:
            faults.answer_status(502, 1, SEND)
        case 4:
            faults.garble(1)
        case 5:
            stage.wecom.tokens.revoke()
        case 6:
            faults.go_down(rng.randint(1, 300))
        case _:
            stage.clock.advance(rng.choice((1, 20, 70, 400)))


async def act(member: Member, rng: random.Random) -> None:
    """Say something, perhaps delivered twice; click something, perhaps something old; open the chat."""
    clickable = [shown for shown in member.inbox if shown.kind == "template_card" and shown.labels]
    match rng.randrange(4):
        case 0 if clickable:
            shown = rng.choice(clickable)
            await member.clicks(rng.choice(shown.labels), on=shown)
        case 1:
            await member.enters()
        case 2:
            delivery = await member.says(rng.choice(SAID))
            await member._door.post(delivery.envelope)
        case _:
            await member.says(rng.choice(SAID))


@pytest.mark.parametrize("seed", range(4))
async def test_every_text_arrives_once_and_in_order(seed: int) -> None:
    rng, clock = random.Random(seed), Clock()
    store = MemoryStore(clock.now)
    turns = RecordedTurns(store)
    async with app_stage(store=store, turns=turns, clock=clock) as stage:
        members = [stage.wecom.member(name) for name in ("zhangsan", "LiSi")]
        for _ in range(STEPS):
            trouble(stage, rng)
            await act(rng.choice(members), rng)
        stage.wecom.faults.come_up()
        await stage.settled_in_time()

        for member in members:
            texts = [shown.text for shown in member.inbox if shown.kind == "text"]
            assert texts == turns.told[member.name.lower()]
        assert [one for one in stage.wecom.violations if "task_id 重复" not in one] == []
        assert await store.outbox.waiting() == ()
