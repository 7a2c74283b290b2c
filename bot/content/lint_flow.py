"""Attributes, questions and topics that no clause needs."""

from collections.abc import Iterator

from bot.content.places import ATTRIBUTES, FLOW, QUESTIONS, Places, Said
from bot.content.problems import Finding
from bot.content.yaml_source import TreePath

KEPT_HINT = "用不着就删掉；要留着的，在 knowledge/attributes.yaml 给这个属性写 kept_for：留作什么用"


def lint_flow(places: Places) -> Iterator[Finding]:
    """A reminder for each attribute, question and topic of no use; `kept_for` says that one is kept on purpose."""
    knowledge = places.guide.knowledge
    used = frozenset().union(*(clause.attribute_names for clause in knowledge.clauses))
    used |= {rule.attribute.name for rule in knowledge.combining.better_of}
    idle = knowledge.attributes.keys() - used - _kept(places)
    yield from (places.at(ATTRIBUTES, said) for said in _attributes(places, idle))
    yield from (places.at(FLOW, said) for said in _flow(places, idle))
    yield from (places.at(QUESTIONS, said) for said in _questions(places, used | _kept(places)))


def _kept(places: Places) -> frozenset[str]:
    """The attributes that staff keep though nothing uses them."""
    tree = places.tree(ATTRIBUTES)
    shapes = tree.get("attributes") if isinstance(tree, dict) else None
    named = shapes.items() if isinstance(shapes, dict) else ()
    return frozenset(name for name, shape in named if isinstance(shape, dict) and shape.get("kept_for"))


def _attributes(places: Places, idle: frozenset[str] | set[str]) -> Iterator[Said]:
    attributes = places.guide.knowledge.attributes
    stood_for = {attribute.default_from for attribute in attributes.values()}
    for name in attributes:
        if name in idle and name not in stood_for:
            yield Said(("attributes", name), f"没有条款用到 {name}（{attributes[name].label}）", KEPT_HINT)


def _flow(places: Places, idle: frozenset[str] | set[str]) -> Iterator[Said]:
    """Topics of which no clause needs anything, and single attributes elsewhere in the flow."""
    flow = places.guide.flow
    asked: list[tuple[TreePath, str]] = []
    for key, names in (("core", flow.core), ("direct", flow.direct)):
        asked += [((key, index), name) for index, name in enumerate(names)]
    asked += [(("premises", name), name) for name in flow.premises]
    for place, topic in enumerate(flow.topics):
        if topic.attributes and set(topic.attributes) <= idle:
            yield Said(("topics", place), f"话题「{topic.label}」没有条款用到", "删掉这个话题，或补上条款")
            continue
        asked += [(("topics", place, "attributes", index), name) for index, name in enumerate(topic.attributes)]
    for path, name in asked:
        if name in idle:
            yield Said(path, f"流程里有 {name}，但没有条款用到它，不会问", KEPT_HINT)


def _questions(places: Places, needed: frozenset[str]) -> Iterator[Said]:
    """Questions of attributes that neither a clause nor the flow needs."""
    flow = places.guide.flow
    topics = frozenset(name for topic in flow.topics for name in topic.attributes)
    needed |= topics | {*flow.core, *flow.direct, *flow.premises}
    for name in places.guide.lexicon.questions:
        if name not in needed:
            yield Said(
                ("questions", name), f"没有地方会问 {name}：条款和流程都没有用到", "删掉这个问题，或把它放进流程"
            )
