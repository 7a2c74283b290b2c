"""All cases and conversations of some files: read, run, and summed up."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.cases.case_files import Case, read_cases
from bot.cases.conversation_files import Conversation, read_conversations
from bot.cases.files import read_files
from bot.cases.judging import failures_of
from bot.cases.playing import mismatches_of
from bot.content.bundle import Bundle
from bot.content.problems import Problem
from bot.content.yaml_source import YamlSource
from bot.dialog.flows import Guide
from bot.errors import RequestError


@dataclass(frozen=True, slots=True)
class Suite:
    """What the files hold: the cases and conversations that can be read, and what is wrong with the files."""

    cases: tuple[Case, ...]
    conversations: tuple[Conversation, ...]
    problems: tuple[Problem, ...]

    def named(self, words: str) -> "Suite":
        """Only those with the words in their name; RequestError when none is left."""
        cases = tuple(case for case in self.cases if words in case.name)
        conversations = tuple(one for one in self.conversations if words in one.name)
        if not cases and not conversations and not self.problems:
            raise RequestError(f"没有名字里有「{words}」的用例或对话" if words else "这里没有一个用例或对话")
        return Suite(cases, conversations, self.problems)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a suite: everything to be mended in the order of its place, and how many did not pass."""

    suite: Suite
    failures: tuple[Problem, ...]
    failed: int

    @property
    def is_good(self) -> bool:
        """Whether everything could be read and came out as written."""
        return not self.failures and not self.suite.problems

    def summary(self) -> str:
        """One line for staff."""
        counts = f"共 {len(self.suite.cases)} 个用例、{len(self.suite.conversations)} 段对话"
        if self.is_good:
            return f"{counts}，全部通过"
        parts = [f"{self.failed} 个没通过"] if self.failed else []
        parts += [f"{len(self.suite.problems)} 处写法要改"] if self.suite.problems else []
        return f"{counts}，{'，另有 '.join(parts)}"


def read_suite(paths: Iterable[Path], guide: Guide) -> Suite:
    """The cases and conversations of the paths; RequestError when a path is not there."""
    sources = read_files(paths)
    cases: list[Case] = []
    conversations: list[Conversation] = []
    for source in sources:
        if holds_conversations(source):
            conversations += read_conversations(source, guide)
        else:
            cases += read_cases(source, guide)
        if not isinstance(source.tree, list) and not source.problems:
            source.report((), "应为用例或对话的列表", "每一个以「- name: 名字」开头")
    _report_repeated(sources)
    problems = tuple(sorted({problem for source in sources for problem in source.problems}))
    return Suite(tuple(cases), tuple(conversations), problems)


def holds_conversations(source: YamlSource) -> bool:
    """Whether a file has conversations in it, by the turns that only they have, else by its folder."""
    entries = [entry for entry in source.tree if isinstance(entry, dict)] if isinstance(source.tree, list) else []
    if any("turns" in entry for entry in entries):
        return True
    return Path(source.file).parent.name == "conversations" and not any("given" in entry for entry in entries)


def _report_repeated(sources: Iterable[YamlSource]) -> None:
    for source in sources:
        met: set[str] = set()
        for index, entry in enumerate(source.tree if isinstance(source.tree, list) else ()):
            name = entry.get("name") if isinstance(entry, dict) else None
            if isinstance(name, str) and name in met:
                source.report((index, "name"), f"名字「{name}」这个文件里已经有了", "换一个名字，报告里才分得清")
            met.add(str(name))


def run_suite(suite: Suite, bundle: Bundle) -> Report:
    """Put every case to the content and play every conversation."""
    found = [failures_of(case, bundle.guide) for case in suite.cases]
    found += asyncio.run(_play(suite.conversations, bundle))
    failures = sorted(problem for problems in found for problem in problems)
    return Report(suite, tuple(failures), sum(bool(problems) for problems in found))


async def _play(conversations: Iterable[Conversation], bundle: Bundle) -> list[tuple[Problem, ...]]:
    return [await mismatches_of(conversation, bundle) for conversation in conversations]
