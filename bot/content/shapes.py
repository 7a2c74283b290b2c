"""A YAML tree read by its schema; every mistake is reported at its line, in Chinese."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from bot.content.yaml_source import Tree, TreePath, YamlSource

Model = TypeVar("Model", bound=BaseModel)

_SAID = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识的键",
    "string_type": "应为文字",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "list_type": "应为列表",
    "dict_type": "应为「键: 值」",
    "model_type": "应为「键: 值」",
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
    where = (*path, *(part for part in detail["loc"] if part in _steps(source.tree, path, detail["loc"])))
    kind = detail["type"]
    if kind == "missing":
        source.report(where[:-1] if where and where[-1] == detail["loc"][-1] else where, f"缺少 {detail['loc'][-1]}")
        return
    if kind in ("enum", "literal_error"):
        source.report(
            where, f"不能是「{detail['input']}」", f"应为以下之一：{detail.get('ctx', {}).get('expected', '')}"
        )
        return
    hint = _near_key(str(detail["loc"][-1]), model) if kind == "extra_forbidden" else ""
    source.report(where, _SAID.get(kind, detail["msg"]), hint)


def _steps(tree: Tree, path: TreePath, loc: tuple[int | str, ...]) -> set[int | str]:
    """The parts of a location that are keys or places in the tree; pydantic adds names of union members."""
    node: Any = tree
    for part in path:
        node = node[part]
    found: set[int | str] = set()
    for part in loc:
        inside = (isinstance(node, dict) and part in node) or (
            isinstance(node, list) and isinstance(part, int) and part < len(node)
        )
        if inside:
            found.add(part)
            node = node[part]
    return found


def _near_key(key: str, model: type[BaseModel]) -> str:
    near = process.extractOne(key, sorted(_keys(model)), score_cutoff=60)
    return f"是不是想写 {near[0]}" if near else ""


def _keys(model: type[BaseModel]) -> set[str]:
    """The keys of a model and of all models inside it."""
    keys: set[str] = set()
    for name, info in model.model_fields.items():
        keys.add(info.alias or name)
        for inner in _models_in(info.annotation):
            keys |= _keys(inner)
    return keys


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
