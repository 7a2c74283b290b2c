"""The configuration of Redis as compose starts it: with a password, on disk at every write, nothing ever thrown out."""

import re
from pathlib import Path

from bot.sessions.redis.store import RedisStore
from tests.contracts.stores import KEY, turn
from tests.deploy.reading import DEPLOY
from tests.redis_servers import Server


def start(folder: Path) -> Server:
    given = (DEPLOY / "redis.conf").read_text(encoding="utf-8")
    (folder / "password.conf").write_text("requirepass gate-1\n", encoding="utf-8")
    config = folder / "redis.conf"
    text = given.replace("/run/secrets/redis_password", str(folder / "password.conf"))
    text = re.sub(r"^(bind|port|dir) .*\n", "", text, flags=re.MULTILINE)  # the test's own
    config.write_text(f"bind 127.0.0.1\ndir {folder}\n{text}", encoding="utf-8")
    return ConfiguredServer(folder=folder).start()


class ConfiguredServer(Server):
    """Started from the file, as compose does."""

    def _config(self) -> list[str]:
        return [str(self.folder / "redis.conf"), "--port", str(self.port)]


async def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    server = start(tmp_path)
    try:
        address = f"redis://:gate-1@127.0.0.1:{server.port}/0"
        store = RedisStore(address, keep_days=30)
        await store.open()
        await store.commit(turn(0))
        await store.close()
        server.kill()
        server.start()
        again = RedisStore(address, keep_days=30)
        await again.open()
        kept = (await again.load(KEY, "m0")).reply
        await again.close()
    finally:
        server.kill()

    assert kept == b"reply to m0"


def test_old_conversations_are_never_thrown_out_for_new_ones() -> None:
    lines = (DEPLOY / "redis.conf").read_text(encoding="utf-8").splitlines()

    assert {"appendonly yes", "appendfsync always", "maxmemory-policy noeviction"} <= set(lines)
