"""Real servers of Redis for tests: Debian's redis-server, on free ports of this machine, gone with the tests."""

import atexit
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from tests.waiting import wait_until

LOWEST_PORT, PORTS = 11_000, 11_000


def require_redis() -> str:
    """The program; where it is missing the test is skipped, and fails in CI."""
    found = shutil.which("redis-server")
    if found is None:
        what = "no redis-server (apt-get install redis-server redis-sentinel)"
        if os.environ.get("CI") == "true":
            pytest.fail(what)
        pytest.skip(what)
    return found


def free_port() -> int:
    """A port that nobody listens on just now, nor on its neighbour 10000 above, which is for a cluster's bus.

    Both lie below those that the system gives to connections: none of these can take them before a server does.
    """
    while True:
        port = LOWEST_PORT + secrets.randbelow(PORTS)
        if _is_free(port) and _is_free(port + 10_000):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@dataclass(slots=True)
class Server:
    """One redis-server in a folder of its own; started anew, it has what it wrote there."""

    options: Sequence[str] = ()
    port: int = field(default_factory=free_port)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="policybot-redis-")))
    process: subprocess.Popen[bytes] | None = None
    is_sentinel: bool = False

    def start(self) -> "Server":
        words = [require_redis(), *self._config(), *self.options]
        words += ["--sentinel"] if self.is_sentinel else []
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(words, cwd=self.folder, stdout=log, stderr=log)
        wait_for_port(self.port)
        return self

    def _config(self) -> list[str]:
        if self.is_sentinel:
            return [str(self.folder / "sentinel.conf")]
        return ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]

    def kill(self) -> None:
        """As a machine that loses its power."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, *words: str) -> str:
        """What redis-cli prints."""
        call = ["redis-cli", "-p", str(self.port), *words]
        return subprocess.run(call, capture_output=True, text=True, timeout=20, check=False).stdout.strip()

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


def wait_for_port(port: int) -> None:
    """Return once somebody listens on it."""

    def is_open() -> bool:
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", port)) == 0

    wait_until(is_open)


@cache
def shared_server() -> Server:
    """One server for all tests of this process that need nothing special of it."""
    server = Server(["--databases", "64", "--appendonly", "no"]).start()
    atexit.register(server.remove)
    return server


_DATABASES: dict[Path, int] = {}


def database_for(folder: Path) -> str:
    """The address of an empty database, always the same one for one folder."""
    server = shared_server()
    if folder not in _DATABASES:
        _DATABASES[folder] = len(_DATABASES) % 64
        server.ask("-n", str(_DATABASES[folder]), "FLUSHDB")
    return f"redis://127.0.0.1:{server.port}/{_DATABASES[folder]}"
