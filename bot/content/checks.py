"""Checks across files: what reads well by itself but does not fit together."""

from collections.abc import Iterator

from bot.content.problems import Problem
from bot.dialog.flows import Guide
from bot.policy.clauses import Clause, NoFigure
from bot.policy.conditions import attributes_of

CLAUSES = "knowledge/clauses/{}.yaml"


def lint(guide: Guide) -> list[Problem]:
    """All that does not fit together, each as a problem of the file to mend."""
    return [*_unasked(guide), *_clauses(guide), *_premises(guide), *_flow(guide)]


def _unasked(guide: Guide) -> Iterator[Problem]:
    """Attributes on which a clause depends but which the flow never asks for."""
    flow = guide.flow
    asked = {*flow.core, *flow.direct, *flow.premises, *(name for topic in flow.topics for name in topic.attributes)}
    used = frozenset[str]().union(*(clause.attribute_names for clause in guide.knowledge.clauses))
    for name in sorted(used - asked):
        attribute = guide.knowledge.attributes[name]
        if attribute.default is None and attribute.default_from is None:
            yield Problem(
                "dialogs/flow.yaml", 1, 1, "topics", f"条款用到 {name}，但流程里没有问它", "放进一个 topic 或 direct"
            )
    for name in sorted(asked - guide.lexicon.questions.keys()):
        yield Problem("dialogs/questions.yaml", 1, 1, "questions", f"流程要问 {name}，但没有写这个问题")


def _clauses(guide: Guide) -> Iterator[Problem]:
    for clause in guide.knowledge.clauses:
        for what, hint in _clause(clause):
            yield Problem(CLAUSES.format(clause.document.id), 1, 1, clause.id, what, hint)


def _clause(clause: Clause) -> Iterator[tuple[str, str]]:
    if not clause.contacts and not clause.policy.contacts:
        yield "没有写找谁办", "写 contacts，或给所属文件写 contacts"
    if not clause.is_claimable and not isinstance(clause.benefit, NoFigure):
        yield "方向和规则不能有金额", "改成可申领的 kind，或去掉 benefit"
    if clause.is_claimable and not isinstance(clause.benefit, NoFigure) and not clause.evidence:
        yield "有金额但没有写依据的原文短语", "在 evidence 里写出带数字的短语"


def _premises(guide: Guide) -> Iterator[Problem]:
    for document in guide.knowledge.documents.values():
        for name in sorted(attributes_of(document.premises) - set(guide.flow.premises)):
            what = f"{document.id} 的前提 {name} 不在 premises 里"
            yield Problem("dialogs/flow.yaml", 1, 1, "premises", what, "前提要一起问一次")


def _flow(guide: Guide) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for topic in guide.flow.topics:
        if topic.id in seen:
            yield Problem("dialogs/flow.yaml", 1, 1, "topics", f"话题 {topic.id} 写了两次")
        seen[topic.id] = topic.label
