"""The content folder edited while it is in use: good edits are taken, bad ones refused, half-written ones ignored."""

import asyncio
import gc
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.content import reload
from bot.content.bundle import Bundle
from bot.content.files import PARTS
from bot.content.loading import load_content, shipped_content
from bot.content.reload import LiveContent
from bot.content.status import ContentStatus
from bot.dialog.acts import Notice
from tests.content.editing import NOTICES, put, put_by_rename, say_hello
from tests.content.folders import copy_content
from tests.waiting import until


class Edits:
    """A folder in use, the content that stands for it, and every status that was told."""

    def __init__(self, folder: Path, rehearse: Callable[[Bundle], None] = lambda _: None) -> None:
        self.folder = folder
        self.told: list[ContentStatus] = []
        self.live = LiveContent(load_content(folder), rehearse, self.told.append)
        self.first = self.live.bundle

    @property
    def greeting(self) -> str:
        return self.live.bundle.notices[Notice.GREET]


@asynccontextmanager
async def edits_of(folder: Path, rehearse: Callable[[Bundle], None] = lambda _: None) -> AsyncIterator[Edits]:
    edits = Edits(folder, rehearse)
    async with edits.live.watched():
        await asyncio.sleep(0.3)
        yield edits


async def test_a_good_edit_is_taken_whole(tmp_path: Path) -> None:
    async with edits_of(copy_content(tmp_path)) as edits:
        say_hello(edits.folder, "您好呀")
        put(edits.folder, "templates/text/notice.txt", "{{", "【{{")

        await until(lambda: edits.greeting == "您好呀")
        await until(lambda: edits.live.bundle.version == load_content(edits.folder).version)

    assert edits.first.notices[Notice.GREET] != "您好呀"
    assert edits.live.status.refused is None
    assert edits.told[-1].version == edits.live.bundle.version


async def test_a_bad_edit_is_refused_and_a_mended_one_clears_it(tmp_path: Path) -> None:
    async with edits_of(copy_content(tmp_path)) as edits:
        put(edits.folder, NOTICES, "  greet:", "  gret:")
        await until(lambda: edits.live.status.refused is not None)
        refused = edits.live.status.refused
        put(edits.folder, NOTICES, "  gret:", "  greet:")
        await until(lambda: edits.live.status.refused is None)

    assert refused is not None
    assert any("gret" in str(problem) for problem in refused.problems)
    assert refused.version != edits.first.version
    assert edits.live.bundle is edits.first
    assert [status.refused is not None for status in edits.told] == [False, True, False]


async def test_a_bad_edit_after_a_bad_one_tells_the_new_problems(tmp_path: Path) -> None:
    async with edits_of(copy_content(tmp_path)) as edits:
        put(edits.folder, NOTICES, "  greet:", "  gret:")
        await until(lambda: edits.live.status.refused is not None)
        put(edits.folder, "knowledge/terms.yaml", "terms:", "trems:")
        await until(lambda: any("trems" in str(p) for p in edits.live.status.refused.problems))  # type: ignore[union-attr]

    assert edits.live.bundle is edits.first


@pytest.mark.parametrize("name", [NOTICES, "templates/web/ask.txt"])
async def test_an_editor_that_writes_beside_and_renames_is_followed(name: str, tmp_path: Path) -> None:
    async with edits_of(copy_content(tmp_path)) as edits:
        first = (edits.folder / name).read_text(encoding="utf-8")
        put_by_rename(edits.folder, name, first, first + "\n")

        await until(lambda: edits.live.bundle is not edits.first)

    assert edits.live.bundle.version == load_content(edits.folder).version


async def test_what_is_written_in_steps_is_taken_at_its_end_and_never_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reload, "GRACE_SECONDS", 2.0)  # the steps may be far apart on a machine that others keep busy
    async with edits_of(copy_content(tmp_path)) as edits:
        whole = (edits.folder / NOTICES).read_text(encoding="utf-8").replace("您好！", "您好，写完了！")
        lines = whole.splitlines(keepends=True)
        for count in range(1, len(lines) + 1):
            (edits.folder / NOTICES).write_text("".join(lines[:count]), encoding="utf-8")
            await asyncio.sleep(0.02)

        await until(lambda: edits.greeting.startswith("您好，写完了！"))

    assert [status.version for status in edits.told] == [edits.first.version, edits.live.bundle.version]


