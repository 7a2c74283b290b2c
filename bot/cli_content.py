"""The commands for those who write the content: check, coverage, schema."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.app import content_folder, open_bundle
from bot.batch import tables
from bot.batch.coverage_tables import coverage_lines, print_coverage
from bot.content.articles import SourceText, read_source_texts
from bot.content.cells import parse_day
from bot.content.coverage import cover
from bot.content.linting import review
from bot.content.problems import Weight
from bot.errors import RequestError
from bot.reference.files import names_of
from bot.reference.json_schemas import schema_text, write_schemas
from bot.reference.pages import write_reference
from bot.responder import BEIJING
from bot.settings import load_settings

Sources = Annotated[
    Path,
    typer.Option("--sources", help="原文文件夹：每份文件一个 <文件 id>.md，每一条用「## 条号」开头", file_okay=False),
]
SourcesToCheck = Annotated[
    Path | None, typer.Option("--sources", help="再逐条对照原文：原文文件夹，每份文件一个 <文件 id>.md")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(check)
    app.command()(coverage)
    app.command()(schema)


def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="内容文件夹，默认是正在用的那个")] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="有提醒也算不通过")] = False,
    on: Annotated[str | None, typer.Option("--on", help="按哪一天看文件是否过期，如 2026-11-21；默认今天")] = None,
    sources: SourcesToCheck = None,
) -> None:
    """检查 dialogs、knowledge 和 templates，一次列出所有问题：错误要改，提醒请看一看，提示只是告知。"""
    day, texts = _day(on), None if sources is None else _texts(sources)
    refused = Weight.REMINDER if strict else Weight.MISTAKE
    is_good = True
    for folder in paths or [content_folder(load_settings())]:
        found = review(folder, day, texts)
        for finding in found.findings:
            typer.echo(str(finding))
        typer.echo(tables.review_summary(found))
        is_good = is_good and found.count(Weight.MISTAKE) + found.count(refused) == 0
    if not is_good:
        raise typer.Exit(1)


def coverage(
    sources: Sources,
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="逐行输出 JSON")] = False,
) -> None:
    """原文的每一条有哪些条款、数字是不是都有着落；有缺的就不通过。"""
    rows = cover(open_bundle(load_settings()).guide.knowledge, _texts(sources))
    if jsonl:
        for line in coverage_lines(rows):
            typer.echo(line)
    else:
        print_coverage(rows)
    if not all(row.is_complete for row in rows):
        raise typer.Exit(1)


def schema(
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹", file_okay=False)] = Path("schemas"),
    *,
    reference: Annotated[
        Path | None, typer.Option("--reference", help="另写一页给人看的说明，如 docs/reference.zh-CN.md")
    ] = None,
) -> None:
    """给编辑器用的格式说明：写错的键和名字当场标红，停在键上看中文说明。改了属性、联系方式或文件以后再写一次。"""
    schemas = write_schemas(names_of(open_bundle(load_settings()).guide.knowledge))
    out.mkdir(parents=True, exist_ok=True)
    for name, content in schemas.items():
        (out / f"{name}.json").write_text(schema_text(content), encoding="utf-8")
    if reference is not None:
        reference.write_text(write_reference(), encoding="utf-8")
    typer.echo(f"{len(schemas)} 份格式说明写在 {out}" + (f"，一页说明写在 {reference}" if reference else ""))


def _texts(folder: Path) -> Mapping[str, SourceText]:
    if not (texts := read_source_texts(folder)):
        raise RequestError(f"原文文件夹 {folder} 里没有 .md 文件；每份文件存成 <文件 id>.md")
    return texts


def _day(written: str | None) -> date:
    if written is None:
        return datetime.now(BEIJING).date()
    try:
        return parse_day(written)
    except ValueError as error:
        raise RequestError(f"--on 写的是「{written}」，{error}") from None
