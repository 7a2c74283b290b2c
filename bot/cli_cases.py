"""The commands by which staff test their knowledge and see what an edit changes: test, diff, explain, profiles."""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.app import content_folder, open_bundle, stored_states
from bot.batch.jsonl import day_of
from bot.batch.profiles import export_states
from bot.cases.clause_names import find_clause
from bot.cases.files import default_folders
from bot.cases.judging import outcome_of
from bot.cases.running import read_suite, run_suite
from bot.changes.comparing import compare_contents, compare_files
from bot.changes.outcomes import compare_outcomes
from bot.changes.report import Comparison, report_json, report_json_lines, report_lines
from bot.changes.revisions import base_folder, open_side
from bot.changes.sides import load_side
from bot.changes.subjects import Subjects, case_files, read_profiles, subjects_of_cases
from bot.content.loading import load_content
from bot.content.names import did_you_mean
from bot.content.yaml_source import YamlSource
from bot.dialog.flows import Guide
from bot.errors import PolicybotError, RequestError
from bot.proofs.explaining import explain, explain_json
from bot.proofs.profiles import WANTED, profile_of
from bot.settings import load_settings

Content = Annotated[
    Path | None, typer.Option(help="内容文件夹，其中有 dialogs、knowledge、templates；默认是正在用的那个")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("test")(run_tests)
    app.command("diff")(compare)
    app.command("profiles")(export_profiles)
    app.command("explain")(explain_clause)


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
    """运行用例和对话，看结论、金额、答复对不对。

    不对的说出在哪个文件哪一行、应为什么、实际是什么、为什么。有一个不对，退出状态就是 1。
    """
    folder = content or content_folder(load_settings())
    bundle = load_content(folder)
    suite = read_suite(paths or default_folders(folder), bundle.guide).named(only)
    report = run_suite(suite, bundle)
    for problem in sorted((*suite.problems, *report.failures)):
        typer.echo(str(problem))
    typer.echo(report.summary())
    if not report.is_good:
        raise typer.Exit(1)


def explain_clause(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[PROFILE] CLAUSE",
            help="企业情况（JSON、@文件名、- 表示标准输入，或几个 属性=值），再写条款编号，如 digest-2024/1.1-2",
        ),
    ],
    *,
    pairs: Annotated[
        list[str] | None, typer.Option("--set", help="一项情况，如 --set region=经开区 --set 年度数据产品采购额=347万")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="按哪一天算，如 2026-07-15；默认今天")] = None,
    content: Content = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """一家企业对一条政策：逐条看满足没满足、钱怎么算。

    还说能不能申领、为什么，和别的政策怎么合算，依据哪一条，找谁办。
    """
    profile_text, given, name = _sorted_words(words)
    guide = load_content(content or content_folder(load_settings())).guide
    profile, day = profile_of(profile_text, (*given, *(pairs or ())), guide, sys.stdin)
    clause = find_clause(name, guide.knowledge)
    outcome = outcome_of(profile, day_of({"as_of": on or day}), guide)
    if as_json:
        typer.echo(json.dumps(explain_json(clause, outcome, guide.knowledge), ensure_ascii=False))
        return
    for line in explain(clause, outcome, guide.knowledge):
        typer.echo(line)


def _sorted_words(words: Sequence[str]) -> tuple[str | None, tuple[str, ...], str]:
    """The JSON, the pairs and the clause among the words; RequestError when one is missing or there are too many."""
    profiles = [word for word in words if word == "-" or word.lstrip().startswith(("@", "{", "["))]
    pairs = tuple(word for word in words if word not in profiles and "=" in word)
    clauses = [word for word in words if word not in profiles and word not in pairs]
    if len(profiles) > 1 or len(clauses) != 1:
        raise RequestError(f"要写企业情况和一个条款编号。企业情况：{WANTED}")
    return (profiles[0] if profiles else None), pairs, clauses[0]


