"""The commands that copy what is kept of users and put it back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.backup.sqlite import Copied, back_up, restore
from bot.errors import RequestError
from bot.settings import Settings, load_settings

GUIDE = "docs/guides/backup.zh-CN.md"
Target = Annotated[Path, typer.Argument(metavar="文件", help="备份写到哪个文件；已经有的不覆盖")]
Source = Annotated[Path, typer.Argument(metavar="文件", help="用 policybot backup 做的备份")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("backup")(backup_command)
    app.command("restore")(restore_command)


def backup_command(target: Target) -> None:
    """备份对话：服务开着也可以做，得到的是一个完整、检查过的文件，只有自己能读。"""
    copied = back_up(_file_of(load_settings()), target)
    typer.echo(f"备份好了：{target}，{_say(copied)}。")
    typer.echo("里面有用户说过的情况，请存在只有管理员能看的地方，过了保留天数就删掉。")


def restore_command(source: Source) -> None:
    """从备份恢复对话：先停掉服务，把原来的文件移到别处。"""
    settings = load_settings()
    store = _file_of(settings)
    copied = restore(source, store)
    typer.echo(f"恢复好了：{store}，{_say(copied)}。")
    if copied.waiting:
        typer.echo(f"备份里有 {copied.waiting} 条消息当时还没发出，多半后来发过了，所以先不发：")
        typer.echo(
            "用 policybot outbox 看，要发的用 policybot outbox retry 重发，不要的用 policybot outbox drop 删掉。"
        )
    typer.echo("备份之后有人删除过自己的资料的话，请再删一次；过期的对话在服务启动时自动删除。")


def _file_of(settings: Settings) -> Path:
    if settings.store_path is None:
        raise RequestError(f"对话保存在 Redis 里，由 Redis 自己备份（RDB、AOF），不用这个命令；做法见 {GUIDE}")
    return settings.store_path


def _say(copied: Copied) -> str:
    return f"{copied.conversations} 段对话、{copied.hand_offs} 份转人工记录，{max(1, copied.size // 1024)} KB"
