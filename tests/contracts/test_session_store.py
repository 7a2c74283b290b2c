"""What every session store keeps to."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sessions.base import SessionConflict, SessionKey, SessionStore, StoredSession, StoreUnavailable, TurnRecord
from tests.contracts.stores import KEY, create_store, turn


async def test_a_new_conversation_has_nothing(store: SessionStore) -> None:
    assert await store.load(KEY) == StoredSession(None, 0)
    assert (await store.load(KEY, "m0")).reply is None


async def test_what_was_committed_is_found_again_byte_for_byte(store: SessionStore) -> None:
    raw = bytes(range(256))

    await store.commit(TurnRecord(KEY, "m0", 0, raw, raw[::-1]))

    assert (await store.load(KEY)).state == raw
    assert (await store.load(KEY, "m0")).reply == raw[::-1]


async def test_a_turn_that_loaded_an_older_version_is_refused_and_leaves_nothing(store: SessionStore) -> None:
    await store.commit(turn(0))

    with pytest.raises(SessionConflict):
        await store.commit(turn(0, message_id="late", state=b"late"))

    assert (await store.load(KEY)).state == b"state"
    assert (await store.load(KEY, "late")).reply is None


async def test_a_turn_of_a_conversation_that_was_never_kept_must_start_at_nothing(store: SessionStore) -> None:
    with pytest.raises(SessionConflict):
        await store.commit(turn(3))

    assert await store.load(KEY) == StoredSession(None, 0)


async def test_a_message_is_not_done_twice_even_with_the_right_version(store: SessionStore) -> None:
    await store.commit(turn(0, message_id="same"))

    with pytest.raises(SessionConflict):
        await store.commit(turn((await store.load(KEY)).version, message_id="same", state=b"twice"))

    assert (await store.load(KEY)).state == b"state"


async def test_the_same_message_id_in_another_chat_is_another_message(store: SessionStore) -> None:
    await store.commit(turn(0, message_id="1"))

    assert (await store.load(SessionKey("web", "c2"), "1")).reply is None
    assert (await store.load(SessionKey("wecom", "c1"), "1")).reply is None


async def test_names_that_read_alike_are_different_chats(store: SessionStore) -> None:
    await store.commit(turn(0, key=SessionKey("a:b", "c")))

    assert await store.load(SessionKey("a", "b:c")) == StoredSession(None, 0)


@pytest.mark.parametrize("name", ["", "'; DROP TABLE sessions; --", "张三\n🙂", "nul\0in it", "x" * 100_000])
async def test_any_text_names_a_conversation_and_a_message(store: SessionStore, name: str) -> None:
    key = SessionKey("web", name)

    await store.commit(TurnRecord(key, name, 0, b"s", b"r"))

    assert (await store.load(key)).state == b"s"
    assert (await store.load(key, name)).reply == b"r"


async def test_of_turns_at_the_same_moment_one_is_kept_and_the_others_are_told(store: SessionStore) -> None:
    turns = [turn(0, message_id=f"m{number}") for number in range(20)]

    outcomes = await asyncio.gather(*map(store.commit, turns), return_exceptions=True)

    assert sum(outcome is None for outcome in outcomes) == 1
    assert sum(isinstance(outcome, SessionConflict) for outcome in outcomes) == 19


async def test_a_refused_turn_does_not_take_others_of_the_same_moment_with_it(store: SessionStore) -> None:
    keys = [SessionKey("web", str(number)) for number in range(600)]

    outcomes = await asyncio.gather(
        *(store.commit(turn(number % 2, key=key)) for number, key in enumerate(keys)), return_exceptions=True
    )

    kept = [(await store.load(key)).state is not None for key in keys]
    assert kept == [outcome is None for outcome in outcomes] == [number % 2 == 0 for number in range(600)]


async def test_a_removed_conversation_keeps_only_the_reply_that_says_so(store: SessionStore) -> None:
    await store.commit(turn(0))
    await store.commit(turn(1))

    await store.commit(turn(2, state=None))

    assert (await store.load(KEY)).state is None
    assert [(await store.load(KEY, f"m{number}")).reply for number in range(3)] == [None, None, b"reply to m2"]


async def test_a_conversation_starts_again_after_it_was_removed(store: SessionStore) -> None:
    await store.commit(turn(0, state=None))

    await store.commit(turn((await store.load(KEY)).version, state=b"again"))

    assert (await store.load(KEY)).state == b"again"


async def test_a_slow_turn_does_not_bring_back_what_was_removed_meanwhile(store: SessionStore) -> None:
    await store.commit(turn(0, state=b"old answers"))
    slow = turn((await store.load(KEY)).version, message_id="slow", state=b"old answers and one more")
    await store.commit(turn(1, state=None))
    await store.commit(turn((await store.load(KEY)).version, message_id="new", state=b"new"))

    with pytest.raises(SessionConflict):
        await store.commit(slow)

    assert (await store.load(KEY)).state == b"new"


async def test_the_last_200_replies_of_a_conversation_are_known_and_no_more(store: SessionStore) -> None:
    for number in range(450):
        await store.commit(turn(number))

    known = [number for number in range(450) if (await store.load(KEY, f"m{number}")).reply is not None]
    assert known == list(range(250, 450))


async def test_an_open_store_passes_its_check(store: SessionStore) -> None:
    await store.check()
    await store.check()


async def test_opening_an_open_store_changes_nothing(store: SessionStore) -> None:
    await store.commit(turn(0))

    await store.open()

    assert (await store.load(KEY)).state == b"state"


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
async def test_a_store_that_is_not_open_says_so(kind: str, tmp_path: Path) -> None:
    store = create_store(kind, tmp_path)

    for _ in range(2):
        calls = (
            store.load(KEY),
            store.commit(turn(0)),
            store.hand_offs(),
            store.close_hand_off("n"),
            store.purge(1),
            store.check(),
        )
        for call in calls:
            with pytest.raises(StoreUnavailable, match="没有打开"):
                await call
        await store.open()
        await store.close()
        await store.close()


Step = tuple[int, str, int, bytes | None]
"""Which conversation, which message, how far the version is from the right one, the state."""
STEPS = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from("abc"), st.sampled_from([0, 0, 0, -1, 1]), st.none() | st.binary(max_size=3)
    ),
    max_size=12,
)


async def take_steps(store: SessionStore, steps: list[Step]) -> list[object]:
    """All that can be seen of the store after each step."""
    seen: list[object] = []
    await store.open()
    for number, (chat, message_id, offset, state) in enumerate(steps):
        key = SessionKey("web", str(chat))
        version = (await store.load(key)).version + offset
        turn = TurnRecord(key, message_id, version, state, b"%d" % number)
        outcome = await asyncio.gather(store.commit(turn), return_exceptions=True)
        replies = [(await store.load(key, message_id)).reply for message_id in "abc"]
        seen.append((type(outcome[0]), await store.load(key), replies))
    await store.close()
    return seen


@given(steps=STEPS)
def test_all_stores_do_the_same_after_any_turns(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        seen = [asyncio.run(take_steps(create_store(kind, Path(folder)), steps)) for kind in ("memory", "sqlite")]

    assert seen[0] == seen[1]
