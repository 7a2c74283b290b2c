"""Staff's templates, compiled once in a sandbox in which an unknown field is an error."""

import re
from dataclasses import fields
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.rendering.views import VIEWS, View


class Templates:
    """The templates of one kind of output; every view has one, named after it (`AskView` → ask.txt).

    `kind` is a folder of `folder`; what it does not have is taken from `text`, which has all.
    """

    def __init__(self, folder: Path, kind: str = "text") -> None:
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([folder / kind, folder / "text"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        self._folder = folder / kind
        self._is_whole = kind == "text"
        self._compiled: dict[type[View], Template] = {}

    def render(self, view: View) -> str:
        """The text of a view, without blank lines around it."""
        kind = type(view)
        if kind not in self._compiled:
            self._compiled[kind] = self._environment.get_template(template_name(kind))
        values = {field.name: getattr(view, field.name) for field in fields(view)}
        return re.sub(r"\n{3,}", "\n\n", self._compiled[kind].render(values)).strip()

    def problems(self) -> list[tuple[str, int, str]]:
        """What is wrong with the templates: file name, line, and what, in Chinese."""
        found: list[tuple[str, int, str]] = []
        for kind in VIEWS:
            found.extend(self._problems_of(kind))
        known = {template_name(kind) for kind in VIEWS}
        found += [(path.name, 1, "没有用到的模板") for path in self._folder.glob("*.txt") if path.name not in known]
        return found

    def _problems_of(self, kind: type[View]) -> list[tuple[str, int, str]]:
        name = template_name(kind)
        if not self._is_whole and not (self._folder / name).is_file():
            return []
        try:
            source = (self._folder / name).read_text(encoding="utf-8")
            tree = self._environment.parse(source)
            self._environment.get_template(name)
        except TemplateSyntaxError as error:
            return [(name, error.lineno, "模板写法有误")]
        except (OSError, UnicodeDecodeError, TemplateError):
            return [(name, 1, "找不到或读不了这个模板")]
        used, given = meta.find_undeclared_variables(tree), {field.name for field in fields(kind)}
        unknown = [(name, 1, f"模板用了没有的字段 {field}") for field in sorted(used - given)]
        return unknown + [(name, 1, f"模板没有用到字段 {field}") for field in sorted(given - used)]


def template_name(kind: type[View]) -> str:
    """The file of a view's template: `AskTopicsView` → ask_topics.txt."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__.removesuffix("View")).lower() + ".txt"
