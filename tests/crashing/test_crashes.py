"""A bot that dies at any instant: nothing acknowledged is lost, nothing is done twice. The long run is a benchmark."""

import random
from pathlib import Path

import pytest

from tests.crashing.judging import judge
from tests.crashing.points import Point
from tests.crashing.worlds import address_of, opened_world

KINDS = ("sqlite", "redis")
STEPS = range(1, 180, 13)
STATEMENTS = range(1, 80, 9)
RANDOM_KILLS = 10


@pytest.mark.parametrize("kind", KINDS)
async def test_a_bot_that_dies_between_any_two_steps_loses_nothing_and_does_nothing_twice(
    kind: str, tmp_path: Path
) -> None:
    async with opened_world(address_of(kind, tmp_path)) as world:
        died = [await world.die_at(Point.STEP, passes) for passes in STEPS]
        await world.live_on()

    report = await judge(world)
    assert report.is_clean, report
    assert sum(died) > len(STEPS) / 2
    assert report.delivered_again > 0


async def test_a_bot_that_dies_within_a_transaction_loses_nothing_and_does_nothing_twice(tmp_path: Path) -> None:
    async with opened_world(address_of("sqlite", tmp_path)) as world:
        died = [await world.die_at(Point.STATEMENT, passes) for passes in STATEMENTS]
        await world.live_on()

    report = await judge(world)
    assert report.is_clean, report
    assert sum(died) > len(STATEMENTS) / 2


@pytest.mark.parametrize("kind", KINDS)
async def test_a_bot_that_is_killed_at_random_loses_nothing_though_answers_of_the_platform_are_lost_too(
    kind: str, tmp_path: Path
) -> None:
    chance = random.Random(3)
    async with opened_world(address_of(kind, tmp_path), lossy=0.1) as world:
        for _ in range(RANDOM_KILLS):
            await world.die_after(chance.uniform(0, 0.1))
        while not world.platform.repeated and world.kills < 4 * RANDOM_KILLS:
            await world.die_after(0.5)  # on a busy machine little was sent in so short lives
        world.platform.lossy = 0.0
        await world.live_on()

    report = await judge(world)
    assert report.is_clean, report
    assert report.sent_again > 0
