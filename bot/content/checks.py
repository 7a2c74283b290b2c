"""Checks across files: what reads well by itself but does not fit together."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.figures import figures_without_source
from bot.content.knowledge_loading import KnowledgeReader
from bot.content.lint_conditions import find_conflicts
from bot.content.lint_figures import find_phones
from bot.content.lint_names import find_twice
from bot.content.places import FLOW, Places
from bot.content.yaml_source import TreePath
from bot.dialog.flows import Guide
from bot.policy.clauses import Clause, NoFigure
from bot.policy.conditions import attributes_of

Misfit = tuple[TreePath, str, str]
"""Where in the file, what, and a hint."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The content as linked, and the reader that knows the place of each part."""

    guide: Guide
    reader: KnowledgeReader

    def report(self) -> None:
        """Report all that does not fit together at its place, to the sources of the reader."""
        flow = self.reader.source_of(FLOW)
        for misfit in (*self._unasked(), *self._unworded(), *self._premises(), *self._topics()):
            flow.report(*misfit)
        for clause in self.guide.knowledge.clauses:
            source, path = self.reader.origins[clause.id]
            for key, what, hint in _clause(clause):
                source.report((*path, key), f"{clause.id} {what}", hint)
        places = Places(self.guide, self.reader)
        for finding in (*find_conflicts(places), *find_phones(places), *find_twice(places)):
            self.reader.source_of(finding.problem.file).problems.append(finding.problem)

    def _asked(self) -> Iterator[tuple[str, TreePath]]:
        """Every attribute that the flow asks for, with its place."""
        flow = self.guide.flow
        for key, names in (("core", flow.core), ("direct", flow.direct), ("premises", flow.premises)):
            yield from ((name, (key, index)) for index, name in enumerate(names))
        for place, topic in enumerate(flow.topics):
            yield from ((name, ("topics", place, "attributes", i)) for i, name in enumerate(topic.attributes))

    def _unasked(self) -> Iterator[Misfit]:
        """Attributes on which a clause depends but which the flow never asks for."""
        asked = {name for name, _ in self._asked()}
        told: set[str] = set()
        for clause in self.guide.knowledge.clauses:
            for name in sorted(clause.attribute_names - asked - told):
                told.add(name)
                attribute = self.guide.knowledge.attributes[name]
                if attribute.default is None and attribute.default_from is None:
                    what = f"条款 {clause.id} 用到 {name}（{attribute.label}），但流程里没有问它"
                    yield ("topics",), what, "放进一个话题的 attributes，或放进 direct"

    def _unworded(self) -> Iterator[Misfit]:
        for name, path in self._asked():
            if name not in self.guide.lexicon.questions:
                yield path, f"流程要问 {name}，但没有写这个问题", "在 dialogs/questions.yaml 里写上 prompt 和 why"

    def _premises(self) -> Iterator[Misfit]:
        for document in self.guide.knowledge.documents.values():
            for name in sorted(attributes_of(document.premises) - set(self.guide.flow.premises)):
                yield ("premises",), f"{document.id} 的前提 {name} 不在 premises 里", "前提要一起问一次，加进来"

    def _topics(self) -> Iterator[Misfit]:
        seen: set[str] = set()
        for place, topic in enumerate(self.guide.flow.topics):
            if topic.id in seen:
                yield ("topics", place, "id"), f"话题 {topic.id} 写了两次", "换一个 id，或合并"
            seen.add(topic.id)


def _clause(clause: Clause) -> Iterator[tuple[str, str, str]]:
    if not clause.contacts and not clause.policy.contacts:
        yield "contacts", "没有写找谁办", "写 contacts，或给所属文件写 contacts"
    if not clause.is_claimable and not isinstance(clause.benefit, NoFigure):
        yield "benefit", "是方向或规则，不能有金额", "改成可申领的 kind，或去掉 benefit"
    if clause.is_claimable and not isinstance(clause.benefit, NoFigure) and not clause.evidence:
        yield "benefit", "有金额但没有写依据的原文短语", "在 evidence 里写出带数字的短语"
    elif missing := figures_without_source(clause):
        yield "evidence", f"的原文短语里找不到 {'、'.join(missing)}", "补上带这个数字的原文短语，或核对数字"