def compare(  # noqa: PLR0913 - the options of the command
    old: Annotated[str, typer.Argument(help="旧内容：内容文件夹，或 git 版本，如 HEAD~3")],
    new: Annotated[str, typer.Argument(help="新内容：内容文件夹，或 git 版本；. 是当前文件夹")] = ".",
    *,
    cases: Annotated[list[Path] | None, typer.Option(help="用哪些用例比；默认是新内容里的 tests/cases")] = None,
    profiles: Annotated[
        Path | None,
        typer.Option(help="再用这些企业情况比：每行一个 JSON，格式同 match，用 policybot profiles 导出；- 是标准输入"),
    ] = None,
    examples: Annotated[int, typer.Option(min=0, help="每种变化举几个例子")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="每个变化输出一行 JSON")] = False,
    content: Annotated[
        Path | None, typer.Option(help="在哪个内容文件夹的 git 仓库里找版本；默认是 . 或正在用的")
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="有变化时退出状态为 1（不写则为 0）；出错时总是 2")
    ] = False,
) -> None:
    """改了内容，哪里不一样了。

    先说文件、条款、属性、问题、联系方式、名词、合并规则哪里改了；再用用例和企业情况比结论、能不能申领、金额、合计和提问。
    写 git 版本时从仓库里读出来比，不动现在的文件。
    """
    try:
        comparison = _compared((old, new), content, tuple(cases or ()), profiles)
    except PolicybotError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(report_json(comparison), ensure_ascii=False))
    elif as_jsonl:
        for line in report_json_lines(comparison):
            typer.echo(json.dumps(line, ensure_ascii=False))
    else:
        for text in report_lines(comparison, examples):
            typer.echo(text)
    if exit_code and not comparison.is_same:
        raise typer.Exit(1)


def _compared(names: tuple[str, str], content: Path | None, cases: Sequence[Path], profiles: Path | None) -> Comparison:
    base = content or base_folder(*names, content_folder(load_settings()))
    with tempfile.TemporaryDirectory(prefix="policybot-") as aside:
        sides = [open_side(text, base, Path(aside) / name) for name, text in zip(("old", "new"), names, strict=True)]
        before, after = (load_side(side, Path(aside)) for side in sides)
        folders = (*(side.folder for side in reversed(sides)), base)
        subjects = _subjects(case_files(cases, folders), profiles, (before.guide, after.guide))
        return Comparison(
            old=before,
            new=after,
            changes=compare_contents(before.guide, after.guide),
            files=compare_files(before.side.folder, after.side.folder),
            subjects=subjects,
            differences=compare_outcomes((*subjects.cases, *subjects.profiles), before.guide, after.guide),
        )


def _subjects(sources: Sequence[YamlSource], profiles: Path | None, guides: tuple[Guide, Guide]) -> Subjects:
    of_cases, unreadable = subjects_of_cases(sources)
    known = {name: a for guide in guides for name, a in guide.knowledge.attributes.items()}
    return Subjects(of_cases, read_profiles(profiles, known) if profiles else (), unreadable)


def export_profiles(
    *,
    without: Annotated[list[str] | None, typer.Option(help="不导出的属性，可以写几次，如 --without region")] = None,
) -> None:
    """从保存的对话导出不记名的企业情况，给 diff --profiles 用。

    每家一行 JSON，格式同 match。

    留下的只有：属性的值（注册地、级别、是否首次、金额、日期这些）和算结果的那一天。

    不留：是谁、哪个渠道、说过的原话、答复、会话编号、时间；按内容排序，看不出先后。过期和已删除的对话不导出。

    金额按原样留，因为差一元就可能跨过门槛；属性都是企业的情况，不是个人信息。
    情况很少见的企业仍可能被熟悉的人猜到，文件只在单位内部用，用完删掉；不想留的属性用 --without 去掉。
    """
    settings = load_settings()
    bundle = open_bundle(settings)
    attributes = bundle.guide.knowledge.attributes
    if unknown := [name for name in without or () if name not in attributes]:
        hint = did_you_mean(unknown[0], attributes)
        raise RequestError(f"没有属性 {unknown[0]}{f'；{hint}' if hint else ''}")
    export = export_states(stored_states(settings), attributes, frozenset(without or ()))
    for line in export.lines:
        typer.echo(line)
    typer.echo(export.summary(), err=True)
