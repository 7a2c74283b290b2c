"""The bot as it is started in earnest: one process or two on one store, and what they take of the machine."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from aiohttp import ClientError, ClientSession

from tests.redis_servers import Server, free_port

ROOT = Path(__file__).resolve().parents[2]
TOKEN, AES_KEY, CORP_ID, AGENT_ID = (
    "loadtoken",
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "ww00000000000000ab",
    1000002,
)
WECOM = MappingProxyType(
    {
        "POLICYBOT_WECOM_CORP_ID": CORP_ID,
        "POLICYBOT_WECOM_AGENT_ID": str(AGENT_ID),
        "POLICYBOT_WECOM_TOKEN": TOKEN,
        "POLICYBOT_WECOM_AES_KEY": AES_KEY,
    }
)
TICKS = os.sysconf("SC_CLK_TCK")
LONGEST_START = 60.0
REDIS = ("--appendonly", "yes", "--appendfsync", "everysec")


@dataclass(frozen=True, slots=True)
class Bot:
    """One process of the bot."""

    process: subprocess.Popen[bytes]
    url: str

    @property
    def cpu(self) -> float:
        """The seconds of CPU that it has taken."""
        return cpu_of(self.process.pid)

    @property
    def memory(self) -> float:
        """What it has in memory, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the conversations are kept: a file, or a server of Redis."""

    address: str
    file: Path | None
    server: Server | None

    @property
    def size(self) -> int:
        """Bytes: of the file and its log, or of Redis' memory."""
        if self.server is not None:
            return int(self.server.ask("INFO", "memory").split("used_memory:")[1].split()[0])
        assert self.file is not None
        return sum(one.stat().st_size for one in self.file.parent.glob(f"{self.file.name}*"))

    @property
    def cpu(self) -> float:
        """The seconds of CPU that a server has taken; those of a file are the bot's own."""
        return cpu_of(self.server.process.pid) if self.server and self.server.process else 0.0


def cpu_of(pid: int) -> float:
    """The seconds of CPU that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@asynccontextmanager
async def running_engine(kind: str) -> AsyncIterator[Engine]:
    """An empty store."""
    if kind == "redis":
        server = Server(REDIS).start()
        try:
            yield Engine(server.address, None, server)
        finally:
            server.remove()
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "load.sqlite3"
        yield Engine(f"sqlite:///{file}", file, None)


@asynccontextmanager
async def running_bots(store: str, count: int, settings: Mapping[str, str] = WECOM) -> AsyncIterator[Sequence[Bot]]:
    """So many processes on one store, all of which are ready, with the settings of a platform."""
    with tempfile.TemporaryDirectory() as folder:
        bots = [_start(store, free_port(), Path(folder), settings) for _ in range(count)]
        try:
            for bot in bots:
                await _until_ready(bot)
            yield bots
        finally:
            for bot in bots:
                bot.process.terminate()
            for bot in bots:
                bot.process.wait(20)


def _start(store: str, port: int, folder: Path, settings: Mapping[str, str]) -> Bot:
    always = {
        "STORE": store,
        "PORT": str(port),
        "WATCH": "0",
        "PER_MINUTE": "0",
        "PER_SECOND": "0",
        "AT_ONCE": "0",
    }
    given = {f"POLICYBOT_{name}": value for name, value in always.items()}
    environment = {**os.environ, **given, **settings, "PYTHONPATH": str(ROOT)}
    with (folder / f"{port}.log").open("wb") as log:
        command = [sys.executable, "-m", "bot", "serve"]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    return Bot(process, f"http://127.0.0.1:{port}")


async def _until_ready(bot: Bot) -> None:
    async with asyncio.timeout(LONGEST_START), ClientSession() as client:
        while bot.process.poll() is None:
            try:
                async with client.get(f"{bot.url}/readyz") as response:
                    if response.status == 200:
                        return
            except (ClientError, OSError):
                pass
            await asyncio.sleep(0.1)
    raise SystemExit("the bot did not start")
