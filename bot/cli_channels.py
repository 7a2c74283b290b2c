"""The commands over the channels: outbox for the operator, doctor for who sets them up, simulate for developers."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import bot
from bot.app import drop_parcels, retry_parcels, waiting_parcels
from bot.batch.sending import say_parcels
from bot.doctor.examining import examine
from bot.doctor.findings import Sign
from bot.doors.dingtalk import register_cards
from bot.errors import RequestError
from bot.settings import Settings, load_settings

ParcelId = Annotated[str, typer.Argument(metavar="编号", help="policybot outbox 每行开头的编号；all 表示停下的全部")]
ALL = "all"

outbox = typer.Typer(help="待发的消息：看有哪些、再发一次、不要了。", invoke_without_command=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(outbox, name="outbox")
    app.command("doctor")(doctor_command)
    app.command("dingtalk-cards")(dingtalk_cards_command)
    app.command("simulate", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(
        simulate_command
    )


class Platform(StrEnum):
    """What can be simulated."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"


def doctor_command() -> None:
    """逐项检查：设置、内容、保存对话的地方、各渠道的密钥、接口通不通、凭证能不能取到；哪里不对就说怎么改。

    不给任何人发消息，也不会把正在用的连接挤下线。有不对的地方时，退出状态是 1。
    """
    signs = asyncio.run(_examine())
    wrong = signs.count(Sign.WRONG)
    typer.echo(f"有 {wrong} 处要改。" if wrong else "没有发现问题。")
    if wrong:
        raise typer.Exit(1)


async def _examine() -> list[Sign]:
    signs = []
    async for finding in examine(load_settings()):
        typer.echo(str(finding))
        signs.append(finding.sign)
    return signs


def dingtalk_cards_command(
    address: Annotated[str, typer.Argument(metavar="地址", help="小助手在公网上的地址，例如 https://zc.example.com")],
) -> None:
    """钉钉互动卡片、HTTP 方式：告诉钉钉点卡片送到哪里。换了地址或密钥再打一次；Stream 方式不用。"""
    typer.echo(asyncio.run(register_cards(load_settings(), address)))


def simulate_command(
    context: typer.Context,
    platform: Annotated[Platform, typer.Argument(help="wecom 企业微信，dingtalk 钉钉")],
) -> None:
    """开发用：在本机开一个假的企业微信或钉钉，有网页可以点着试；只在源码目录里有。后面的词原样交给它。"""
    folder = Path(bot.__file__).parents[1]
    if not (folder / "tests" / "simulators" / platform.value / "__main__.py").is_file():
        raise RequestError(
            "模拟器只在源码目录里有：先取源码，在那里 make run 过一次，再用 .venv/bin/policybot simulate"
        )
    words = [sys.executable, "-m", f"tests.simulators.{platform.value}", *context.args]
    os.chdir(folder)
    os.execv(words[0], words)  # noqa: S606 - our own module, in place of this process: who ends one ends the other


@outbox.callback()
def outbox_command(context: typer.Context) -> None:
    """待发的消息：看有哪些、再发一次、不要了。不写后面的词就列出来。"""
    if context.invoked_subcommand is None:
        list_outbox()


@outbox.command("list")
def list_outbox() -> None:
    """列出发不出去的和等着发的。"""
    for line in say_parcels(waiting_parcels(load_settings())):
        typer.echo(line)


@outbox.command("retry")
def retry_command(parcel_id: ParcelId) -> None:
    """再发一次：先按原因把问题解决好，服务开着时马上就发。"""
    _settle(parcel_id, retry_parcels, "会再发一次。")


@outbox.command("drop")
def drop_command(parcel_id: ParcelId) -> None:
    """不要了：删掉，不再发。"""
    _settle(parcel_id, drop_parcels, "已经删掉，不会再发。")


def _settle(parcel_id: str, settle: Callable[[Settings, Sequence[str]], Sequence[bool]], says: str) -> None:
    settings = load_settings()
    ids = _dead(settings) if parcel_id == ALL else (parcel_id,)
    for one, is_there in zip(ids, settle(settings, ids), strict=True):
        if not is_there:
            raise RequestError(f"没有编号 {one}：也许已经发出去了；policybot outbox 列出现在有的")
        typer.echo(f"{one} {says}")


def _dead(settings: Settings) -> tuple[str, ...]:
    return tuple(one.parcel.id for one in waiting_parcels(settings) if one.is_dead)
