"""Facts of an enterprise as staff write them: the names and values of the attributes, sums like 50万."""

from collections.abc import Iterator, Mapping

from bot.content.names import did_you_mean, lookup
from bot.content.yaml_source import Tree, TreePath, YamlSource
from bot.policy.attributes import Attribute, AttributeType, Profile, Value
from bot.policy.money import parse_yuan
from bot.policy.values import value_from_json

FLAGS: Mapping[str, bool] = {"true": True, "false": False}
NO_SUM = "读不懂这个金额，可以写 50万、1.2亿、8000，不到 100 万写 [..1000000)"


def value_as_written(attribute: Attribute, tree: object) -> Value:
    """The value that staff wrote; ValueError says in Chinese what is expected."""
    match attribute.type:
        case AttributeType.BOOL:
            return value_from_json(attribute, FLAGS.get(tree, tree) if isinstance(tree, str) else tree)
        case AttributeType.YUAN if isinstance(tree, str):
            return _sum(attribute, tree)
        case _:
            return value_from_json(attribute, tree)


def _sum(attribute: Attribute, text: str) -> Value:
    try:
        return value_from_json(attribute, parse_yuan(text))
    except ValueError:
        pass
    try:
        return value_from_json(attribute, text)
    except ValueError:
        raise ValueError(f"{attribute.name} {NO_SUM}") from None


def read_given(source: YamlSource, tree: Tree, path: TreePath, attributes: Mapping[str, Attribute]) -> Profile:
    """The facts as a profile; what can't be read is reported at its place."""
    if not isinstance(tree, dict | None):
        source.report(path, "应为「属性: 值」", "例如 {region: 经开区, insurance_premium: 30万}")
        return Profile()
    return Profile(dict(_values(source, tree or {}, path, attributes)))


def _values(
    source: YamlSource, tree: Mapping[str, Tree], path: TreePath, attributes: Mapping[str, Attribute]
) -> Iterator[tuple[str, Value]]:
    for name, written in tree.items():
        attribute = lookup(source, attributes, name, (*path, name), "属性")
        if attribute is None:
            continue
        if written is None:
            source.report((*path, name), "这一项是空的", "写上值；不知道的属性就不要写这一行")
            continue
        try:
            yield name, value_as_written(attribute, written)
        except ValueError as error:
            source.report((*path, name), str(error), _nearest(attribute, written))


def _nearest(attribute: Attribute, written: Tree) -> str:
    return did_you_mean(written, attribute.values) if isinstance(written, str) else ""
