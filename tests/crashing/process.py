"""A bot as a process that can be started, waited for, and killed."""

import asyncio
import multiprocessing
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized

from tests.crashing.child import Birth, live

START = multiprocessing.get_context("forkserver")
START.set_forkserver_preload(["tests.crashing.child"])
Clock = Synchronized
"""By how many seconds the clock of all processes is ahead."""


class Child:
    """One process."""

    def __init__(self, birth: Birth, ahead: "Clock[float]") -> None:
        self.birth = birth
        self._ready = asyncio.Event()
        self._ended = asyncio.Event()
        self._parent, end = START.Pipe()
        self._process: BaseProcess = START.Process(target=live, args=(birth, ahead, end))
        self._process.start()
        end.close()
        loop = asyncio.get_running_loop()
        loop.add_reader(self._parent.fileno(), self._hear)
        loop.add_reader(self._process.sentinel, self._end)

    async def start(self) -> None:
        """Return when it takes messages, or is dead."""
        await self._ready.wait()

    @property
    def is_alive(self) -> bool:
        """Whether it has not died."""
        return not self._ended.is_set()

    async def wait(self) -> None:
        """Return when it is dead."""
        await self._ended.wait()

    async def kill(self) -> None:
        """As its machine does when it loses its power."""
        if self.is_alive:
            self._process.kill()
            await self.wait()

    def _hear(self) -> None:
        """It said that it is ready, or hung up."""
        asyncio.get_running_loop().remove_reader(self._parent.fileno())
        self._ready.set()

    def _end(self) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._process.sentinel)
        loop.remove_reader(self._parent.fileno())
        self._process.join()
        self._process.close()
        self._parent.close()
        self._ready.set()
        self._ended.set()
