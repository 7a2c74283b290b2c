"""How often the password may be tried, by one and by all, on all replicas together."""

from pathlib import Path

import pytest

from bot.console.attempts import OF_ALL, OF_ONE, OF_PROCESS, Attempts
from bot.console.tickets import Role, Seal, new_ticket
from bot.sessions.base import Store
from bot.sessions.memory import MemoryStore
from tests.console.serving import PASSWORD, Staff, browser_of, console, create_app
from tests.contracts.stores import Clock, create_store

MOST = OF_ONE[0].count
PERIOD = OF_ONE[0].seconds


async def use_up(staff: Staff) -> None:
    for _ in range(MOST):
        assert (await staff.log_in("a wrong password")).status == 403


async def test_who_tries_too_often_is_told_for_how_long_to_wait_whatever_the_password(
    staff: Staff, clock: Clock
) -> None:
    await use_up(staff)
    wrong, right = await staff.log_in("a wrong password"), await staff.log_in()
    clock.now += PERIOD + 1
    later = await staff.log_in()

    assert wrong.status == right.status == 429
    assert wrong.words == right.words
    assert "请过 5 分钟再试" in right.words
    assert 290 <= int(right.headers["Retry-After"]) <= 301
    assert later.path == "/console"


async def test_others_are_not_held_up_by_one_who_tries(staff: Staff) -> None:
    behind_proxy = {"X-Forwarded-For": "203.0.113.7"}
    for _ in range(MOST + 1):
        last = await staff.log_in("a wrong password", behind_proxy)

    assert last.status == 429
    assert (await staff.log_in(headers={"X-Forwarded-For": "203.0.113.7, 203.0.113.8"})).path == "/console"


async def test_a_visitor_can_not_write_another_address_before_that_of_the_proxy(staff: Staff) -> None:
    statuses = {(await staff.log_in("no", {"X-Forwarded-For": f"1.2.3.{n}, 203.0.113.9"})).status for n in range(MOST)}

    assert statuses == {403}
    assert (await staff.log_in(headers={"X-Forwarded-For": "5.6.7.8, 203.0.113.9"})).status == 429


async def test_a_browser_that_has_logged_in_before_is_not_held_up_by_strangers(staff: Staff) -> None:
    page = await staff.log_in()
    await staff.send("/logout", token=page.token)
    async with browser_of(staff.address) as stranger:
        for _ in range(MOST):
            last = await stranger.log_in("a wrong password")

    assert last.status == 429
    assert (await staff.log_in()).path == "/console"


async def test_strangers_from_everywhere_have_one_budget_and_known_browsers_their_own(clock: Clock) -> None:
    store, seal = MemoryStore(clock), Seal(PASSWORD)
    attempts = Attempts(store.board, seal, clock)
    for number in range(OF_ALL[0].count):
        assert not await attempts.begin(f"203.0.{number}.1", None)

    known = new_ticket(Role.KNOWN, clock())
    assert 0 < await attempts.begin("198.51.100.1", None) <= OF_ALL[0].seconds + 1
    assert not await attempts.begin("198.51.100.1", known)


async def test_a_flood_from_ever_new_addresses_fills_no_store(clock: Clock) -> None:
    store, most = MemoryStore(clock), OF_PROCESS[0].count
    attempts = Attempts(store.board, Seal(PASSWORD), clock)
    for number in range(3 * most):
        await attempts.begin(f"203.0.{number // 250}.{number % 250}", None)

    assert len(store.board._notes) <= most + 1
    assert not await attempts.begin("", new_ticket(Role.KNOWN, clock()))


async def test_a_network_of_ipv6_counts_as_one_visitor(staff: Staff) -> None:
    for number in range(MOST):
        await staff.log_in("no", {"X-Forwarded-For": f"2001:db8:1:2::{number:x}"})

    assert (await staff.log_in(headers={"X-Forwarded-For": "2001:db8:1:2:ffff::1"})).status == 429
    assert (await staff.log_in(headers={"X-Forwarded-For": "2001:db8:1:3::1"})).status == 200


@pytest.mark.parametrize("kind", ["sqlite", "redis", "sealed sqlite", "sealed redis"])
async def test_replicas_share_logins_ends_of_logins_and_attempts(kind: str, tmp_path: Path, clock: Clock) -> None:
    stores: list[Store] = [create_store(kind, tmp_path, clock) for _ in range(2)]
    for store in stores:
        await store.open()
    first, second = (create_app(store, clock) for store in stores)
    async with console(first) as one, console(second) as other, browser_of(one.address) as stranger:
        page = await one.log_in()
        other.set_cookie(one.cookie())
        in_both = await other.open()
        form = await other.send("/logout", token=page.token)
        left = await one.open()
        for staff in [stranger, other] * (MOST // 2):
            last = await staff.log_in("a wrong password")
        stopped = await other.log_in()
    for store in stores:
        await store.close()

    assert in_both.path == "/console"
    assert form.path == left.path == "/console/login"
    assert last.status == stopped.status == 429  # the first login took one of the attempts of this address
