"""A turn is done exactly once, in order, and whatever fails the user gets a sentence."""

import asyncio
import gc
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.dialog.state import State
from bot.messages import InboundMessage, JsonValue, Option, OutboundMessage, Reply
from bot.policy.attributes import Attribute, Profile
from bot.sessions.base import SessionKey, SessionStore, StoredSession, TurnRecord
from bot.sessions.memory import MemoryStore
from bot.turns import (
    LONGEST_TEXT,
    Response,
    Said,
    Trouble,
    TurnHandler,
    clean_text,
    number_of,
)
from tests.fakes import ATTRIBUTES, FORGET, NOW, create_handler, message, texts
from tests.simulators.base import PATIENCE

KEY = SessionKey("web", "c1")


@pytest.fixture
def handler(store: SessionStore) -> TurnHandler:
    return create_handler(store)[0]


async def test_a_conversation_remembers_what_was_said(handler: TurnHandler) -> None:
    assert texts(await handler.handle(message("一", "m1"))) == ["1：一"]
    assert texts(await handler.handle(message("二", "m2"))) == ["2：二"]


async def test_conversations_and_channels_do_not_mix(handler: TurnHandler) -> None:
    await handler.handle(message("一"))

    assert texts(await handler.handle(message("一", conversation="c2"))) == ["1：一"]
    assert texts(await handler.handle(message("一", channel="wecom"))) == ["1：一"]


async def test_a_repeated_message_gets_the_same_reply_and_is_not_done_again(handler: TurnHandler) -> None:
    first = await handler.handle(message("一", "m1"))
    await handler.handle(message("二", "m2"))

    assert await handler.handle(message("一", "m1")) == first
    assert texts(await handler.handle(message("三", "m3"))) == ["3：三"]


async def test_a_repeated_message_gets_the_same_reply_after_a_new_start(store: SessionStore) -> None:
    first = await create_handler(store)[0].handle(message("一"))

    assert await create_handler(store)[0].handle(message("一")) == first


async def test_one_message_delivered_ten_times_at_once_is_done_once(handler: TurnHandler) -> None:
    replies = await asyncio.gather(*(handler.handle(message("一", "same")) for _ in range(10)))

    assert replies == [replies[0]] * 10
    assert texts(await handler.handle(message("二", "next"))) == ["2：二"]


async def test_messages_of_one_conversation_are_answered_in_the_order_they_came(handler: TurnHandler) -> None:
    replies = await asyncio.gather(*(handler.handle(message(str(number), f"m{number}")) for number in range(50)))

    assert [texts(reply) for reply in replies] == [[f"{number + 1}：{number}"] for number in range(50)]


class Uneven(MemoryStore):
    """A store whose first answers come later than its next ones."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses = iter([0.05, 0.02, 0.01])

    async def load(self, key: SessionKey, message_id: str = "") -> StoredSession:
        await asyncio.sleep(next(self.pauses, 0))
        return await super().load(key, message_id)


async def test_a_message_does_not_overtake_an_earlier_one_that_takes_longer() -> None:
    store = Uneven()
    await store.open()
    handler, _ = create_handler(store)

    replies = await asyncio.gather(*(handler.handle(message(str(number), f"m{number}")) for number in range(5)))

    assert [texts(reply) for reply in replies] == [[f"{number + 1}：{number}"] for number in range(5)]


async def test_two_handlers_of_one_store_lose_no_message_of_one_user(store: SessionStore) -> None:
    tabs = [create_handler(store)[0] for _ in range(2)]

    replies = await asyncio.gather(*(tabs[n % 2].handle(message(f"t{n}", f"m{n}")) for n in range(40)))

    said = sorted((texts(reply)[0] for reply in replies), key=lambda text: int(text.partition("：")[0]))
    assert [text.partition("：")[0] for text in said] == [str(number) for number in range(1, 41)]
    assert {text.partition("：")[2] for text in said} == {f"t{n}" for n in range(40)}


async def test_one_message_at_two_handlers_is_done_once(store: SessionStore) -> None:
    tabs = [create_handler(store)[0] for _ in range(2)]

    for number in range(20):
        replies = await asyncio.gather(*(tab.handle(message(f"t{number}", f"m{number}")) for tab in tabs))
        assert replies[0] == replies[1]
        assert texts(replies[0]) == [f"{number + 1}：t{number}"]


class Gate(MemoryStore):
    """A store in which one conversation's commit waits until the gate is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = asyncio.Event()

    async def commit(self, turn: TurnRecord) -> None:
        if turn.key.conversation == "slow":
            await self.opened.wait()
        await super().commit(turn)


async def test_a_slow_conversation_holds_up_no_other_one() -> None:
    store = Gate()
    await store.open()
    handler, _ = create_handler(store)
    slow = asyncio.ensure_future(handler.handle(message("一", conversation="slow")))

    async with asyncio.timeout(PATIENCE):
        assert texts(await handler.handle(message("一", conversation="quick"))) == ["1：一"]

    assert not slow.done()
    store.opened.set()
    assert texts(await slow) == ["1：一"]


