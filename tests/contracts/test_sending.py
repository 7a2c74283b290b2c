"""What every store keeps to of what waits to be sent, and of what the replicas share."""

import asyncio
from dataclasses import replace

import pytest

from bot.observing import Depth
from bot.sessions.base import Allowance, Parcel, SessionConflict, SessionKey, Store
from tests.contracts.stores import Clock, turn
from tests.simulators.base import PATIENCE

MINUTE = Allowance(3, 60.0)


def parcel(name: str, lane: str = "zhangsan", door: str = "wecom") -> Parcel:
    return Parcel(name, door, lane, f"content of {name}".encode())


async def claim(store: Store, *doors: str) -> list[str]:
    return [one.parcel.id for one in await store.outbox.claim(doors or ("wecom",), 10, 60.0)]


async def test_what_a_turn_posts_can_be_claimed_once_byte_for_byte(store: Store) -> None:
    posted = Parcel("m0:0", "wecom", "zhangsan", bytes(range(256)))

    await store.commit(replace(turn(0), parcels=(posted,)))

    (claimed,) = await store.outbox.claim(["wecom"], 10, 60.0)
    assert (claimed.parcel, claimed.attempts) == (posted, 0)
    assert await claim(store) == []


async def test_a_refused_turn_posts_nothing(store: Store) -> None:
    await store.commit(turn(0))

    with pytest.raises(SessionConflict):
        await store.commit(replace(turn(0, message_id="late"), parcels=(parcel("late"),)))

    assert await store.outbox.waiting() == ()


async def test_parcels_of_a_lane_go_in_their_order_and_those_of_others_beside_them(store: Store) -> None:
    await store.outbox.post([parcel("a1"), parcel("a2"), parcel("b1", "lisi"), parcel("a3")])

    assert sorted(await claim(store)) == ["a1", "b1"]
    await store.outbox.done("a1")
    assert await claim(store) == ["a2"]
    await store.outbox.done("a2")
    await store.outbox.done("b1")
    assert await claim(store) == ["a3"]


async def test_what_is_posted_beside_the_turns_of_a_conversation_keeps_its_order_with_them(store: Store) -> None:
    key = SessionKey("wecom", "zhangsan")
    await store.commit(replace(turn(0, key=key), parcels=(parcel("1"),)))
    await store.outbox.post([parcel("2")])
    await store.commit(replace(turn(1, key=key), parcels=(parcel("3"),)))

    for name in ("1", "2", "3"):
        assert await claim(store) == [name]
        await store.outbox.done(name)


async def test_only_parcels_of_the_named_doors_are_claimed_and_so_many_at_most(store: Store) -> None:
    await store.outbox.post([parcel("a", "1"), parcel("b", "2", "dingtalk"), parcel("c", "3"), parcel("d", "4")])

    first = {one.parcel.id for one in await store.outbox.claim(["wecom"], 2, 60.0)}
    assert first < {"a", "c", "d"}
    assert len(first) == 2
    assert set(await claim(store, "dingtalk", "wecom")) == {"a", "b", "c", "d"} - first


async def test_the_same_parcel_is_not_posted_twice_while_it_waits(store: Store) -> None:
    await store.outbox.post([parcel("a")])
    await store.outbox.post([parcel("a")])

    assert len(await store.outbox.waiting()) == 1


async def test_what_nobody_settles_is_claimed_again_when_the_time_of_the_claim_is_over(
    store: Store, clock: Clock
) -> None:
    await store.outbox.post([parcel("a"), parcel("a2")])
    await claim(store)

    clock.now += 59
    assert await claim(store) == []
    clock.now += 2

    assert await claim(store) == ["a"]


async def test_what_is_put_off_holds_its_lane_up_and_counts_its_attempts(store: Store, clock: Clock) -> None:
    await store.outbox.post([parcel("a"), parcel("a2")])
    await claim(store)

    await store.outbox.put_off("a", 30.0, "busy")

    assert await claim(store) == []
    clock.now += 31
    (again,) = await store.outbox.claim(["wecom"], 10, 60.0)
    assert (again.parcel.id, again.attempts, again.why) == ("a", 1, "busy")


async def test_what_happens_to_those_behind_leaves_the_time_of_the_first_as_it_is(store: Store, clock: Clock) -> None:
    await store.outbox.post([parcel("a"), parcel("dropped"), parcel("dead")])
    await claim(store)
    await store.outbox.put_off("a", 30.0, "busy")

    await store.outbox.drop("dropped")
    await store.outbox.bury("dead", "refused")
    await store.outbox.retry("dead")

    assert await claim(store) == []
    clock.now += 31
    assert await claim(store) == ["a"]


async def test_what_nobody_has_can_be_put_off_too(store: Store, clock: Clock) -> None:
    await store.outbox.post([parcel("a")])

    await store.outbox.put_off("a", 30.0, "busy")

    assert await claim(store) == []
    clock.now += 31
    assert await claim(store) == ["a"]


async def test_what_is_dead_lets_its_lane_go_on_and_waits_to_be_looked_at(store: Store) -> None:
    await store.outbox.post([parcel("a"), parcel("a2")])
    await claim(store)

    await store.outbox.bury("a", "refused")

    assert await claim(store) == ["a2"]
    dead = [one for one in await store.outbox.waiting() if one.is_dead]
    assert [(one.parcel.id, one.why, one.attempts) for one in dead] == [("a", "refused", 1)]