async def test_the_last_of_many_edits_wins_and_no_version_is_a_mixture(tmp_path: Path) -> None:
    seen: list[tuple[str, str]] = []

    def note(bundle: Bundle) -> None:
        seen.append((bundle.notices[Notice.GREET], bundle.notices[Notice.THANKS]))

    async with edits_of(copy_content(tmp_path), note) as edits:
        for number in range(40):
            say_hello(edits.folder, f"{number}", thanks=f"{number}")
            await asyncio.sleep(0.03)

        await until(lambda: edits.greeting == "39")

    assert all(greeting == thanks for greeting, thanks in seen)


async def test_files_that_vanish_and_come_back_are_no_crash(tmp_path: Path) -> None:
    async with edits_of(copy_content(tmp_path)) as edits:
        for _ in range(3):
            (edits.folder / "knowledge").rename(edits.folder / "away")
            await asyncio.sleep(0.15)
            (edits.folder / "away").rename(edits.folder / "knowledge")
            await asyncio.sleep(0.15)
        (edits.folder / "knowledge").rename(edits.folder / "away")
        await until(lambda: edits.live.status.refused is not None)
        (edits.folder / "away").rename(edits.folder / "knowledge")
        await until(lambda: edits.live.status.refused is None)
        say_hello(edits.folder, "又回来了")
        await until(lambda: edits.greeting == "又回来了")


async def test_the_whole_tree_written_anew_is_taken_once_it_is_whole(tmp_path: Path) -> None:
    async with edits_of(copy_content(tmp_path)) as edits:
        for part in PARTS:
            shutil.rmtree(edits.folder / part)
        for part in PARTS:
            shutil.copytree(shipped_content() / part, edits.folder / part)
        say_hello(edits.folder, "新的一版")

        await until(lambda: edits.greeting == "新的一版")

    assert edits.live.status.refused is None


