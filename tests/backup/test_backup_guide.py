"""The guide on backups is played as it is written; a store in Redis is told to look there, and its way works too."""

import re
from pathlib import Path

import pytest

from bot.sessions.redis.store import RedisStore
from tests.commands import run
from tests.contracts.stores import KEY, turn
from tests.guides import Player, blocks_of
from tests.redis_servers import Server

GUIDE = Path(__file__).resolve().parents[2] / "docs/guides/backup.zh-CN.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_guide_works_as_it_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("chat", "--session", "owner", text="亦庄，小巨人\n")
    blocks = blocks_of(GUIDE)
    assert (folder / "policybot.sqlite3").is_file()
    player = Player(folder)
    *played, trial = [block for block in blocks if block.language in {"sh", "text"}]

    player.play(tuple(played))

    assert [command.split()[1] for command in player.commands if command.startswith("policybot")] == [
        "backup",
        "restore",
        "handoffs",
    ]
    kept = run("chat", "--session", "owner", text="我的资料\n")
    assert "小巨人" in kept.out
    make, restore = trial.text.splitlines()
    (folder / make.removeprefix("mkdir ")).mkdir()
    setting, command = re.fullmatch(r"env POLICYBOT_STORE=(\S+) policybot (.*)", restore).groups()  # type: ignore[union-attr]
    monkeypatch.setenv("POLICYBOT_STORE", setting)
    assert "恢复好了" in run(*command.split()).out


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_store_in_redis_is_not_copied_by_the_command(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYBOT_STORE", "redis://:gate-1@127.0.0.1:1/0")

    done = run(command, folder / "copy.sqlite3")

    assert done.status == 1
    assert "由 Redis 自己备份" in done.err
    assert "backup.zh-CN.md" in done.err
    assert "gate-1" not in done.out + done.err
    assert list(folder.iterdir()) == []


async def test_what_redis_saved_is_restored_as_the_guide_says() -> None:
    old = Server(("--appendonly", "yes")).start()
    new = Server(("--appendonly", "no"))
    try:
        store = RedisStore(f"redis://127.0.0.1:{old.port}/0", keep_days=30)
        await store.open()
        await store.commit(turn(0))
        await store.close()
        old.ask("--rdb", str(new.folder / "dump.rdb"))
        old.kill()
        new.start()
        new.ask("config", "set", "appendonly", "yes")
        while "aof_rewrite_in_progress:1" in new.ask("info", "persistence"):
            pass
        new.kill()
        new.options = ("--appendonly", "yes")
        new.start()
        again = RedisStore(f"redis://127.0.0.1:{new.port}/0", keep_days=30)
        await again.open()
        kept = (await again.load(KEY, "m0")).reply
        await again.close()
    finally:
        old.remove()
        new.remove()

    assert kept == b"reply to m0"