async def test_a_cancelled_turn_does_not_block_the_next_one() -> None:
    store = Gate()
    await store.open()
    handler, _ = create_handler(store)
    waiting = [asyncio.ensure_future(handler.handle(message("x", f"m{n}", "slow"))) for n in range(3)]
    await asyncio.sleep(0)

    waiting[0].cancel()
    waiting[1].cancel()
    store.opened.set()

    assert texts(await waiting[2]) == ["1：x"]


async def test_nothing_stays_in_memory_of_conversations_that_are_not_at_work(handler: TurnHandler) -> None:
    await asyncio.gather(*(handler.handle(message("一", conversation=f"c{number}")) for number in range(300)))
    gc.collect()

    assert len(handler._locks) == 0


async def test_forgetting_removes_the_conversation_and_its_earlier_replies(
    store: SessionStore, handler: TurnHandler
) -> None:
    await handler.handle(message("一", "m1"))

    forgotten = await handler.handle(message(FORGET, "m2"))

    assert (await store.load(KEY)).state is None
    assert (await store.load(KEY, "m1")).reply is None
    assert await handler.handle(message(FORGET, "m2")) == forgotten
    assert texts(await handler.handle(message("二", "m3"))) == ["1：二"]


class Filled:
    """A Responder that knows something and asks something."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.states: list[State] = []

    def respond(self, state: State, said: Said) -> Response:
        self.said.append(said)
        self.states.append(state)
        profile = Profile({"region": "通州区", "listing_amount": Decimal("1000000.5"), "sector": frozenset({"ai"})})
        asked = OutboundMessage("梯度？", (Option("none", "都不是"),))
        return Response(State(profile=profile), (asked,), "tier")


async def test_the_reply_shows_the_profile_as_the_contract_writes_it(store: SessionStore) -> None:
    handler, _ = create_handler(store, Filled())
    profile: dict[str, JsonValue] = {"region": "通州区", "listing_amount": 1000000.5, "sector": ["ai"]}
    expected = Reply((OutboundMessage("梯度？", (Option("none", "都不是"),)),), profile, "tier")

    assert await handler.handle(message("你好")) == expected
    assert await handler.handle(message("你好")) == expected


async def test_answers_are_read_with_the_attributes_of_today(store: SessionStore) -> None:
    content: Mapping[str, Attribute] = ATTRIBUTES
    responder = Filled()
    handler = TurnHandler(store, responder, lambda: content, list[Trouble]().append)
    await handler.handle(message("你好", "m1"))

    content = {name: attribute for name, attribute in ATTRIBUTES.items() if name != "region"}
    await handler.handle(message("你好", "m2"))

    assert set(responder.states[1].profile.values) == {"listing_amount", "sector"}


async def test_the_responder_gets_clean_text_the_time_and_where_it_was_said(store: SessionStore) -> None:
    responder = Filled()
    handler, _ = create_handler(store, responder)

    await handler.handle(InboundMessage("web", "c1", "m1", "\x00通州\r\n区\ud800", NOW, is_group=True))

    assert [(one.text, one.now, one.is_group) for one in responder.said] == [("通州\n区", NOW, True)]


async def test_the_responder_gets_the_question_of_an_option(store: SessionStore) -> None:
    responder = Filled()
    handler, _ = create_handler(store, responder)

    await handler.handle(InboundMessage("web", "c1", "m1", "通州区", NOW, question="region"))

    assert [(one.text, one.question) for one in responder.said] == [("通州区", "region")]


async def test_the_responder_knows_whether_there_is_a_single_chat_to_write_to(store: SessionStore) -> None:
    responder = Filled()
    handler, _ = create_handler(store, responder)
    asked = InboundMessage("wecom", "group/zhang", "m1", "看结果", NOW, is_group=True)

    await handler.handle(asked)
    await handler.handle(replace(asked, message_id="m2", private="zhang"))

    assert [one.can_whisper for one in responder.said] == [False, True]


def test_a_number_to_be_told_is_the_same_when_the_message_comes_again_and_another_for_another() -> None:
    numbers = [number_of(SessionKey("web", chat), message_id) for chat in "ab" for message_id in ("m1", "m1", "m2")]

    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 4
    assert all(re.fullmatch(r"\d{4}-\d{4}", number) for number in numbers)


async def test_the_reply_to_a_deletion_says_so_each_time_it_is_asked_for(store: SessionStore) -> None:
    handler, _ = create_handler(store)

    assert not (await handler.handle(message("一", "m1"))).forgotten
    assert (await handler.handle(message(FORGET, "m2"))).forgotten
    assert (await handler.handle(message(FORGET, "m2"))).forgotten


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("e\u0301", "é", id="composed"),
        pytest.param("a\tb", "a b", id="a tab separates words"),
        pytest.param("a\r\nb\rc\nd", "a\nb\nc\nd", id="lines"),
        pytest.param("\x00a\x1b[31m\x7f\x9bb", "a[31mb", id="control characters"),
        pytest.param("👨‍👩‍👧 ７", "👨‍👩‍👧 ７", id="joined and full-width signs stay"),
        pytest.param("\x01" * 5_000, "", id="nothing but control characters"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_text_is_cleaned(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize("sign", ["中", "a\u0323\u0301", "\u0344", "\x00a"])
def test_a_text_of_megabytes_is_cut(sign: str) -> None:
    assert 0 < len(clean_text(sign * 2_000_000)) <= LONGEST_TEXT
