from bot.content.loading import shipped_content
from bot.reference.files import KINDS
from bot.reference.json_schemas import NOTES
from bot.reference.pages import write_reference

PAGE = shipped_content() / "docs/reference.zh-CN.md"


def test_the_page_in_the_repository_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_reference(), "run `make schema`"


def test_the_page_names_every_file_and_every_key() -> None:
    page = write_reference()

    assert all(f"## {kind.pattern}\n" in page for kind in KINDS)
    assert [key for keys in NOTES.values() for key in keys if f"| `{key}` |" not in page] == []


def test_no_cell_of_a_table_breaks_its_row() -> None:
    rows = [line for line in write_reference().splitlines() if line.startswith("| `")]

    assert {row.replace("\\|", "").count("|") for row in rows} <= {6, 3}


def test_no_heading_is_a_word_of_the_program() -> None:
    headings = [line for line in write_reference().splitlines() if line.startswith("### ")]

    assert [heading for heading in headings if "Shape" in heading or "File" in heading] == []
