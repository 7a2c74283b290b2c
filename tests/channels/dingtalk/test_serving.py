"""The whole server in a process of its own, talking with the simulated DingTalk; killed, and started again."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.simulators.base import PATIENCE
from tests.simulators.dingtalk import DingTalk, Mode, Timing
from tests.waiting import until

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def served(folder: Path, settings: Mapping[str, str]) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """A server with its store in the folder; gives its address."""
    environment = {**os.environ, "POLICYBOT_PORT": "0", "PYTHONPATH": str(ROOT), **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", cwd=folder, env=environment, stdout=-1, stderr=-2
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while b"http://" not in (line := await process.stdout.readline()):
                assert line, "it ended before it served"
        yield line.split(b"http://")[1].split()[0].strip("）。/ ".encode()).decode(), process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_a_server_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    async with DingTalk(mode=Mode.STREAM, timing=Timing(redeliver_after=0.2)) as dingtalk:
        user = dingtalk.member("0147", "小钉")
        async with served(tmp_path, dingtalk.settings) as (address, process):
            await dingtalk.streams.connects()
            await user.says("亦庄")
            first = await user.hears()
            await settled(address)
            process.kill()
            await process.wait()
        async with served(tmp_path, dingtalk.settings) as (address, process):
            await dingtalk.streams.connects()
            await user.says("我的资料")
            second = await user.hears()
            process.terminate()
            ended = await asyncio.wait_for(process.wait(), PATIENCE)

        assert "专精特新" in first.text
        assert "注册地：经开区" in second.text
        assert ended == 0
        assert dingtalk.violations == []
        assert len(user.inbox) == 2


async def settled(address: str) -> None:
    """Wait until the server has noted that the answer is sent; before that a crash lets it be sent again."""
    async with aiohttp.ClientSession() as client:

        async def is_sent() -> bool:
            async with client.get(f"http://{address}/metrics") as response:
                return 'policybot_sendings_total{door="dingtalk",outcome="Sent"}' in await response.text()

        await until(is_sent)
