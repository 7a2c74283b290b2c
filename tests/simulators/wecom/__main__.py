"""Starts the simulated WeCom for a developer: `python -m tests.simulators.wecom --bot-url http://127.0.0.1:8080`."""

import argparse
import asyncio
import contextlib
import sys

from tests.simulators.wecom import Timing, WeCom
from tests.simulators.wecom.desk import AGENT, Desk

GUIDE = """
企业微信模拟器已启动，请用浏览器打开：{url}/

先在另一个终端设置好环境变量，再启动机器人（policybot serve）：
{settings}
按 Ctrl+C 停止。
"""


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulators.wecom", description="企业微信模拟器")
    parser.add_argument("--bot-url", default="http://127.0.0.1:8080", help="机器人的地址")
    parser.add_argument("--port", type=int, default=8090, help="模拟器的端口，0 表示任选一个")
    parser.add_argument("--long-connection", action="store_true", help="智能机器人用长连接，不用回调")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(options.bot_url, options.port, is_connected=options.long_connection))


async def serve(bot_url: str, port: int, *, is_connected: bool) -> None:
    """Serve for ever."""
    wecom = WeCom(bot_url, timing=Timing(poll=1.0, patience=400.0), port=port)
    if is_connected:
        wecom.use_long_connection()
    Desk(wecom)
    async with wecom:
        wecom.agent(AGENT)
        settings = wecom.environment(is_connected=is_connected)
        lines = "".join(f"export {name}={value}\n" for name, value in settings.items())
        sys.stdout.write(GUIDE.format(url=wecom.url, settings=lines))
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
