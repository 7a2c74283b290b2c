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
    yield from (places.at(FLOW, said) for said in _twice(places))
    yield from (places.at(QUESTIONS, said) for said in _questions(places, used | _kept(places)))
    yield from (places.at(QUESTIONS, said) for said in _options(places))


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


def _twice(places: Places) -> Iterator[Said]:
    """Attributes that are among both the core and the direct ones or twice in a list, and topics of one name."""
    flow, met, labels = places.guide.flow, set[str](), set[str]()
    for key, names in (("core", flow.core), ("direct", flow.direct)):
        for index, name in enumerate(names):
            if name in met:
                yield Said((key, index), f"{name} 前面已经写过，只会问一次", "只留一处")
            met.add(name)
    for index, topic in enumerate(flow.topics):
        if topic.label in labels:
            yield Said(("topics", index, "label"), f"话题「{topic.label}」有两个，分不清", "换一个名字，或合并")
        labels.add(topic.label)


def _options(places: Places) -> Iterator[Said]:
    """Options that can't be told apart or come to the same, and values that no option stands for."""
    guide = places.guide
    for name, question in guide.lexicon.questions.items():
        path: TreePath = ("questions", name, "choices")
        values, labels = set[str](), set[str]()
        for index, choice in enumerate(question.choices):
            if choice.value in values or choice.label in labels:
                yield Said((*path, index), f"选项「{choice.label}」和前面的重复", "核对 value 和 label，每个选项写一次")
            values.add(choice.value)
            labels.add(choice.label)
        attribute = guide.knowledge.attributes[name]
        missing = [attribute.label_of(value) for value in attribute.values if value not in values]
        if question.choices and missing:
            yield Said(path, f"没有选项能选{'、'.join(missing)}", "补上选项；不该有的值，从 attributes.yaml 去掉")


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
