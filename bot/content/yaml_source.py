"""Strict YAML: every scalar stays text until a schema reads it, and every value knows its line and column."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.tag import Tag

from bot.content.files import MAX_BYTES, read_start
from bot.content.problems import Problem

Tree = str | None | list["Tree"] | dict[str, "Tree"]
TreePath = tuple[str | int, ...]
TOO_LARGE = "文件太大", f"一个文件最多 {MAX_BYTES // 1_000_000} MB，请拆开"
_UNTAGGED = Tag(suffix="tag:yaml.org,2002:str")
_LOOK_AT = "看看这一行和上一行的缩进、冒号后的空格、引号和括号是否成对"
_BEGIN_BEFORE = ("unexpected end of stream", "could not find expected ':'")
"""Problems that the parser meets only behind the line that is wrong."""
_MISTAKES = (
    (
        "mapping values are not allowed",
        "这里不该有冒号",
        "文字里有冒号的，给整段文字加引号；再看看上一行有没有少写冒号、缩进对不对",
    ),
    ("could not find expected ':'", "少了冒号", "写成「键: 值」，用英文的冒号，后面空一格"),
    ("expected <block end>", "缩进和上面对不上", "同一级的几行要左边对齐"),
    ("expected key", "缩进和上面对不上", "同一级的几行要左边对齐"),
    ("expected '-'", "缩进和上面对不上", "同一级的几行要左边对齐"),
    ("expected ',' or", "方括号或花括号没有写完", "看看括号是否成对、逗号有没有漏、是不是写成了中文的逗号或冒号"),
    ("expected node content", "方括号或花括号没有写完", "看看括号是否成对、逗号有没有漏、是不是写成了中文的逗号或冒号"),
    ("unexpected end of stream", "引号没有写完", "看看引号是否成对"),
    ("single document", "一个文件里只能有一份内容", "去掉「---」这一行"),
    ("undefined alias", "不支持锚点（& 和 *）", "请把内容直接写出来"),
)


@dataclass(slots=True)
class YamlSource:
    """One YAML file as read: its tree of text, lists and mappings, and the problems met so far."""

    file: str
    tree: Tree = None
    text: str = ""
    root: Node | None = None
    """The tree with its marks, ten times as large: made again from the text when there is something to report."""
    problems: list[Problem] = field(default_factory=list)
    spoilt: set[TreePath] = field(default_factory=set)
    """Paths whose value could not be taken over; nothing more is said of them."""

    def report(self, path: TreePath, what: str, hint: str = "") -> None:
        """Note a problem at a path of the tree."""
        if path in self.spoilt:
            return
        line, column = self.place(path)
        self.problems.append(Problem(self.file, line, column, ".".join(str(part) for part in path), what, hint))

    def place(self, path: TreePath) -> tuple[int, int]:
        """Line and column, from 1, of a path of the tree, or of the nearest part above it that is there."""
        if self.root is None and self.text:
            self.root = _composer().compose(self.text)
        return _mark(self.root, path)


def read_yaml(folder: Path, name: str) -> YamlSource:
    """Read one file of the content folder; whatever is wrong with it stands in `problems`."""
    source = YamlSource(name)
    try:
        raw = read_start(folder / name)
    except OSError:
        source.report((), "找不到或读不了这个文件")
        return source
    if len(raw) > MAX_BYTES:
        source.report((), *TOO_LARGE)
        return source
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        source.problems.append(Problem(name, line, 1, "", "不是 UTF-8 编码的文字", "请用 UTF-8 另存"))
        return source
    _compose(source, text)
    return source


def _compose(source: YamlSource, text: str) -> None:
    try:
        source.root = _composer().compose(text)
    except MarkedYAMLError as error:
        line, column = _mistake_place(error)
        what, hint = _syntax_mistake(error, text.splitlines()[line - 1 : line])
        source.problems.append(Problem(source.file, line, column, "", what, hint))
        return
    except (YAMLError, RecursionError) as error:
        line, column = _character_place(text, error)
        source.problems.append(Problem(source.file, line, column, "", "有不能用的字符，或嵌套太深", "改写这一行"))
        return
    if source.root is None:
        source.report((), "文件是空的")
        return
    source.tree = _TreeReader(source).read(source.root, ())
    if source.tree is None and not source.problems:
        source.report((), "文件是空的")
    source.text, source.root = text, None


def _mistake_place(error: MarkedYAMLError) -> tuple[int, int]:
    """The line and the column that the parser names; where it began, of what is seen only at the end."""
    begins_before = any(part in f"{error.problem}" for part in _BEGIN_BEFORE)
    mark = (begins_before and error.context_mark) or error.problem_mark or error.context_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _composer() -> YAML:
    yaml = YAML(typ="safe")
    yaml.Resolver = _NoResolver
    return yaml


class _NoResolver(VersionedResolver):
    """Takes no text for a number, a date or the like: a dozen patterns tried on each scalar were most of the time."""

    def resolve(self, kind: object, value: object, implicit: object) -> Tag:  # noqa: ARG002  (the parser gives them)
        """The one tag of whatever bears none of its own."""
        return _UNTAGGED


def _syntax_mistake(error: MarkedYAMLError, line: Sequence[str]) -> tuple[str, str]:
    """What is wrong and a hint, from what the parser stumbled over and the line where it did."""
    indentation = line[0][: len(line[0]) - len(line[0].lstrip())] if line else ""
    if "\t" in indentation:
        return "这一行用了制表符（Tab）缩进", "请改成空格"
    found = f"{error.problem} {error.context}"
    return next(((what, hint) for part, what, hint in _MISTAKES if part in found), ("YAML 写法有误", _LOOK_AT))


def _character_place(text: str, error: Exception) -> tuple[int, int]:
    position = getattr(error, "position", 0) or 0
    before = text[:position]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@dataclass(slots=True)
class _TreeReader:
    """Turns nodes into a tree; a node that is met twice is an alias, and is not followed."""

    source: YamlSource
    met: set[int] = field(default_factory=set)

    def read(self, node: Node, path: TreePath) -> Tree:
        """The tree below a node; what strict YAML does not have is reported."""
        if id(node) in self.met:
            self.source.report(path, "不支持锚点（& 和 *）", "请把内容直接写出来")
            self.source.spoilt.add(path)
            return None
        self.met.add(id(node))
        if node.ctag is not _UNTAGGED:
            tag = str(node.tag).replace("tag:yaml.org,2002:", "!!")
            self.source.report(path, f"不支持标签 {tag}", "请去掉叹号开头的标签")
            self.source.spoilt.add(path)
        if isinstance(node, ScalarNode):
            return None if not node.style and node.value in {"", "~", "null"} else str(node.value)
        if isinstance(node, SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        raise TypeError(node)

    def _mapping(self, node: MappingNode, path: TreePath) -> dict[str, Tree]:
        tree: dict[str, Tree] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.source.report(path, "键必须是一个词")
                continue
            name = str(key.value)
            if name in tree:
                self._report_twice(key, (*path, name))
                continue
            tree[name] = self.read(value, (*path, name))
        return tree

    def _report_twice(self, key: ScalarNode, path: TreePath) -> None:
        """At the second of the keys: a path alone would lead to the first one."""
        line, column = key.start_mark.line + 1, key.start_mark.column + 1
        full = ".".join(str(part) for part in path)
        self.source.problems.append(
            Problem(self.source.file, line, column, full, "同一个键写了两次", "删掉一个，或合并")
        )


def _mark(root: Node | None, path: Sequence[str | int]) -> tuple[int, int]:
    """Line and column, from 1, of the deepest node that the path reaches; of a mapping's value, its key."""
    if root is None:
        return 1, 1
    node, mark = root, root.start_mark
    for part in path:
        if isinstance(node, MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == part), None)
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = (node.value[part], node.value[part])
        else:
            found = None
        if found is None:
            break
        mark, node = found[0].start_mark, found[1]
    return mark.line + 1, mark.column + 1
