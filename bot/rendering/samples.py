"""Views filled with samples, by which a template is tried before it is used."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import product
from typing import Any, get_args, get_type_hints

from bot.rendering.views import View

TEXT = "示例"


def sample_views(view: type[View]) -> Iterator[View]:
    """The view with every field filled, with each one left empty, and with none filled; flags both ways."""
    yield from _samples(view)


def _samples(kind: type[Any]) -> Iterator[Any]:
    hints = {field.name: get_type_hints(kind)[field.name] for field in fields(kind)}
    flags = [name for name, hint in hints.items() if hint is bool]
    filled = {name: _fill(hint) for name, hint in hints.items() if hint is not bool}
    empty = {name: type(value)() for name, value in filled.items()}
    given = [filled, empty, *({**filled, name: empty[name]} for name in filled)]
    for values, held in product(given, product((True, False), repeat=len(flags))):
        yield kind(**values, **dict(zip(flags, held, strict=True)))


def _fill(hint: object) -> object:
    """A text, or a tuple of texts or of samples."""
    if hint is str:
        return TEXT
    part = get_args(hint)[0]
    return (TEXT, TEXT) if part is str else tuple(_samples(part))
