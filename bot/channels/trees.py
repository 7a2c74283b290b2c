"""JSON as platforms speak it: written in one way, read with tolerance: what is not as it should be is not there."""

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType

Tree = Mapping[str, object]
EMPTY: Tree = MappingProxyType({})
LONGEST_NAME = 512


def read_object(text: str | bytes) -> Tree | None:
    """The JSON object in a text; None when there is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # a UnicodeDecodeError is a ValueError
        return None
    return found if isinstance(found, dict) else None


def dump_json(value: object) -> bytes:
    """The value as platforms take it: UTF-8 without \\u escapes, the same bytes for the same content."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def object_at(tree: Tree, name: str) -> Tree:
    """The object of this name, also one that is written as a string; empty when there is none."""
    found = tree.get(name)
    if isinstance(found, str):
        return read_object(found) or EMPTY
    return found if isinstance(found, dict) else EMPTY


def objects_at(tree: Tree, name: str) -> Iterator[Tree]:
    """The objects in the list of this name."""
    found = tree.get(name)
    return (one for one in (found if isinstance(found, list) else ()) if isinstance(one, dict))


def strings_at(tree: Tree, name: str) -> tuple[str, ...]:
    """The strings in the list of this name."""
    found = tree.get(name)
    return tuple(one for one in (found if isinstance(found, list) else ()) if isinstance(one, str))


def string_at(tree: Tree, name: str) -> str:
    """The string of this name, a number as its digits; empty when there is none."""
    found = tree.get(name)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    if not isinstance(found, str):
        return ""
    return found if found.isascii() else found.encode("utf-8", "replace").decode()  # it may have half a pair


def name_at(tree: Tree, name: str) -> str:
    """The identifier of this name; empty when there is none or it is none."""
    found = string_at(tree, name).strip()
    return found if len(found) <= LONGEST_NAME and found.isprintable() else ""


def number_at(tree: Tree, name: str) -> int:
    """The whole number of this name, also one that is written as a string; 0 when there is none."""
    found = string_at(tree, name)
    return int(found) if found.isascii() and found.isdigit() and len(found) < 20 else 0