async def test_a_swapped_link_is_followed(tmp_path: Path) -> None:
    """As Kubernetes replaces a ConfigMap, and as releases are switched."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        copy_content(tmp_path / name)
    say_hello(tmp_path / "two", "第二版")
    (tmp_path / "..data").symlink_to("one")
    content = tmp_path / "content"
    content.mkdir()
    for part in PARTS:
        (content / part).symlink_to(tmp_path / "..data" / part)

    async with edits_of(content) as edits:
        (tmp_path / "..data_tmp").symlink_to("two")
        os.replace(tmp_path / "..data_tmp", tmp_path / "..data")  # noqa: PTH105 - the very call
        await until(lambda: edits.greeting == "第二版")

    assert edits.live.bundle.version == load_content(tmp_path / "two").version


async def test_links_of_single_files_are_followed_and_their_hidden_folder_is_not_read(tmp_path: Path) -> None:
    folder = copy_content(tmp_path / "content")
    plain = load_content(folder).version
    dialogs = folder / "dialogs"
    for name in ("..2026_a", "..2026_b"):
        (dialogs / name).mkdir()
        for file in dialogs.glob("*.yaml"):
            shutil.copy(file, dialogs / name / file.name)
    (dialogs / "..data").symlink_to("..2026_a")
    for file in [*dialogs.glob("*.yaml")]:
        file.unlink()
        file.symlink_to(f"..data/{file.name}")
    put(dialogs / "..2026_b", "notices.yaml", "您好！", "第二版！")

    async with edits_of(folder) as edits:
        (dialogs / "..data_tmp").symlink_to("..2026_b")
        os.replace(dialogs / "..data_tmp", dialogs / "..data")  # noqa: PTH105 - the very call
        await until(lambda: edits.greeting.startswith("第二版！"))

    assert edits.first.version == plain


async def test_what_an_editor_leaves_aside_is_not_content(tmp_path: Path) -> None:
    async with edits_of(copy_content(tmp_path)) as edits:
        for name in (".notices.yaml.swp", ".#terms.yaml", "#terms.yaml#", "terms.yaml~", "~$terms.yaml", "._a.yaml"):
            (edits.folder / "knowledge" / name).write_text("half", encoding="utf-8")
            (edits.folder / "knowledge" / "clauses" / name).write_text("half", encoding="utf-8")
        await asyncio.sleep(1.5)

    assert len(edits.told) == 1
    assert load_content(edits.folder).version == edits.first.version


async def test_without_any_news_from_the_system_an_edit_is_found_by_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def deaf(*_paths: Path, **_options: object) -> AsyncIterator[set[object]]:
        await asyncio.sleep(0.7)
        yield set()

    monkeypatch.setattr("bot.content.watching.awatch", deaf)
    async with edits_of(copy_content(tmp_path)) as edits:
        say_hello(edits.folder, "没人告诉我")
        await until(lambda: edits.greeting == "没人告诉我")


async def test_a_system_with_no_watch_left_to_give_is_looked_at_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_paths: Path, **_options: object) -> AsyncIterator[set[object]]:
        if _paths:
            raise OSError("OS file watch limit reached")
        yield set()

    monkeypatch.setattr("bot.content.watching.awatch", refuse)
    async with edits_of(copy_content(tmp_path)) as edits:
        say_hello(edits.folder, "没有名额")
        await until(lambda: edits.greeting == "没有名额")


async def test_content_on_which_a_conversation_fails_is_refused(tmp_path: Path) -> None:
    def fail(bundle: Bundle) -> None:
        if bundle.notices[Notice.GREET] == "坏的":
            raise LookupError("a sentence of the program")

    async with edits_of(copy_content(tmp_path), fail) as edits:
        say_hello(edits.folder, "坏的")
        await until(lambda: edits.live.status.refused is not None)
        refused = edits.live.status.refused
        say_hello(edits.folder, "好的")
        await until(lambda: edits.greeting == "好的")

    assert refused is not None
    assert "LookupError" in str(refused.problems[0])
    assert edits.live.status.refused is None


async def test_a_file_that_was_only_touched_changes_nothing(tmp_path: Path) -> None:
    async with edits_of(copy_content(tmp_path)) as edits:
        (edits.folder / NOTICES).touch()
        await asyncio.sleep(1.5)

    assert len(edits.told) == 1
    assert edits.live.bundle is edits.first


async def test_a_pipe_and_a_huge_file_in_the_folder_do_not_end_the_watch(tmp_path: Path) -> None:
    async with edits_of(copy_content(tmp_path)) as edits:
        os.mkfifo(edits.folder / "knowledge/pipe.yaml")
        await until(lambda: edits.live.status.refused is not None)
        (edits.folder / "knowledge/pipe.yaml").unlink()
        with (edits.folder / "knowledge/backup.zip").open("wb") as file:
            file.truncate(50_000_000_000)
        await until(lambda: "backup.zip" in str(edits.live.status.refused))
        (edits.folder / "knowledge/backup.zip").unlink()
        say_hello(edits.folder, "还在")

        await until(lambda: edits.greeting == "还在")


async def test_two_that_watch_one_folder_come_to_one_version(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    async with edits_of(folder) as one, edits_of(folder) as other:
        say_hello(folder, "两台都要")
        await until(lambda: one.greeting == other.greeting == "两台都要")

    assert one.live.bundle.version == other.live.bundle.version


async def test_the_collector_and_the_switching_of_threads_are_as_before(tmp_path: Path) -> None:
    before = sys.getswitchinterval(), gc.get_threshold()
    async with edits_of(copy_content(tmp_path)) as edits:
        say_hello(edits.folder, "您好呀")
        await until(lambda: edits.greeting == "您好呀")
        put(edits.folder, NOTICES, "greet", "gret")
        await until(lambda: edits.live.status.refused is not None)

    assert (sys.getswitchinterval(), gc.get_threshold()) == before
