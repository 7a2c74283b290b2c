"""Whatever goes wrong in a turn, the user gets a sentence, the operator a report, and nothing is lost."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.dialog.state import State
from bot.sessions.base import SessionConflict, SessionKey, SessionStore, TurnRecord
from bot.sessions.codec import encode_state, seal
from bot.sessions.memory import MemoryStore
from bot.turns import FAILED, REPLY_LOST, STARTED_AFRESH, UNAVAILABLE, UPDATING, Trouble, TurnFailed
from tests.fakes import SURPRISE, FailingStore, create_handler, message, texts

KEY = SessionKey("web", "c1")


@pytest_asyncio.fixture
async def failing() -> AsyncIterator[FailingStore]:
    store = FailingStore()
    await store.open()
    yield store
    await store.close()


class Rival(MemoryStore):
    """A store in which another process is faster so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    async def commit(self, turn: TurnRecord) -> None:
        if self.times:
            self.times -= 1
            state = State(shown=(*("rival" for _ in range(turn.version + 1)),))
            await super().commit(replace(turn, message_id=f"rival {self.times}", state=encode_state(state)))
        await super().commit(turn)


async def test_a_turn_that_was_overtaken_is_thought_again_on_the_new_state() -> None:
    store = Rival(3)
    await store.open()
    handler, troubles = create_handler(store)

    assert texts(await handler.handle(message("一"))) == ["4：一"]
    assert troubles == []


async def test_a_turn_that_is_overtaken_without_end_gives_up_with_a_sentence() -> None:
    store = Rival(10_000)
    await store.open()
    handler, troubles = create_handler(store)

    with pytest.raises(TurnFailed) as failed:
        await handler.handle(message("一"))

    assert failed.value.is_temporary
    assert texts(failed.value.reply) == [UNAVAILABLE]
    assert isinstance(failed.value.__cause__, SessionConflict)
    assert [trouble.what for trouble in troubles] == ["SessionConflict"]


@pytest.mark.parametrize("method", ["load", "commit"])
async def test_an_unavailable_store_gives_a_sentence_and_the_same_message_works_later(
    failing: FailingStore, method: str
) -> None:
    handler, troubles = create_handler(failing)
    await handler.handle(message("一", "m1"))
    failing.fails = method

    with pytest.raises(TurnFailed) as failed:
        await handler.handle(message("二", "m2"))

    assert failed.value.is_temporary
    assert texts(failed.value.reply) == [UNAVAILABLE]
    what = "保存对话的地方用不了：store.db 所在的磁盘满了；请腾出空间"
    assert troubles == [Trouble("store_unavailable", "web", "m2", what)]
    failing.fails = ""
    assert texts(await handler.handle(message("二", "m2"))) == ["2：二"]


async def test_a_surprise_gives_a_sentence_and_leaves_the_conversation_as_it_was(store: SessionStore) -> None:
    handler, _ = create_handler(store)
    await handler.handle(message("一", "m1"))

    with pytest.raises(TurnFailed) as failed:
        await handler.handle(message(SURPRISE, "m2"))

    assert not failed.value.is_temporary
    assert texts(failed.value.reply) == [FAILED]
    assert texts(await handler.handle(message("二", "m3"))) == ["2：二"]


async def test_a_surprise_is_reported_with_its_place_and_without_the_users_words(store: SessionStore) -> None:
    handler, troubles = create_handler(store)

    with pytest.raises(TurnFailed) as failed:
        await handler.handle(message(SURPRISE))

    assert [(one.event, one.channel, one.message_id, one.what) for one in troubles] == [
        ("turn_failed", "web", "m1", "RuntimeError")
    ]
    assert troubles[0].where[-1].endswith("respond")
    assert SURPRISE not in repr(troubles)
    assert failed.value.__suppress_context__


@pytest.mark.parametrize("raw", [b"", b"damaged", b"9 00000000 {}"], ids=["empty", "damaged", "damaged, as if newer"])
async def test_an_unreadable_conversation_starts_afresh_says_so_once_and_is_kept_aside(raw: bytes) -> None:
    store = MemoryStore()
    await store.open()
    await store.commit(TurnRecord(KEY, "m0", 0, raw, b"reply"))
    handler, troubles = create_handler(store)

    assert texts(await handler.handle(message("一", "m1"))) == [STARTED_AFRESH, "1：一"]
    assert texts(await handler.handle(message("一", "m1"))) == [STARTED_AFRESH, "1：一"]
    assert texts(await handler.handle(message("二", "m2"))) == ["2：二"]
    assert store._kept[KEY].unreadable == [raw]
    assert [one.event for one in troubles] == ["session_unreadable"]


async def test_a_message_whose_stored_reply_is_damaged_is_not_done_again(store: SessionStore) -> None:
    await store.commit(TurnRecord(KEY, "m1", 0, encode_state(State(shown=("一",))), b"damaged"))
    handler, troubles = create_handler(store)

    assert texts(await handler.handle(message("一", "m1"))) == [REPLY_LOST]
    assert texts(await handler.handle(message("二", "m2"))) == ["2：二"]
    assert [one.event for one in troubles] == ["reply_unreadable"]


async def fail_as_newer(store: SessionStore) -> None:
    handler, troubles = create_handler(store)

    with pytest.raises(TurnFailed) as failed:
        await handler.handle(message("一", "m1"))

    assert failed.value.is_temporary
    assert texts(failed.value.reply) == [UPDATING]
    assert [one.event for one in troubles] == ["session_newer"]


async def test_a_conversation_that_a_later_version_wrote_is_left_alone_and_the_user_is_asked_to_wait(
    store: SessionStore,
) -> None:
    newer = seal({"of": "a later version"}, 8)
    await store.commit(TurnRecord(KEY, "m0", 0, newer, b"reply"))

    await fail_as_newer(store)

    kept = await store.load(KEY)
    assert (kept.state, kept.version) == (newer, 1)
    assert (await store.load(KEY, "m1")).reply is None


async def test_a_reply_that_a_later_version_wrote_is_left_to_it(store: SessionStore) -> None:
    newer = seal({"of": "a later version"}, 8)
    await store.commit(TurnRecord(KEY, "m1", 0, encode_state(State(shown=("一",))), newer))

    await fail_as_newer(store)

    assert (await store.load(KEY, "m1")).reply == newer
