"""The guides for staff are played as they are written: each edit, each command and what comes out."""

import re
import shutil
from pathlib import Path

import pytest

from bot.cases.files import FOLDERS
from bot.content.loading import shipped_content, version_of
from tests.changes.repositories import commit, git
from tests.content.folders import copy_content
from tests.guides import Player, blocks_of, source_text

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ROOT / "docs" / "guides"
PLAYED = ("change-a-policy.md", "add-a-document.md", "write-a-case.md")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with the content, the cases and a first commit, its folder the current one; the texts lie beside it."""
    folder, texts = tmp_path / "policybot", tmp_path / "policy-texts"
    folder.mkdir()
    copy_content(folder)
    for cases in FOLDERS:
        shutil.copytree(shipped_content() / cases, folder / cases)
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


def test_every_guide_is_played() -> None:
    assert {path.name for path in GUIDES.glob("*.md")} == {"README.md", *PLAYED}


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
