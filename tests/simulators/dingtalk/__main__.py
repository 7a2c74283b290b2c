"""Start the simulated DingTalk for a developer: python -m tests.simulators.dingtalk --bot-url http://127.0.0.1:8080."""

import argparse
import asyncio
import sys

from aiohttp import web

from tests.simulators.dingtalk.application import Mode, Timing
from tests.simulators.dingtalk.desk import Desk
from tests.simulators.dingtalk.simulator import DingTalk

INTRODUCTION = """\
模拟的钉钉已启动：{url}（{mode} 方式，只在本机可用）
在浏览器里打开上面的地址，就可以以几个人的身份和机器人单聊、群聊。

请用下面的设置启动机器人（在另一个窗口里整段粘贴）：

{settings}
policybot serve

按 Ctrl+C 结束。
"""


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """What was written after the program's name."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulators.dingtalk", description="在本机模拟钉钉平台")
    parser.add_argument("--bot-url", default="http://127.0.0.1:8080", help="机器人的地址，HTTP 方式用")
    parser.add_argument("--port", type=int, default=8090, help="模拟平台的端口，0 为任意")
    parser.add_argument("--mode", type=Mode, choices=list(Mode), default=Mode.HTTP, help="机器人收消息的方式")
    return parser.parse_args(arguments)


def desk_routes(dingtalk: DingTalk) -> list[web.RouteDef]:
    """The addresses of the page for developers."""
    return Desk(dingtalk).routes


async def serve(options: argparse.Namespace) -> None:
    """Serve until stopped."""
    timing = Timing(ping_every=20)
    async with DingTalk(
        options.bot_url, mode=options.mode, timing=timing, port=options.port, pages=desk_routes
    ) as dingtalk:
        settings = "\n".join(f"export {name}={value}" for name, value in dingtalk.settings.items())
        sys.stdout.write(INTRODUCTION.format(url=dingtalk.url, mode=options.mode.upper(), settings=settings))
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Run the program."""
    options = parse_arguments(sys.argv[1:])
    try:
        asyncio.run(serve(options))
    except KeyboardInterrupt:
        return
    except OSError:
        sys.exit(f"端口 {options.port} 已有别的程序在用，请用 --port 换一个")


if __name__ == "__main__":
    main()
