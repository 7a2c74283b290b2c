"""Several processes at one file, and processes that are killed at any moment: every turn is done exactly once."""

import multiprocessing
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

from bot.sessions.base import SessionKey
from bot.sessions.codec import decode_reply, decode_state
from bot.sessions.sqlite import SqliteStore
from tests.fakes import no_attributes
from tests.sessions.child import Turn, take_turns, text_of

KILLS = 60
TURNS_PER_LIFE = 40
KEY = SessionKey("web", "c1")
START = multiprocessing.get_context("forkserver")
START.set_forkserver_preload(["tests.sessions.child"])


def receive_all(platform: Connection) -> list[Turn]:
    """The replies that arrived before the process ended."""
    received = []
    with suppress(EOFError, OSError):
        while True:
            received.append(platform.recv())
    return received


def live_and_die(path: Path, message_ids: Sequence[str], seconds: float) -> list[Turn]:
    """A process that is killed so many seconds after its start; the replies that it gave."""
    platform, child_end = START.Pipe()
    child = START.Process(target=take_turns, args=(path, message_ids, child_end))
    child.start()
    child_end.close()
    assert platform.recv() == "ready"
    platform.send("go")
    time.sleep(seconds)
    child.kill()
    received = receive_all(platform)
    child.join()
    platform.close()
    child.close()
    return received


async def read_diary(path: Path) -> tuple[str, ...]:
    """All texts that the conversation noted, each as often as it was done."""
    store = SqliteStore(path, keep_days=30)
    await store.open()
    session = await store.load(KEY)
    await store.close()
    assert session.state is not None
    return decode_state(KEY, session.state, no_attributes()).shown


async def find_reply(path: Path, message_id: str) -> str:
    """The reply that is stored of a message."""
    store = SqliteStore(path, keep_days=30)
    await store.open()
    raw = (await store.load(KEY, message_id)).reply
    await store.close()
    assert raw is not None
    return text_of(decode_reply(KEY, raw))


async def test_a_bot_that_is_killed_at_any_moment_loses_no_answer_and_does_none_twice(tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    chance = random.Random(7)
    replies: dict[str, str] = {}
    interrupted = 0

    for _ in range(KILLS):
        done = len(replies)  # the platform delivers again what was not answered, from the last answer on
        ids = [f"m{number}" for number in range(max(done - 2, 0), done + TURNS_PER_LIFE)]
        received = live_and_die(path, ids, chance.uniform(0, 0.03))
        interrupted += len(received) < len(ids)
        for message_id, text in received:
            assert replies.setdefault(message_id, text) == text

    diary = await read_diary(path)
    assert interrupted >= 50
    assert replies == {f"m{number}": f"{number + 1}：text of m{number}" for number in range(len(replies))}
    assert diary == tuple(f"text of m{number}" for number in range(len(diary)))
    assert len(replies) <= len(diary) <= len(replies) + 1
    assert await find_reply(path, f"m{len(replies) - 1}") == replies[f"m{len(replies) - 1}"]


def race(path: Path, *message_ids: list[str]) -> list[list[Turn]]:
    """The replies that processes gave that worked at the same time."""
    pipes = [START.Pipe() for _ in message_ids]
    children = [
        START.Process(target=take_turns, args=(path, ids, end))
        for ids, (_, end) in zip(message_ids, pipes, strict=True)
    ]
    for child in children:
        child.start()
    for _, end in pipes:
        end.close()
    assert [platform.recv() for platform, _ in pipes] == ["ready"] * len(pipes)
    for platform, _ in pipes:
        platform.send("go")
    received = [receive_all(platform) for platform, _ in pipes]
    for child in children:
        child.join()
        assert child.exitcode == 0
        child.close()
    for platform, _ in pipes:
        platform.close()
    return received


async def test_two_processes_at_one_conversation_keep_every_message_and_each_ones_order(tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    ids = [[f"{name}{number}" for number in range(200)] for name in "ab"]

    replies = race(path, *ids)

    diary = await read_diary(path)
    assert [[message_id for message_id, _ in turns] for turns in replies] == ids
    assert sorted(diary) == sorted(f"text of {message_id}" for message_id in ids[0] + ids[1])
    assert sum(one[8] != other[8] for one, other in pairwise(diary)) > 2, "they did not work at the same time"
    for own in ids:
        assert [text for text in diary if text[8:] in own] == [f"text of {message_id}" for message_id in own]


async def test_a_message_that_two_processes_get_is_done_once_and_answered_alike(tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    ids = [f"m{number}" for number in range(60)]

    first, second = race(path, ids, ids)

    assert first == second
    assert await read_diary(path) == tuple(f"text of {message_id}" for message_id in ids)
