"""What an editor may see in the place of a value: it reads 50万 as text, 2023 as a number and true as a flag."""

from collections.abc import Iterable
from typing import TypeAlias

Schema: TypeAlias = dict[str, object]

SUM = r"([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)? ?(亿元|万元|亿|万|元)?"
DAY = r"\d{4}-\d\d-\d\d"
COMPARED = "(>=|<=|>|<)"
NULL: Schema = {"type": "null"}


def text() -> Schema:
    """Any single value: the program takes it as text."""
    return {"type": ["string", "number", "boolean"]}


def words() -> Schema:
    """A single value that says something."""
    return {"type": ["string", "number", "boolean"], "pattern": r"\S"}


def matching(pattern: str) -> Schema:
    """A text that is written so."""
    return {"type": "string", "pattern": f"^{pattern}$"}


def yuan() -> Schema:
    """A sum: 50万, or a bare number."""
    return any_of(matching(SUM), {"type": "number", "minimum": 0})


def percent() -> Schema:
    """A percentage: 30%."""
    return matching(r"\d{1,3}(\.\d+)?%")


def flag() -> Schema:
    """True or false."""
    return any_of({"type": "boolean"}, one_of_words(("true", "false")))


def day() -> Schema:
    """A day: 2027-12-31."""
    return matching(DAY)


def whole(least: int | None = None, most: int | None = None) -> Schema:
    """A whole number between two bounds."""
    bounds = {"minimum": least, "maximum": most}
    number: Schema = {"type": "integer", **{name: bound for name, bound in bounds.items() if bound is not None}}
    return any_of(number, matching(r"\d+"))


def one_of_words(values: Iterable[str]) -> Schema:
    """One of the words; an editor may have read one as a number or a flag."""
    return {"enum": list(values)}


def any_of(*schemas: Schema) -> Schema:
    """What fits one of them."""
    return {"anyOf": list(schemas)}


def one_or_list(item: Schema) -> Schema:
    """One value, or several in a list."""
    return any_of(item, {"type": "array", "items": item})


def ref(name: str) -> Schema:
    """A part that is defined once in the file."""
    return {"$ref": f"#/definitions/{name}"}
