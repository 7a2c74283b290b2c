"""The guides for staff are played as they are written: each edit, each command and what comes out."""

import re
import shutil
from pathlib import Path

import pytest

from bot.content.loading import shipped_content, version_of
from tests.changes.repositories import commit, git
from tests.content.folders import copy_content
from tests.guides import Player, blocks_of, source_text
from tests.test_live_editing import ready
from tests.test_live_editing import run as run_server
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ROOT / "docs" / "guides"
PLAYED = ("change-a-policy.md", "add-a-document.md", "write-a-case.md")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with content, some cases and a first commit, and the current folder; the texts lie beside it."""
    folder, texts = tmp_path / "policybot", tmp_path / "policy-texts"
    folder.mkdir()
    copy_content(folder)
    for name in ("tests/cases/bda-data-industry.yaml", "tests/conversations/guided.yaml"):
        (folder / name).parent.mkdir(parents=True)
        shutil.copy(shipped_content() / name, folder / name)
    shutil.copytree(shipped_content() / "schemas", folder / "schemas")
    git(folder, "init", "-q")
    commit(folder, "first")
    texts.mkdir()
    bda = "bda-data-industry"
    (texts / f"{bda}.md").write_text(source_text(folder / f"knowledge/clauses/{bda}.yaml"), encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("POLICYBOT_CONTENT", str(folder))
    return folder


@pytest.mark.parametrize("name", PLAYED)
def test_a_guide_works_as_it_is_written(name: str, checkout: Path) -> None:
    first = version_of(checkout)
    player = Player(checkout)

    player.play(blocks_of(GUIDES / name))

    assert player.commands
    assert version_of(checkout) == first
    assert git(checkout, "status", "--porcelain") == ""


def test_a_server_refuses_the_half_done_edit_of_the_guide_and_takes_the_whole(checkout: Path) -> None:
    changes = [block for block in blocks_of(GUIDES / "change-a-policy.md") if block.deed]
    player = Player(checkout)

    with run_server(checkout) as (address, _):
        first = ready(address)
        for block in changes[:2]:
            player.edit(block)
        wait_until(lambda: "content_refused" in ready(address))
        refused = ready(address)
        for block in changes[2:]:
            player.edit(block)
        wait_until(lambda: ready(address)["content_version"] == version_of(checkout))
        taken = ready(address)

    assert refused["content_version"] == first["content_version"] != taken["content_version"]
    assert "原文短语里找不到 120 万元" in refused["content_refused"]["problems"][0]
    assert "content_refused" not in taken


def test_every_guide_is_played() -> None:
    for_platforms = {path.name for path in GUIDES.glob("*.zh-CN.md")}  # of consoles that no test can click

    assert {path.name for path in GUIDES.glob("*.md")} - for_platforms == {"README.md", *PLAYED}


@pytest.mark.parametrize("path", sorted(GUIDES.glob("*.md")), ids=lambda path: path.name)
def test_every_place_that_a_guide_points_to_exists(path: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!http)([^)#]*)(?:#([^)]+))?\)", path.read_text(encoding="utf-8")):
        file = path.parent / target if target else path

        assert file.is_file()
        assert not anchor or anchor in anchors_of(file)


def anchors_of(file: Path) -> set[str]:
    """The anchors of the headings, as the site makes them: lower case, no punctuation, dashes for spaces."""
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
