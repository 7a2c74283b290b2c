"""The content folder read whole: either a bundle of one version, or all its problems at once."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from bot.content.bundle import Bundle
from bot.content.checks import Checks
from bot.content.dialog_loading import DialogReader
from bot.content.files import MAX_BYTES, content_files
from bot.content.files import PARTS as PARTS
from bot.content.files import version_of as version_of
from bot.content.knowledge_loading import KnowledgeReader
from bot.content.leftovers import find_leftovers
from bot.content.models import read_classifier
from bot.content.problems import ContentProblems, Problem
from bot.content.yaml_source import TOO_LARGE
from bot.dialog.acts import Notice
from bot.dialog.flows import Guide
from bot.rendering.templates import Templates
from bot.search.index import SearchIndex

KINDS = ("text", "web", "wecom", "wecom_kf", "dingtalk")
MISSING = "找不到这个文件夹", "内容文件夹里要有 dialogs、knowledge、templates；写的是不是那个文件夹"
NO_FILE = "不是普通的文件，没法读", "删掉它，或移到别处"


def shipped_content() -> Path:
    """The folder with the content that comes with the program: of the installed package, or of the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_content"
    return installed if installed.is_dir() else package.parent


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of a folder gives: all its problems, and the bundle when there is none.

    `reader` knows the place of each part.
    """

    reader: KnowledgeReader
    bundle: Bundle | None
    problems: tuple[Problem, ...] = ()


def load_content(folder: Path) -> Bundle:
    """The content of a folder that holds dialogs/, knowledge/ and templates/; raises ContentProblems, all at once."""
    reading = read_content(folder)
    if reading.bundle is None:
        raise ContentProblems(reading.problems)
    return reading.bundle


def read_content(folder: Path) -> Reading:
    """The content of a folder, with the reader that knows the place of each part."""
    reader = KnowledgeReader(folder)
    missing = [Problem(part, 1, 1, "", *MISSING) for part in PARTS if not (folder / part).is_dir()]
    if unreadable := (*missing, *_unreadable(folder)):
        return Reading(reader, None, unreadable)
    kinds = {kind: Templates(folder / "templates", kind) for kind in KINDS}
    with _nothing_collected():
        guide, notices = _read_guide(reader, version_of(folder))
    problems = [problem for source in reader.sources for problem in source.problems]
    problems += _problems_of(kinds)
    problems += find_leftovers(folder, KINDS, {source.file for source in reader.sources})
    if problems or guide is None:
        return Reading(reader, None, tuple(problems))
    return Reading(reader, Bundle(folder, guide, notices, kinds))


def _problems_of(kinds: Mapping[str, Templates]) -> Iterator[Problem]:
    for kind, templates in kinds.items():
        for name, line, what in templates.problems():
            yield Problem(f"templates/{kind}/{name}", line, 1, "", what)


def _unreadable(folder: Path) -> Iterator[Problem]:
    """A problem for each file that is not even opened: a pipe would never end, a huge one would fill the memory."""
    for path in content_files(folder):
        with suppress(OSError):  # a link to nowhere, or a file that is just vanishing: whoever reads it tells
            found, name = path.stat(), path.relative_to(folder).as_posix()
            if not S_ISREG(found.st_mode):
                yield Problem(name, 1, 1, "", *NO_FILE)
            elif found.st_size > MAX_BYTES:
                yield Problem(name, 1, 1, "", *TOO_LARGE)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """No search for garbage while all that is made stays: it would take a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read_guide(reader: KnowledgeReader, version: str) -> tuple[Guide | None, Mapping[Notice, str]]:
    """Knowledge and dialogs, linked and checked; None where a file does not read well. Problems go to the sources."""
    knowledge = reader.read(version)
    dialogs = DialogReader(reader)
    lexicon, flow = dialogs.read_lexicon(), dialogs.read_flow()
    notices, words = dialogs.read_notices(), dialogs.read_search_words()
    small_talk = dialogs.read_small_talk()
    if knowledge is None or any(source.problems for source in reader.sources):
        return None, notices
    index = SearchIndex.build(knowledge.clauses, knowledge.terms, words, read_classifier("scope"))
    guide = Guide(knowledge, lexicon, flow, index, words, small_talk)
    Checks(guide, reader).report()
    return guide, notices
