"""The commands over what is kept of users: handoffs for the staff who go on, purge for the operator."""

from typing import Annotated

import typer

from bot.app import close_hand_off, open_bundle, purge, reseal_store, waiting_hand_offs
from bot.batch.handing_over import say_hand_off, say_waiting
from bot.errors import RequestError
from bot.settings import LONGEST_RETENTION, load_settings

Number = Annotated[str, typer.Argument(metavar="记录号", help="用户报的八位数字，如 1234-5678；中间的横线可以不写")]

hand_offs = typer.Typer(help="转人工：看谁在等、看一份、办完删掉。", invoke_without_command=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(hand_offs, name="handoffs")
    app.command("purge")(purge_command)
    app.command("reseal")(reseal_command)


@hand_offs.callback()
def hand_offs_command(context: typer.Context) -> None:
    """转人工：看谁在等、看一份、办完删掉。不写后面的词就列出来。"""
    if context.invoked_subcommand is None:
        list_hand_offs()


@hand_offs.command("list")
def list_hand_offs() -> None:
    """列出等着的，先来的在前。"""
    settings = load_settings()
    for line in say_waiting(waiting_hand_offs(settings), open_bundle(settings).guide):
        typer.echo(line)


@hand_offs.command("show")
def show_hand_off(number: Number) -> None:
    """看一份：在说什么、该找谁、企业情况、最近的对话。"""
    settings = load_settings()
    found = [one for one in waiting_hand_offs(settings) if one.number == _read_number(number)]
    if not found:
        raise RequestError(f"没有记录 {number}：也许已经办完、到期，或用户自己删了；policybot handoffs 列出现在有的")
    guide = open_bundle(settings).guide
    for one in found:
        for line in say_hand_off(one, guide, settings.retention_days):
            typer.echo(line)


@hand_offs.command("done")
def close_hand_off_command(number: Number) -> None:
    """办完了：删掉这份记录。用户自己的对话不受影响，要删由用户说“删除我的资料”。"""
    if not close_hand_off(load_settings(), _read_number(number)):
        raise RequestError(f"没有记录 {number}：也许已经办完、到期，或用户自己删了；policybot handoffs 列出现在有的")
    typer.echo(f"记录 {_read_number(number)} 办完，已经删除。")


def purge_command(
    *,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=LONGEST_RETENTION, help="多少天没有说话的删掉；默认按 POLICYBOT_RETENTION_DAYS"),
    ] = None,
) -> None:
    """删掉过期的对话：说过的情况、聊天记录、转人工的记录，从文件里抹掉。

    服务开着时每小时自己做一次，不用另外安排；这个命令用来马上做，或者服务停着时做。
    """
    settings = load_settings()
    kept = settings.retention_days if days is None else days
    typer.echo(f"超过 {kept} 天没有说话的对话，删掉了 {purge(settings, kept)} 段。")


def reseal_command() -> None:
    """换了密钥以后，把保存的内容全部用第一把密钥重新加密；服务可以开着。

    每台机器都换成新密钥在前并重启以后再打。全部改完，旧密钥就可以去掉，不用等保留天数过完。
    """
    found = reseal_store(load_settings())
    typer.echo(f"用第一把密钥重新加密了 {found.sealed} 条。")
    if found.damaged:
        typer.echo(f"另有 {found.damaged} 条已经损坏，没有动。")
    if found.locked:
        raise RequestError(f"还有 {found.locked} 条是用另一把密钥加密的，没有动；把那把密钥写在后面再打一次，先别去掉")


def _read_number(text: str) -> str:
    digits = "".join(sign for sign in text if sign.isdigit())
    return f"{digits[:4]}-{digits[4:]}" if len(digits) == 8 else text
