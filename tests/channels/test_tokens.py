"""Access tokens: fetched once for all, and again only when the platform takes the old one no longer."""

import asyncio

import pytest

from bot.channels.tokens import FreshToken, SharedToken
from bot.sessions.base import Store
from tests.contracts.stores import Clock


class Platform:
    """Gives a new token each time, slowly."""

    def __init__(self) -> None:
        self.given = 0
        self.failures = 0

    async def fetch(self) -> FreshToken:
        await asyncio.sleep(0.02)
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        self.given += 1
        return FreshToken(f"t{self.given}", 7_200)


async def test_many_that_ask_at_once_in_two_replicas_get_one_token(store: Store) -> None:
    platform = Platform()
    replicas = [SharedToken(store.board, "corp 1", platform.fetch) for _ in range(2)]

    tokens = await asyncio.gather(*(replica.get() for replica in replicas for _ in range(20)))

    assert (set(tokens), platform.given) == ({"t1"}, 1)


async def test_a_token_that_is_refused_is_renewed_once_however_many_were_told(store: Store) -> None:
    platform = Platform()
    replicas = [SharedToken(store.board, "corp 1", platform.fetch) for _ in range(2)]
    await replicas[0].get()

    renewed = await asyncio.gather(*(replica.renew("t1") for replica in replicas for _ in range(20)))

    assert (set(renewed), platform.given) == ({"t2"}, 2)
    assert await replicas[1].get() == "t2"


async def test_a_token_is_no_longer_used_shortly_before_its_end(store: Store, clock: Clock) -> None:
    platform = Platform()
    token = SharedToken(store.board, "corp 1", platform.fetch)

    assert await token.get() == "t1"
    clock.now += 6_800
    assert await token.get() == "t1"
    clock.now += 150
    assert await token.get() == "t2"


async def test_tokens_of_two_apps_are_apart_and_no_name_is_kept_as_it_is(store: Store) -> None:
    one, two = (SharedToken(store.board, name, Platform().fetch) for name in ("corp 1", "corp 2"))

    assert (await one.get(), await two.renew("t9")) == ("t1", "t1")
    assert await store.board.read_note("token:corp 1") is None


async def test_a_fetch_that_fails_is_told_and_the_next_one_tries_again(store: Store) -> None:
    platform = Platform()
    platform.failures = 1
    token = SharedToken(store.board, "corp 1", platform.fetch)

    with pytest.raises(ConnectionError):
        await token.get()

    assert await token.get() == "t1"
