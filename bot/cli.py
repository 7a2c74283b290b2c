"""The command line: the server, the conversation in a terminal, the contract's four verbs; the rest in `cli_…`."""

import asyncio
import io
import json
import sys
from collections.abc import Callable, Iterator
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console

from bot.app import (
    build_memory_store,
    build_store,
    build_turns,
    open_bundle,
    quiet,
    serve,
    talk,
)
from bot.batch import tables
from bot.batch.jsonl import Answer, Case, answer_lines
from bot.batch.matching import answer_match, judge_case
from bot.batch.replaying import answer_replay
from bot.batch.searching import answer_search
from bot.batch.understanding import answer_understand
from bot.channels.web.server import format_address
from bot.cli_backup import register as register_backup_commands
from bot.cli_cases import register as register_case_commands
from bot.cli_channels import register as register_channel_commands
from bot.cli_content import register as register_content_commands
from bot.cli_kept import register as register_kept_commands
from bot.console.cookies import PATH
from bot.errors import PolicybotError
from bot.logs import configure_logs
from bot.settings import describe_settings, load_settings

JsonLines = Annotated[bool, typer.Option("--jsonl", help="从标准输入读 JSON Lines，逐行回答")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="按哪一天算，如 2026-07-15；默认今天")]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="告诉企业能申领哪些政策的对话机器人。",
)
register_content_commands(app)


def main() -> None:
    """Run the command line; a problem is a sentence on standard error and exit status 1, never a stack trace."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except (PolicybotError, BrokenPipeError) as error:
        if not isinstance(error, BrokenPipeError):
            Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(str(error))
        sys.exit(1)


def _settings_epilog() -> str:
    rows = (f"{row.name}（默认 {row.default}）：{row.meaning}" for row in describe_settings())
    return "设置取自环境变量或 .env 文件：\n\n" + "\n\n".join(rows)


@app.command("serve", epilog=_settings_epilog())
def serve_command() -> None:
    """启动服务：网页聊天、已经设置好的渠道，设了密码的话还有工作人员后台。"""
    settings = load_settings()
    configure_logs(settings.log_format.value)

    def announce(host: str, port: int) -> None:
        address = format_address(host, port)
        page = f"打开 {address}/ 开始聊天" if settings.web else f"服务在 {address}"
        console = f"；后台在 {address}{PATH}" if settings.console_password else ""
        typer.echo(f"{page}{console}；按 Ctrl+C 停止。", err=False)

    asyncio.run(serve(settings, announce))


@app.command()
def chat(
    *,
    session: Annotated[str | None, typer.Option(help="会话名；写了就接着上次说，不写就说完即忘")] = None,
) -> None:
    """在终端里聊天；也可以用管道送进一行行文字。"""
    settings = load_settings()
    bundle = open_bundle(settings)
    store = build_store(settings) if session else build_memory_store()
    turns = build_turns(bundle, store, quiet, "web", settings.retention_days)
    asyncio.run(talk(turns, store, session or uuid4().hex))


@app.command()
def match(
    profile: Annotated[str, typer.Option(help='企业情况，JSON，如 {"region": "经开区"}')] = "{}",
    *,
    as_of: AsOf = None,
    jsonl: JsonLines = False,
) -> None:
    """企业情况 → 每一条的结论、金额和理由，以及最优组合。"""
    bundle = open_bundle(load_settings())
    if jsonl:
        _answer_all(lambda case: answer_match(case, bundle.guide))
        return
    tables.print_match(*judge_case(_case(profile=_parsed(profile), as_of=as_of), bundle.guide))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="想问的话")] = "",
    *,
    jsonl: JsonLines = False,
) -> None:
    """提问 → 按相关程度排好的条款；没有结果表示不在范围内。"""
    bundle = open_bundle(load_settings())
    if jsonl:
        _answer_all(lambda case: answer_search(case, bundle.guide))
        return
    tables.print_search(answer_search({"query": query}, bundle.guide))


@app.command()
def understand(
    text: Annotated[str, typer.Argument(help="用户说的话")] = "",
    *,
    question: Annotated[
        str | None, typer.Option(help="当作哪个问题的回答：属性名，或 amount、date、yes_no、company_name")
    ] = None,
    prompt: Annotated[str, typer.Option(help="问题的原话")] = "",
    as_of: AsOf = None,
    jsonl: JsonLines = False,
) -> None:
    """一句话 → 是什么意思：当作回答，或当作指令。"""
    bundle = open_bundle(load_settings())
    if jsonl:
        _answer_all(lambda case: answer_understand(case, bundle.guide))
        return
    case = _case(text=text, question=question, prompt=prompt, as_of=as_of)
    tables.print_understanding(answer_understand(case, bundle.guide))


@app.command()
def replay(
    turns: Annotated[list[str] | None, typer.Argument(help="用户依次说的话")] = None,
    *,
    channel: Annotated[str, typer.Option(help="渠道")] = "wecom_single",
    as_of: AsOf = None,
    jsonl: JsonLines = False,
) -> None:
    """整段对话 → 最后记下的情况和结果。"""
    bundle = open_bundle(load_settings())
    if jsonl:
        _answer_all(lambda case: answer_replay(case, bundle))
        return
    case = _case(turns=turns or [], channel=channel, as_of=as_of)
    tables.print_replay(answer_replay(case, bundle))


register_case_commands(app)
register_kept_commands(app)
register_backup_commands(app)
register_channel_commands(app)


def _answer_all(answer: Callable[[Case], Answer]) -> None:
    if not answer_lines(_lines(), answer, sys.stdout):
        raise typer.Exit(1)


def _lines() -> Iterator[str]:
    """The lines of standard input, each as it comes; only a line feed ends one."""
    return (line.decode("utf-8", "replace") for line in sys.stdin.buffer)


def _case(**given: object) -> Case:
    return {name: value for name, value in given.items() if value is not None}


def _parsed(profile: str) -> object:
    try:
        return json.loads(profile)
    except ValueError:
        raise typer.BadParameter('应是 JSON，如 {"region": "经开区"}') from None
