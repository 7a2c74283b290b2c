"""The page of all keys, for people to read."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from bot.cases.shapes import CaseShape, ConversationShape, ExcludedShape, ExpectedShape, TotalsShape
from bot.content import cells
from bot.content.schemas import (
    ClausesFile,
    ClauseShape,
    DocumentShape,
    NoFigureShape,
    StatusShape,
    SumShape,
    TierShape,
    TiersShape,
)
from bot.policy.attributes import AttributeType
from bot.reference.attribute_schemas import HOW
from bot.reference.enum_words import STATUS_WORDS, spell_out
from bot.reference.enum_words import words_of as words_of_enum
from bot.reference.files import KINDS, FileKind
from bot.reference.json_schemas import keys_of, meanings_of, note_of

HEAD = """# 每个键怎么写

这一页由 `policybot schema --reference docs/reference.zh-CN.md` 生成，不要手改；要改说明，改 `bot/reference/`。
想知道怎样写一条条款，先看 `docs/content.md`。「要写」一栏写“是”的键不能少，其余的可以不写。
"""
_CELL_WORDS: tuple[tuple[Any, str], ...] = tuple(
    (get_args(cell)[1], said)
    for cell, said in (
        (cells.Yuan, "金额，如 50万、1.2亿、8000"),
        (cells.Percent, "百分数"),
        (cells.Flag, "true 或 false"),
        (cells.Day, "日期"),
        (cells.Words, "文字"),
    )
)
_MANY = get_args(cells.Names)[1]
_SUM_LINES = "给多少钱：按比例、定额或只有上限"
_NAMES: Mapping[type[BaseModel], str] = {
    SumShape: _SUM_LINES,
    TiersShape: "给多少钱：分档",
    TierShape: "一档",
    NoFigureShape: "给多少钱：原文没有写金额",
}
_BY_HAND: Mapping[tuple[type[BaseModel], str], str] = {
    (ClauseShape, "conditions"): "条件列表",
    (ClauseShape, "benefit"): "给多少钱，三种写法",
    (DocumentShape, "scope"): "条件列表",
    (DocumentShape, "premises"): "条件列表",
    (DocumentShape, "status"): f"一个词或一项。{spell_out(STATUS_WORDS)}",
    (TierShape, "when"): "条件列表",
    (ClausesFile, "clauses"): "列表，每项是条款",
    (CaseShape, "given"): "属性: 值",
    (CaseShape, "expect"): "条款编号: 结论，或细写各项",
    (CaseShape, "totals"): "合计的各项",
    (CaseShape, "excluded"): "条款编号的列表，或编号: 原因",
    (ConversationShape, "knows"): "属性: 值",
}
_MORE: Mapping[type[BaseModel], tuple[type[BaseModel], ...]] = {
    ClausesFile: (ClauseShape, SumShape, TiersShape, TierShape, NoFigureShape),
    CaseShape: (ExpectedShape, TotalsShape, ExcludedShape),
    DocumentShape: (StatusShape,),
}
CONDITION_WORDS = {
    "any": "下面满足一项就行",
    "all": "下面都要满足",
    "not": "不能是这样",
    "unclear": "条文没有写明的，写一句话；结论停在“待定”，告诉用户去问谁",
    "say": "这个条件用大白话怎么说；any、all、unclear 不能写 say",
}


def write_reference() -> str:
    """The page: each kind of file with its keys."""
    parts = [HEAD, *(part for kind in KINDS for part in _file(kind))]
    return "\n".join(parts)


def _file(kind: FileKind) -> Iterator[str]:
    yield f"## {kind.pattern}\n\n{kind.title}。{'文件是一个列表，每项写：' if kind.is_list else ''}\n"
    for index, shape in enumerate(_shapes(kind.shape, [])):
        if index:
            yield f"### {_title(shape)}\n"
        yield _table(shape)
    if kind.shape is ClausesFile:
        yield _conditions()


def _shapes(shape: type[BaseModel], seen: list[type[BaseModel]]) -> list[type[BaseModel]]:
    """The shape and those that its keys hold, each once, in the order met."""
    if shape in seen:
        return seen
    seen.append(shape)
    for inner in _MORE.get(shape, ()):
        _shapes(inner, seen)
    for info in keys_of(shape).values():
        for inner in _models(info.annotation):
            _shapes(inner, seen)
    return seen


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _title(shape: type[BaseModel]) -> str:
    return _NAMES.get(shape) or TITLES.get(shape.__name__, shape.__name__)


TITLES = {
    "AttributeShape": "attributes 里的每个属性",
    "ContactShape": "contacts 里的每一项",
    "DocumentShape": "documents 里的每一项",
    "StatusShape": "status",
    "Span": "in_force",
    "YearSpan": "title_years",
    "CombiningShape": "combining",
    "LimitShape": "limits 里的每一项",
    "ExclusionShape": "exclusions 里的每一项",
    "BetterOfShape": "better_of 里的每一项",
    "ClauseShape": "clauses 里的每一条",
    "TermShape": "terms 里的每一项",
    "SpanningShape": "spanning 里的每一项",
    "TopicShape": "topics 里的每一项",
    "QuestionShape": "questions 里的每个问题",
    "ChoiceShape": "choices 里的每个选项",
    "CommandShape": "commands 里的每个指令",
    "RemarkShape": "small_talk 里的每一项",
    "ExpectedShape": "expect 里细写的各项",
    "TotalsShape": "totals",
    "ExcludedShape": "excluded 里细写的各项",
    "TurnShape": "turns 里的每一项",
}


def _table(shape: type[BaseModel]) -> str:
    rows = ["| 键 | 是什么 | 写成 | 要写 | 例 |", "|---|---|---|---|---|"]
    for key, info in keys_of(shape).items():
        note = note_of(shape, key)
        kind = _BY_HAND.get((shape, key)) or _kind(info.annotation, tuple(info.metadata))
        meanings = meanings_of(info.annotation)
        example = f"`{note.example}`" if note.example else ""
        cells_of_row = (f"`{key}`", note.what, meanings or kind, "是" if info.is_required() else "", example)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells_of_row) + " |")
    return "\n".join(rows) + "\n"


def _kind(annotation: object, metadata: tuple[object, ...] = ()) -> str:
    """What is written where the annotation stands, in words."""
    if said := _said_of(metadata):
        return said
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(parts[0], parts[1:])
    if origin in (Union, UnionType):
        return _kind(next(part for part in parts if part is not type(None)), metadata)
    if origin is tuple:
        return "一个，或列表" if _MANY in metadata else f"列表，每项是{_kind(parts[0])}"
    if origin is dict:
        return "键: 值" if parts[0] is str else _keyed(parts[0])
    return meanings_of(annotation) if origin is Literal else _plain(annotation)


def _said_of(metadata: tuple[object, ...]) -> str:
    return next((said for cell, said in _CELL_WORDS if cell in metadata), "")


def _keyed(key: object) -> str:
    is_closed = isinstance(key, type) and issubclass(key, StrEnum)
    return f"键: 值。键{spell_out(words_of_enum(key))}" if is_closed and isinstance(key, type) else "键: 值"


def _plain(annotation: object) -> str:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"一组键，见「{_title(annotation)}」"
    return "整数" if annotation is int else "文字"


def _conditions() -> str:
    rows = ["### 条件\n", "一个条件写一个属性，可以再写 `say`。属性是哪一类，决定怎么写：\n"]
    rows += ["| 属性的类型 | 写法 |", "|---|---|"]
    types = words_of_enum(AttributeType)
    rows += [f"| {types[kind]}（`{kind}`） | {HOW[kind]} |" for kind in AttributeType]
    rows += ["", "| 键 | 是什么 |", "|---|---|", *(f"| `{key}` | {said} |" for key, said in CONDITION_WORDS.items())]
    return "\n".join(rows) + "\n"
