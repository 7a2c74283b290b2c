"""The schemas as an editor uses them: on the tree that its own parser sees."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.content.loading import shipped_content
from bot.reference.files import KINDS, FileKind, names_of
from bot.reference.json_schemas import NOTES, keys_of, note_of, schema_text, write_schemas
from bot.reference.notes import Notes
from tests.content_fixture import shipped_bundle

ROOT = shipped_content()
BAD = ROOT / "tests/content/bad"
SHIPPED = [(kind, path) for kind in KINDS for path in sorted(ROOT.glob(kind.pattern))]


@cache
def validator(kind: str) -> Draft7Validator:
    return Draft7Validator(write_schemas(names_of(shipped_bundle().guide.knowledge))[kind])


def seen_by_an_editor(path: Path) -> Any:
    """The tree of YAML 1.2: numbers and flags as such, dates as text."""
    return with_text_dates(YAML(typ="safe").load(path.read_text(encoding="utf-8")))


def with_text_dates(tree: Any) -> Any:
    if isinstance(tree, date):
        return tree.isoformat()
    if isinstance(tree, list):
        return [with_text_dates(item) for item in tree]
    if isinstance(tree, dict):
        return {f"{key}": with_text_dates(value) for key, value in tree.items()}
    return tree


def complaints(kind: str, tree: Any) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message}" for error in validator(kind).iter_errors(tree)]


def bad_files() -> Iterator[tuple[str, Path]]:
    """Bad files whose mistake is one of the shape, and the kind of file that they stand for."""
    for path in sorted(BAD.glob("*.yaml")):
        target = path.read_text(encoding="utf-8", errors="replace").split(":", 2)[1].strip()
        kinds = [kind.name for kind in KINDS if Path(target).match(kind.pattern)]
        if kinds:
            yield kinds[0], path


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_schema_is_a_schema(kind: FileKind) -> None:
    Draft7Validator.check_schema(validator(kind.name).schema)


@pytest.mark.parametrize(("kind", "path"), SHIPPED, ids=lambda value: value.stem if isinstance(value, Path) else "")
def test_every_shipped_file_fits_its_schema(kind: FileKind, path: Path) -> None:
    assert complaints(kind.name, seen_by_an_editor(path)) == []


def test_an_editor_finds_most_mistakes_of_shape() -> None:
    found: list[str] = []
    missed: list[str] = []
    for kind, path in bad_files():
        try:
            tree = seen_by_an_editor(path)
        except (YAMLError, ValueError):
            continue
        (found if complaints(kind, tree) else missed).append(path.stem)

    assert {"unknown-key", "misspelt-tier", "unknown-contact", "unknown-policy", "bad-sum", "bad-percent"} <= set(found)
    assert {"unknown-attribute", "two-attributes-in-one-condition", "ceiling-with-cap", "missing-notice"} <= set(found)
    assert len(found) > 80, missed


@pytest.mark.parametrize(
    ("kind", "tree"),
    [
        ("terms", {"terms": [{"name": 2024, "meaning": "年份"}]}),
        ("terms", {"terms": [{"name": "年份", "meaning": "年份", "synonyms": "年"}]}),
        ("attributes", {"attributes": {"x": {"type": "bool", "label": "某", "changeable": False}}}),
        ("attributes", {"attributes": {"x": {"type": "bool", "label": "某", "changeable": "false"}}}),
        ("flow", {**seen_by_an_editor(ROOT / "dialogs/flow.yaml"), "page_size": 7}),
    ],
    ids=["number as text", "one of a list", "flag", "quoted flag", "number"],
)
def test_what_an_editor_reads_otherwise_is_still_right(kind: str, tree: Any) -> None:
    assert complaints(kind, tree) == []


@pytest.mark.parametrize(
    "benefit",
    [
        {"fixed": 500000},
        {"fixed": "50万"},
        {"rate": "50%", "of": "insurance_premium", "cap": "1.2 亿元"},
        {"none": "券"},
    ],
    ids="-".join,
)
def test_sums_may_be_written_as_people_write_them(benefit: Any) -> None:
    clause = {"article": 8, "title": "某", "summary": "某", "kind": "award", "benefit": benefit}

    assert complaints("clauses", {"document": "digest-2024", "clauses": [clause]}) == []


def test_a_closed_list_offers_its_words_with_their_meaning() -> None:
    clause = validator("clauses").schema["definitions"]["ClauseShape"]["properties"]  # type: ignore[index]

    assert clause["kind"]["enum"][:2] == ["award", "subsidy"]
    assert "award（奖励）" in clause["kind"]["description"]
    assert "bda-it" in f"{clause['contacts']}"
    assert "gjj-2023-batch-3" in f"{clause['policy']}"


def test_every_key_has_a_note_and_every_note_a_key() -> None:
    notes: Notes = NOTES

    for shape, keys in notes.items():
        assert set(keys) == set(keys_of(shape)), shape
        assert all(note_of(shape, key).what for key in keys)


def test_the_schemas_in_the_repository_are_up_to_date() -> None:
    written = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").glob("*.json")}
    schemas = write_schemas(names_of(shipped_bundle().guide.knowledge))

    assert written == {name: schema_text(schema) for name, schema in schemas.items()}, "run `make schema`"


def test_the_editor_knows_which_schema_is_for_which_file() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))

    assert settings["yaml.schemas"] == {f"./schemas/{kind.name}.json": kind.pattern for kind in KINDS}
