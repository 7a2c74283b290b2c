"""Staff's templates, compiled when the content is loaded, in a sandbox in which an unknown field is an error."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.policy.memo import Memo
from bot.rendering.kept_views import ExportKeptView, HandOffView
from bot.rendering.repair_views import ChoiceView, CompanyView, WelcomeBackView
from bot.rendering.samples import sample_views
from bot.rendering.views import VIEWS, View

QUOTING = (ExportKeptView, HandOffView, WelcomeBackView, CompanyView, ChoiceView)
"""Views in which what a person wrote or a company's name may stand: their texts are not kept."""
KEPT = 200
TemplateProblem = tuple[str, int, str]
"""The file's name, the line from 1, and what is wrong, in Chinese."""
_OTHERS = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_FAILURES = (TemplateError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_SAID: tuple[tuple[type[Exception], str], ...] = (
    (SecurityError, "模板不能用程序内部的东西"),
    (ZeroDivisionError, "模板里除以了 0"),
    (TypeError, "模板把文字和数字混着算，或用错了过滤器"),
    (Exception, "模板填上内容就会出错"),
)


class Templates:
    """The templates of one kind of output; every view has one, named after it (`AskView` → ask.txt).

    `kind` is a folder of `folder`; what it does not have is taken from `text`, which has all. The files are read once,
    here: what changes on disk counts from the next load. A file that can't be used stands in `problems`.
    """

    def __init__(self, folder: Path, kind: str = "text") -> None:
        self._environment = ImmutableSandboxedEnvironment(
            undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False, auto_reload=False
        )
        self._compiled: dict[type[View], Template] = {}
        self._problems: list[TemplateProblem] = []
        self._own: list[type[View]] = []
        self._rendered: Memo[View, str] = Memo(KEPT)
        for view in VIEWS:
            name = template_name(view)
            is_own = kind == "text" or (folder / kind / name).is_file()
            found = [*self._compile(view, folder / (kind if is_own else "text") / name)]
            if is_own:  # what is wrong with one of `text` is told there
                self._own.append(view)
                self._problems += found

    def render(self, view: View) -> str:
        """The text of a view, without blank lines around it; that of an equal one is kept unless it quotes somebody."""
        if isinstance(view, QUOTING):
            return self._render(view)
        return self._rendered.of(view, lambda: self._render(view))

    def _render(self, view: View) -> str:
        values = {field.name: getattr(view, field.name) for field in fields(view)}
        return re.sub(r"\n{3,}", "\n\n", self._compiled[type(view)].render(values)).strip()

    def problems(self) -> list[TemplateProblem]:
        """What is wrong with the templates, each of which is filled with samples to find out."""
        spoilt = {name for name, _, _ in self._problems}
        sound = [view for view in self._own if template_name(view) not in spoilt]
        failed = [problem for view in sound for problem in self._try(view)]
        return [*self._problems, *dict.fromkeys(failed)]

    def _compile(self, view: type[View], path: Path) -> Iterator[TemplateProblem]:
        name = path.name
        try:
            source = path.read_text(encoding="utf-8-sig")
            tree = self._environment.parse(source)
            code = self._environment.compile(tree, name, name)
        except TemplateSyntaxError as error:
            yield name, error.lineno, "模板写法有误"
        except (OSError, UnicodeDecodeError):
            yield name, 1, "找不到或读不了这个模板"
        except (SyntaxError, RecursionError):
            yield name, 1, "模板嵌套太深"
        else:
            self._compiled[view] = Template.from_code(self._environment, code, self._environment.make_globals(None))
            yield from _misfits(view, tree)

    def _try(self, view: type[View]) -> Iterator[TemplateProblem]:
        for sample in sample_views(view):
            try:
                self.render(sample)
            except _FAILURES as error:
                yield template_name(view), _line_of(error, template_name(view)), _say(error)


def template_name(kind: type[View]) -> str:
    """The file of a view's template: `AskPremisesView` → ask_premises.txt."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__.removesuffix("View")).lower() + ".txt"


def _misfits(view: type[View], tree: nodes.Template) -> Iterator[TemplateProblem]:
    """Where a template and its view don't fit together, as far as the text of the template shows it."""
    name = template_name(view)
    for node in tree.find_all(_OTHERS):
        yield name, node.lineno, "模板里不能引用别的模板；把那一段直接写进来"
    used, given = meta.find_undeclared_variables(tree), {field.name for field in fields(view)}
    first = {node.name: node.lineno for node in reversed([*tree.find_all(nodes.Name)])}
    for field in sorted(used - given):
        yield name, first.get(field, 1), f"模板用了没有的字段 {field}"
    for field in sorted(given - used):
        yield name, 1, f"模板没有用到字段 {field}"


def _line_of(error: BaseException, name: str) -> int:
    """The line of the template at which it failed."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _say(error: Exception) -> str:
    unknown = re.search(r"has no (?:attribute|element) '?(\w+)'?|'(\w+)' is undefined", str(error))
    if isinstance(error, UndefinedError) and unknown:
        return f"模板用了没有的字段 {unknown[1] or unknown[2]}"
    return next(said for kind, said in _SAID if isinstance(error, kind))
