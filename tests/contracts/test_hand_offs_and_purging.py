"""What every session store hands over to a person, and how it forgets."""

import pytest

from bot.sessions.base import SessionConflict, SessionKey, SessionStore, StoredSession
from tests.contracts.stores import KEY, Clock, asking, turn


async def test_what_is_handed_over_waits_in_the_order_in_which_it_was_asked_for(
    store: SessionStore, clock: Clock
) -> None:
    other = SessionKey("web", "c2")
    await store.commit(asking(0, "2222-2222", b"first"))
    clock.pass_days(1)
    await store.commit(asking(0, "1111-1111", b"second", other))

    waiting = await store.hand_offs()

    assert [(one.number, one.key, one.content) for one in waiting] == [
        ("2222-2222", KEY, b"first"),
        ("1111-1111", other, b"second"),
    ]
    assert waiting[1].at - waiting[0].at == 86_400


async def test_asking_again_under_the_same_number_hands_over_what_is_known_now(store: SessionStore) -> None:
    await store.commit(asking(0, "2222-2222", b"early"))
    await store.commit(asking(1, "2222-2222", b"late"))
    await store.commit(asking(2, "3333-3333", b"another matter"))

    assert [one.content for one in await store.hand_offs()] == [b"late", b"another matter"]


async def test_a_refused_turn_hands_nothing_over(store: SessionStore) -> None:
    await store.commit(turn(0))

    with pytest.raises(SessionConflict):
        await store.commit(asking(0, "2222-2222", b"late"))

    assert await store.hand_offs() == ()


async def test_a_removed_conversation_takes_what_it_handed_over_with_it(store: SessionStore) -> None:
    await store.commit(asking(0, "2222-2222", b"mine"))
    await store.commit(asking(0, "3333-3333", b"of another", SessionKey("web", "c2")))

    await store.commit(turn(1, state=None))

    assert [one.content for one in await store.hand_offs()] == [b"of another"]


async def test_what_is_done_is_gone_and_the_conversation_goes_on(store: SessionStore) -> None:
    await store.commit(asking(0, "2222-2222", b"mine"))

    assert await store.close_hand_off("2222-2222") is True

    assert await store.hand_offs() == ()
    assert await store.close_hand_off("2222-2222") is False
    assert (await store.load(KEY)).state == b"state"


async def test_purging_removes_all_of_old_conversations_and_nothing_of_others(
    store: SessionStore, clock: Clock
) -> None:
    young, removed = SessionKey("web", "young"), SessionKey("web", "removed")
    await store.commit(asking(0, "2222-2222", b"old"))
    await store.commit(turn(0, key=removed, state=None))
    clock.pass_days(20)
    await store.commit(asking(0, "3333-3333", b"young", young))

    assert await store.purge(10) == 1

    assert await store.load(KEY) == StoredSession(None, 0)
    assert (await store.load(KEY, "m0")).reply is None
    assert [one.content for one in await store.hand_offs()] == [b"young"]
    assert (await store.load(young)).state == b"state"
    assert await store.purge(10) == 0


async def test_conversations_are_counted_since_a_moment_removed_ones_too(store: SessionStore, clock: Clock) -> None:
    removed, late = SessionKey("web", "removed"), SessionKey("wecom", "late")
    assert await store.count_since(clock.now - 7 * 86_400) == 0
    await store.commit(turn(0))
    clock.pass_days(2)
    await store.commit(turn(0, key=removed))
    await store.commit(turn(1, key=removed, state=None))
    await store.commit(turn(0, key=late))
    await store.commit(turn(1, key=late))

    assert await store.count_since(clock.now - 86_400) == 2
    assert await store.count_since(clock.now - 7 * 86_400) == 3
    assert await store.count_since(clock.now + 1) == 0
