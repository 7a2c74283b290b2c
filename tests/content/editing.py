"""Edits of content folders, as staff, editors, git and deployments make them."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

Tree = Any
NOTICES, QUESTIONS, FLOW = "dialogs/notices.yaml", "dialogs/questions.yaml", "dialogs/flow.yaml"
EMPTY: tuple[Tree, ...] = ({"any": []}, {"all": []})


def put(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a passage of a file in place; it must be there."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def put_by_rename(folder: Path, name: str, old: str, new: str) -> None:
    """The same as an editor does it that writes beside the file and renames."""
    target = folder / name
    text = target.read_text(encoding="utf-8")
    assert old in text
    beside = target.with_name(f".{target.name}.swap")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    os.replace(beside, target)  # noqa: PTH105 - the very call


def edit(folder: Path, name: str, change: Callable[[Tree], None]) -> None:
    """Change a file as a tree of text; it is written as JSON, which is YAML too."""
    tree = YAML(typ="base", pure=True).load((folder / name).read_text(encoding="utf-8"))
    change(tree)
    (folder / name).write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")


def say_hello(folder: Path, words: str, **others: str) -> None:
    """Another greeting, and other notices by their names, in place."""
    edit(folder, NOTICES, lambda tree: tree["notices"].update(greet=words, **others))


def ask_later(folder: Path, name: str) -> None:
    """Take a question out of the core ones; it is asked with a topic of its own."""

    def change(tree: Tree) -> None:
        tree["core"].remove(name)
        tree["topics"].append({"id": "moved", "label": "以前先问的", "attributes": [name], "words": []})

    edit(folder, FLOW, change)


def remove_option(folder: Path, name: str, value: str) -> None:
    """Take an option away from a question; its value stays."""

    def change(tree: Tree) -> None:
        question = tree["questions"][name]
        question["choices"] = [choice for choice in question["choices"] if choice["value"] != value]

    edit(folder, QUESTIONS, change)


def remove_attribute(folder: Path, name: str) -> None:
    """Take away an attribute with its question, all conditions on it, and the clauses whose sum needs it."""
    edit(folder, "knowledge/attributes.yaml", lambda tree: tree["attributes"].pop(name))
    edit(folder, QUESTIONS, lambda tree: tree["questions"].pop(name, None))
    edit(folder, FLOW, lambda tree: _forget(tree, name))
    for file in sorted((folder / "knowledge/clauses").glob("*.yaml")):
        edit(folder, f"knowledge/clauses/{file.name}", lambda tree: _without_conditions_on(name, tree))
        remove_clauses(folder, file.name, lambda clause: name in json.dumps(clause.get("benefit", {})))
    edit(folder, "knowledge/documents.yaml", lambda tree: _without_conditions_on(name, tree))


def remove_clauses(folder: Path, file: str, is_gone: Callable[[Tree], bool]) -> None:
    """Take clauses away, and what combining says of them."""
    gone: set[str] = set()

    def drop(tree: Tree) -> None:
        parts = (
            (tree["document"], clause["article"], clause.get("part")) for clause in tree["clauses"] if is_gone(clause)
        )
        gone.update("/".join(part for part in place if part) for place in parts)
        tree["clauses"] = [clause for clause in tree["clauses"] if not is_gone(clause)]

    def drop_rules(tree: Tree) -> None:
        for kind, rules in tree["combining"].items():
            for rule in rules:
                rule["clauses"] = [clause for clause in rule["clauses"] if clause not in gone]
            tree["combining"][kind] = [rule for rule in rules if len(rule["clauses"]) > 1]

    edit(folder, f"knowledge/clauses/{file}", drop)
    edit(folder, "knowledge/documents.yaml", drop_rules)


def _forget(tree: Tree, name: str) -> None:
    for key in ("core", "direct"):
        tree[key] = [one for one in tree[key] if one != name]
    for topic in tree["topics"]:
        topic["attributes"] = [one for one in topic["attributes"] if one != name]
    tree["topics"] = [topic for topic in tree["topics"] if topic["attributes"]]
    tree["premises"].pop(name, None)


def _without_conditions_on(name: str, tree: Tree) -> None:
    parts = list(tree.values()) if isinstance(tree, dict) else tree if isinstance(tree, list) else []
    for part in parts:
        _without_conditions_on(name, part)
        if isinstance(part, list):
            part[:] = [one for one in part if not (isinstance(one, dict) and (name in one or one in EMPTY))]
