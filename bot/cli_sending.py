"""The commands over what is sent: outbox for the operator, doctor for who sets the channels up."""

from typing import Annotated

import typer

from bot.app import drop_parcel, retry_parcel, waiting_parcels
from bot.batch.sending import say_parcels
from bot.errors import RequestError
from bot.settings import load_settings

ParcelId = Annotated[str, typer.Argument(metavar="编号", help="policybot outbox 每行开头的编号；all 表示停下的全部")]
ALL = "all"

outbox = typer.Typer(help="待发的消息：看有哪些、再发一次、不要了。", invoke_without_command=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(outbox, name="outbox")


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
    settings = load_settings()
    for one in _named(parcel_id):
        if not retry_parcel(settings, one):
            raise _unknown(one)
        typer.echo(f"{one} 会再发一次。")


@outbox.command("drop")
def drop_command(parcel_id: ParcelId) -> None:
    """不要了：删掉，不再发。"""
    settings = load_settings()
    for one in _named(parcel_id):
        if not drop_parcel(settings, one):
            raise _unknown(one)
        typer.echo(f"{one} 已经删掉，不会再发。")


def _named(parcel_id: str) -> tuple[str, ...]:
    if parcel_id != ALL:
        return (parcel_id,)
    return tuple(one.parcel.id for one in waiting_parcels(load_settings()) if one.is_dead)


def _unknown(parcel_id: str) -> RequestError:
    return RequestError(f"没有编号 {parcel_id}：也许已经发出去了；policybot outbox 列出现在有的")
