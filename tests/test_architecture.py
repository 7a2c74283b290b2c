"""What the conventions say of the code as a whole: the import arrow, sizes, and the tree of errors."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot import errors

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "tests", "benchmarks")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
OF_THE_BOT = [path for path in FILES if path.is_relative_to(ROOT / "bot")]
MAX_FILE, MAX_FUNCTION, MAX_BRANCHES = 300, 40, 10
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.comprehension, ast.match_case)
TREE_LINE = re.compile(r"^(?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+)(?:  +\S.*)?$")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions_of(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def length_of(function: Function) -> int:
    """Lines from `def` to the end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def branches_of(function: Function) -> int:
    """The ways through a function: each branch, loop, case and further part of a condition is one more."""
    nodes = list(ast.walk(function))
    further = sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))
    return 1 + further + sum(isinstance(node, BRANCHES) for node in nodes)


def test_data_flows_one_way_and_the_core_is_pure() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_is_read_at_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_FILE


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_function_does_one_thing_and_imports_nothing(path: Path) -> None:
    functions = list(functions_of(path))

    long = {function.name: length_of(function) for function in functions if length_of(function) > MAX_FUNCTION}
    inner = {f.name for f in functions for node in ast.walk(f) if isinstance(node, ast.Import | ast.ImportFrom)}
    assert long == {}
    assert inner == set()


@pytest.mark.parametrize("path", OF_THE_BOT, ids=name_of)
def test_a_function_has_few_ways_through(path: Path) -> None:
    assert {f.name for f in functions_of(path) if branches_of(f) > MAX_BRANCHES} == set()


@pytest.mark.parametrize("path", OF_THE_BOT, ids=name_of)
def test_no_import_is_for_typing_only(path: Path) -> None:
    assert "TYPE_CHECKING" not in path.read_text(encoding="utf-8")


def drawn_tree() -> dict[str, str]:
    """Each error under PolicybotError in the drawing, and the one that it hangs from."""
    parents: dict[str, str] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if drawn := TREE_LINE.match(line):
            depth = len(drawn["branch"]) // 4
            above[depth:] = [drawn["name"]]
            if depth:
                parents[drawn["name"]] = above[depth - 1]
    return parents


def real_tree() -> dict[str, str]:
    """Each error of the code under PolicybotError, and its base."""
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if module.name != "bot.__main__":
            importlib.import_module(module.name)
    found: dict[str, str] = {}
    waiting = [errors.PolicybotError]
    while waiting:
        parent = waiting.pop()
        for child in parent.__subclasses__():
            if child.__module__.startswith("bot."):
                found[child.__name__] = parent.__name__
                waiting.append(child)
    return found


def test_the_errors_are_those_of_the_drawing() -> None:
    assert drawn_tree() == real_tree()


def test_every_error_says_when_it_is_raised() -> None:
    for kind in vars(errors).values():
        if inspect.isclass(kind):
            assert (kind.__doc__ or "").startswith(("Raised when ", "Base of "))


def test_no_file_of_the_project_names_a_folder_of_one_machine() -> None:
    home = re.compile(r"[\"' ](?:/home/|/root/|/Users/|/" + "work/)")

    assert [name_of(path) for path in FILES if home.search(path.read_text(encoding="utf-8"))] == []