async def test_what_is_dead_can_be_sent_after_all_or_dropped(store: Store) -> None:
    await store.outbox.post([parcel("a"), parcel("b", "lisi")])
    for name in await claim(store):
        await store.outbox.bury(name, "refused")

    assert await store.outbox.retry("a") is True
    assert await store.outbox.drop("b") is True

    assert await claim(store) == ["a"]
    assert [one.parcel.id for one in await store.outbox.waiting()] == ["a"]
    assert (await store.outbox.retry("none"), await store.outbox.drop("none")) == (False, False)


async def test_a_removed_conversation_takes_what_it_still_had_to_send_with_it_but_for_the_farewell(
    store: Store,
) -> None:
    await store.commit(replace(turn(0), parcels=(parcel("result"),)))
    await store.commit(replace(turn(0, key=SessionKey("web", "c2")), parcels=(parcel("of another", "lisi"),)))

    await store.commit(replace(turn(1, state=None), parcels=(parcel("farewell"),)))

    assert {one.parcel.id for one in await store.outbox.waiting()} == {"of another", "farewell"}


async def test_what_stood_behind_a_removed_parcel_is_the_next(store: Store) -> None:
    await store.commit(replace(turn(0), parcels=(parcel("removed"),)))
    await store.outbox.post([parcel("dropped"), parcel("next")])

    await store.commit(replace(turn(1, state=None)))
    await store.outbox.drop("dropped")

    assert await claim(store) == ["next"]


async def test_purging_removes_what_nobody_could_send_for_so_long(store: Store, clock: Clock) -> None:
    await store.commit(replace(turn(0), parcels=(parcel("old"),)))
    clock.pass_days(20)
    await store.commit(replace(turn(0, key=SessionKey("web", "c2")), parcels=(parcel("young", "lisi"),)))

    await store.purge(10)

    assert [one.parcel.id for one in await store.outbox.waiting()] == ["young"]


async def test_posting_wakes_who_waits_for_parcels(store: Store) -> None:
    async with asyncio.timeout(PATIENCE):
        waiting = asyncio.create_task(store.outbox.wait(2 * PATIENCE))
        await asyncio.sleep(0)
        await store.commit(replace(turn(0), parcels=(parcel("a"),)))
        await waiting


async def test_a_note_counts_until_its_time_is_over(store: Store, clock: Clock) -> None:
    await store.board.write_note("token", b"t1", 100.0)
    await store.board.write_note("token", b"t2", 10.0)

    assert await store.board.read_note("token") == b"t2"
    assert await store.board.read_note("other") is None
    clock.now += 11
    assert await store.board.read_note("token") is None


async def test_one_holder_has_a_lease_until_it_lets_go_or_is_late(store: Store, clock: Clock) -> None:
    assert await store.board.take_lease("owner", "one", 30.0) is True
    assert await store.board.take_lease("owner", "two", 30.0) is False
    clock.now += 29
    assert await store.board.take_lease("owner", "one", 30.0) is True
    clock.now += 29
    assert await store.board.take_lease("owner", "two", 30.0) is False
    await store.board.drop_lease("owner", "two")
    assert await store.board.take_lease("owner", "two", 30.0) is False
    await store.board.drop_lease("owner", "one")
    assert await store.board.take_lease("owner", "two", 30.0) is True
    clock.now += 31
    assert await store.board.take_lease("owner", "one", 30.0) is True


async def test_a_budget_lets_no_more_than_so_many_through_in_any_span(store: Store, clock: Clock) -> None:
    for _ in range(3):
        assert await store.board.spend("zhangsan", [MINUTE]) == 0.0
        clock.now += 10

    assert await store.board.spend("zhangsan", [MINUTE]) == pytest.approx(30, abs=0.1)
    assert await store.board.spend("lisi", [MINUTE]) == 0.0
    clock.now += 30.1
    assert await store.board.spend("zhangsan", [MINUTE]) == 0.0
    assert await store.board.spend("zhangsan", [MINUTE]) > 0.0


async def test_every_allowance_of_a_budget_counts(store: Store, clock: Clock) -> None:
    both = [MINUTE, Allowance(4, 3_600.0)]
    for _ in range(4):
        assert await store.board.spend("zhangsan", both) == 0.0
        clock.now += 61

    assert await store.board.spend("zhangsan", both) == pytest.approx(3_600 - 4 * 61, abs=0.1)


async def test_how_much_waits_and_is_dead_is_told_for_each_door(store: Store, clock: Clock) -> None:
    posted = clock.now
    await store.outbox.post([parcel("a1"), parcel("b1", "lisi", "dingtalk")])
    clock.now += 5
    await store.outbox.post([parcel("a2", "wangwu"), parcel("a3", "zhaoliu")])
    await store.outbox.bury("a3", "refused")
    await store.outbox.bury("b1", "refused")

    assert await store.outbox.depths() == (Depth("dingtalk", 0, 1, 0.0), Depth("wecom", 2, 1, posted))


async def test_an_outbox_without_parcels_has_no_depth(store: Store) -> None:
    await store.outbox.post([parcel("a1")])
    await store.outbox.drop("a1")

    assert await store.outbox.depths() == ()
