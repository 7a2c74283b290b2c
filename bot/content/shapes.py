"""A YAML tree read by its schema; every mistake is reported at its line, in Chinese."""

from collections.abc import Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from bot.content.names import did_you_mean
from bot.content.yaml_source import Tree, TreePath, YamlSource

Model = TypeVar("Model", bound=BaseModel)

_OWN = frozenset(get_args(ErrorType))
_SAID = {
    "extra_forbidden": "不认识的键",
    "string_type": "应为文字",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "tuple_type": "应为列表",
    "list_type": "应为列表",
    "dict_type": "应为「键: 值」",
    "model_type": "应为「键: 值」",
    "too_short": "不能是空的",
    "string_pattern_mismatch": "不能是空的",
}


def read_shape(source: YamlSource, model: type[Model], tree: Tree, path: TreePath = ()) -> Model | None:
    """The tree as the model, or None when it does not fit; what is wrong is reported in the source."""
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _report(source, model, detail, path)
        return None


def _report(source: YamlSource, model: type[BaseModel], detail: ErrorDetails, path: TreePath) -> None:
    where = (*path, *_steps(source.tree, path, detail["loc"]))
    name, kind, given = str(detail["loc"][-1]) if detail["loc"] else "", detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "missing":
        source.report(where, f"缺少 {name}")
    elif kind == "extra_forbidden":
        source.report(where, "不认识的键", did_you_mean(name, _keys_at(model, detail["loc"][:-1])))
    elif given is None:
        source.report(where, "这一项是空的", "写上内容，或删掉这一行")
    elif kind in ("enum", "literal_error"):
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
        source.report(
            where, f"不能是「{given}」", did_you_mean(str(given), allowed) or f"应为以下之一：{'、'.join(allowed)}"
        )
    elif kind in ("greater_than_equal", "less_than_equal"):
        source.report(where, f"不能小于 {context['ge']}" if "ge" in context else f"不能大于 {context.get('le')}")
    else:
        source.report(where, _SAID.get(kind, "写法不对" if kind in _OWN else detail["msg"]))


def _steps(tree: Tree, path: TreePath, loc: Sequence[int | str]) -> TreePath:
    """The parts of a location that are keys or places in the tree; pydantic adds names of union members."""
    node: Any = tree
    for part in path:
        node = node[part]
    found: list[int | str] = []
    for part in loc:
        is_key = isinstance(node, dict) and part in node
        if is_key or (isinstance(node, list) and isinstance(part, int) and part < len(node)):
            found.append(part)
            node = node[part]
    return tuple(found)


def _keys_at(model: type[BaseModel], loc: Sequence[int | str]) -> list[str]:
    """The keys that a model knows at a location."""
    here = model
    for part in loc:
        inner = [info.annotation for name, info in here.model_fields.items() if part in (name, info.alias)]
        here = next((found for annotation in inner for found in _models_in(annotation)), here)
    return sorted(info.alias or name for name, info in here.model_fields.items())


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
