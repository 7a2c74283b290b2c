"""Benefits as staff write them, read into formulas, ceilings and tiers."""

from collections.abc import Mapping
from decimal import Decimal

from bot.content.condition_syntax import read_conditions
from bot.content.names import lookup
from bot.content.schemas import NoFigureShape, SumShape, TiersShape
from bot.content.shapes import read_shape
from bot.content.yaml_source import Tree, TreePath, YamlSource
from bot.policy.attributes import Attribute, AttributeType
from bot.policy.clauses import Benefit, Ceiling, Formula, NoFigure, Tiers


def read_benefit(source: YamlSource, tree: Tree, path: TreePath, attributes: Mapping[str, Attribute]) -> Benefit:
    """The benefit; mistakes are reported, and stand as no figure."""
    if tree is None:
        return NoFigure()
    if isinstance(tree, dict) and "none" in tree:
        without = read_shape(source, NoFigureShape, tree, path)
        return NoFigure(without.none if without else "")
    if isinstance(tree, dict) and "tiers" in tree:
        return _tiers(source, tree, path, attributes)
    shape = read_shape(source, SumShape, tree, path)
    return NoFigure() if shape is None else _sum(source, shape, path, attributes)


def _tiers(source: YamlSource, tree: Tree, path: TreePath, attributes: Mapping[str, Attribute]) -> Benefit:
    shape = read_shape(source, TiersShape, tree, path)
    tiers = []
    for index, tier in enumerate(shape.tiers if shape else ()):
        here = (*path, "tiers", index)
        when = read_conditions(source, tier.when, (*here, "when"), attributes)
        tiers.append((when, _sum(source, tier, here, attributes)))
    return Tiers(tuple(tiers))


def _sum(source: YamlSource, shape: SumShape, path: TreePath, attributes: Mapping[str, Attribute]) -> Formula | Ceiling:
    if shape.ceiling is not None:
        return Ceiling(shape.ceiling, shape.per)
    plus = _attributes(source, shape.of, (*path, "of"), attributes)
    minus = _attributes(source, shape.minus, (*path, "minus"), attributes)
    if shape.fixed is not None:
        rate = Decimal(-1) if minus else Decimal(0)
        return Formula(shape.fixed, rate, minus, (), shape.cap, shape.upper_bound, shape.per)
    return Formula(Decimal(0), shape.rate or Decimal(0), plus, minus, shape.cap, shape.upper_bound, shape.per)


def _attributes(
    source: YamlSource, names: tuple[str, ...], path: TreePath, attributes: Mapping[str, Attribute]
) -> tuple[Attribute, ...]:
    found = []
    for name in names:
        attribute = lookup(source, attributes, name, path, "属性")
        if attribute is not None and attribute.type is not AttributeType.YUAN:
            source.report(path, f"{name} 不是金额属性")
        elif attribute is not None:
            found.append(attribute)
    return tuple(found)
