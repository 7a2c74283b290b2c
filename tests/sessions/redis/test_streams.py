"""What waits is handed out by the consumer group of a stream; time is Redis's own here, as it is in earnest."""

import pytest

from bot.app import opened
from bot.sessions.redis.keys import shard_of_lane
from bot.sessions.redis.store import RedisStore
from tests.contracts.stores import Clock
from tests.sessions.redis.pairs import LANE, MINUTE, SHARD, SHORT, Pair, attempts, claim, claim_late, parcel


async def test_a_lane_is_one_entry_that_is_pending_while_a_process_has_it_and_then_deleted(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    assert pair.look.entries(LANE) == [LANE]

    await claim(pair.one)
    assert list(pair.look.pending(LANE).values()) == [1]
    await pair.one.outbox.done("1")

    assert pair.look.entries(LANE) == [LANE], "for the next parcel"
    assert list(pair.look.pending(LANE).values()) == [0]
    await claim(pair.one)
    await pair.one.outbox.done("2")
    assert pair.look.entries(LANE) == []
    assert pair.look.misplaced() == []


async def test_a_lane_without_parcels_is_in_the_stream_only_until_somebody_asks(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1")])
    await pair.one.outbox.drop("1")

    assert await claim(pair.one) == []
    assert pair.look.entries(LANE) == []
    assert pair.look.misplaced() == []


async def test_what_is_put_off_without_a_claim_leaves_the_stream(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1")])

    await pair.one.outbox.put_off("1", 30.0, "busy")

    assert pair.look.entries(LANE) == []
    assert pair.look.misplaced() == []


async def test_two_processes_get_different_lanes(pair: Pair) -> None:
    await pair.one.outbox.post([parcel(f"p{n}", f"user{n}") for n in range(30)])

    claimed = [set(await claim(store)) for store in (pair.one, pair.other) * 2]

    assert [len(one) for one in claimed] == [10, 10, 10, 0]
    assert len(set.union(*claimed)) == 30


async def test_what_waits_for_its_time_is_not_in_the_stream(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1")])
    await claim(pair.one)

    await pair.one.outbox.put_off("1", 30.0, "busy")

    assert pair.look.entries(LANE) == []
    assert await claim(pair.other) == []
    assert pair.look.misplaced() == []


async def test_what_a_dead_process_had_is_taken_over_by_redis_own_clock(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    assert await claim(pair.one, SHORT) == ["1"]
    assert await claim(pair.other) == []

    (taken,) = await claim_late(pair.other)

    assert taken.parcel.id == "1"
    assert sorted(pair.look.pending(LANE).values()) == [0, 1]
    await pair.other.outbox.done("1")
    assert await claim(pair.other) == ["2"]


async def test_what_a_dead_process_had_is_found_behind_all_that_others_have(pair: Pair, clock: Clock) -> None:
    lanes = [name for name in (f"user{n}" for n in range(2_000)) if shard_of_lane("wecom", name) == SHARD][:60]
    await pair.one.outbox.post([parcel(lane, lane) for lane in lanes])
    async with opened(RedisStore(pair.server.address, keep_days=30, clock=clock)) as store:
        await store.outbox.claim(["wecom"], 60, MINUTE)
        clock.now += MINUTE + 1
        first = await store.outbox.claim(["wecom"], 40, MINUTE)

        then = await store.outbox.claim(["wecom"], 2, MINUTE)

    assert [one.parcel.lane for one in (*first, *then)] == lanes[:42]


@pytest.mark.parametrize("how", ["put off", "bury"])
async def test_who_lost_its_claim_settles_nothing(pair: Pair, how: str) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    await claim(pair.one, SHORT)
    await claim_late(pair.other)

    await (pair.one.outbox.put_off("1", 0.0, "busy") if how == "put off" else pair.one.outbox.bury("1", "refused"))

    assert await attempts(pair.one) == [("1", 0, False), ("2", 0, False)]
    assert await claim(pair.one) == []
    await pair.other.outbox.done("1")
    assert await claim(pair.one) == ["2"]


async def test_that_it_was_sent_counts_whoever_says_it_but_the_lane_stays_with_who_has_it(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    await claim(pair.one, SHORT)
    await claim_late(pair.other)

    await pair.one.outbox.done("1")

    assert await attempts(pair.one) == [("2", 0, False)]
    assert await claim(pair.one) == [], "the other one may still be sending"
    await pair.other.outbox.put_off("1", 30.0, "busy")
    assert await claim(pair.one) == ["2"]


async def test_a_process_that_took_over_from_itself_holds_the_second_claim_only(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    first = pair.one.outbox
    await first.claim(["wecom"], 10, SHORT)
    assert await first.drop("1") is True
    assert [one.parcel.id for one in await claim_late(pair.one)] == ["2"]

    await first.done("1")

    assert await claim(pair.other) == [], "the second parcel is under way"
    await first.done("2")
    assert pair.look.entries(LANE) == []


async def test_what_is_dropped_while_it_is_sent_lets_its_lane_go_on_when_that_has_ended(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    await claim(pair.one)

    assert await pair.other.outbox.drop("1") is True

    assert await claim(pair.other) == []
    await pair.one.outbox.done("1")
    assert await claim(pair.other) == ["2"]


async def test_a_lane_that_was_emptied_while_it_was_sent_and_filled_again_stays_in_one_hand(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1")])
    await claim(pair.one)
    await pair.other.outbox.drop("1")

    await pair.other.outbox.post([parcel("2")])

    assert await claim(pair.other) == []
    await pair.one.outbox.done("1")
    assert await claim(pair.other) == ["2"]
    assert pair.look.misplaced() == []


async def test_trying_again_by_hand_disturbs_nobody_who_has_the_lane(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    await claim(pair.one)
    await pair.one.outbox.bury("1", "refused")
    await claim(pair.one)

    assert await pair.other.outbox.retry("1") is True

    assert await claim(pair.other) == []
    await pair.one.outbox.done("2")
    assert await claim(pair.other) == ["1"]
