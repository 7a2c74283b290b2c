"""Requests that no browser sends, many of them: each gets an answer, and none an error of ours."""

import random
import string

import pytest

from bot.sessions.base import Parcel
from bot.sessions.memory import MemoryStore
from tests.console.serving import Staff

PATHS = (
    "", "/", "/login", "/logout", "/undelivered", "/undelivered/drop", "/undelivered/retry", "/handoffs", "/handoffs/1",
    "/handoffs/1/done", "/knowledge", "/search", "/static/console.css", "/static/x", "/none",
)  # fmt: skip
NAMES = ("ref", "all", "page", "done", "q", "over", "token", "password", "number", "x")
SIGNS = string.printable + "密码\u0661\x00\x7f\u202e\U0001f600%&=+;<>\"'"
KINDS = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "text/plain",
    "x",
    "",
)


def text_of(chance: random.Random) -> str:
    return "".join(chance.choices(SIGNS, k=chance.choice((0, 1, 5, 40, 300))))


def header_of(chance: random.Random) -> str:
    return "".join(sign for sign in text_of(chance) if sign.isprintable() and ord(sign) < 256)


async def ask(staff: Staff, chance: random.Random, token: str) -> tuple[int, str]:
    """Status and policy of the answer to something made up."""
    given = {chance.choice(NAMES): text_of(chance) for _ in range(chance.randrange(4))}
    if chance.random() < 0.5:
        given["token"] = token
    headers = {
        "Content-Type": chance.choice(KINDS),
        "Origin": chance.choice((staff.address, staff.address, header_of(chance))),
        "X-Forwarded-For": chance.choice(("", "203.0.113.1", "::ffff:1.2.3.4", "fe80::1%eth0", header_of(chance))),
        "X-Forwarded-Proto": chance.choice(("", "https", header_of(chance))),
    }
    if chance.random() < 0.3:
        headers["Cookie"] = f"policybot_console={header_of(chance)}; policybot_visit={header_of(chance)}"
    method, path = chance.choice(("GET", "POST", "POST", "PUT", "HEAD", "OPTIONS")), chance.choice(PATHS)
    body = given if method == "POST" else None
    query = {name: text_of(chance) for name in chance.sample(NAMES, chance.randrange(3))}
    request = staff.client.request(
        method, f"{staff.address}/console{path}", params=query, data=body, headers=headers, allow_redirects=False
    )
    async with request as response:
        await response.read()
        return response.status, response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_asked_is_answered(staff: Staff, kept: MemoryStore, seed: int) -> None:
    chance = random.Random(seed)
    await kept.outbox.post([Parcel("m1:0", "wecom", "lisi", b"")])
    await kept.outbox.bury("m1:0", "why")
    token = (await staff.log_in()).token if seed % 2 else ""

    for _ in range(200):
        status, policy = await ask(staff, chance, token)

        assert status < 500
        assert policy.startswith("default-src 'none'; style-src")
