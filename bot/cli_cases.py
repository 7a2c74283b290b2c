"""The commands by which staff test their knowledge and see what an edit changes: test, diff, explain, profiles."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import content_folder
from bot.cases.files import default_folders
from bot.cases.running import read_suite, run_suite
from bot.content.loading import load_content
from bot.settings import load_settings

Content = Annotated[
    Path | None, typer.Option(help="内容文件夹，其中有 dialogs、knowledge、templates；默认是正在用的那个")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("test")(run_tests)


def run_tests(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="用例、对话的文件或文件夹；默认是内容文件夹或当前文件夹里的 tests/cases 和 tests/conversations"
        ),
    ] = None,
    *,
    content: Content = None,
    only: Annotated[str, typer.Option(help="只看名字里有这几个字的")] = "",
) -> None:
    """运行用例和对话，看内容改过以后结论、金额、答复还对不对。有一个不对，退出状态就是 1。"""
    folder = content or content_folder(load_settings())
    bundle = load_content(folder)
    suite = read_suite(paths or default_folders(folder), bundle.guide).named(only)
    report = run_suite(suite, bundle)
    for problem in sorted((*suite.problems, *report.failures)):
        typer.echo(str(problem))
    typer.echo(report.summary())
    if not report.is_good:
        raise typer.Exit(1)
