"""Content that reads well, and where each part of it stands: what the finer checks look at."""

from dataclasses import dataclass

from bot.content.knowledge_loading import KnowledgeReader
from bot.content.problems import Finding, Weight
from bot.content.yaml_source import Tree, TreePath, YamlSource
from bot.dialog.flows import Guide
from bot.policy.clauses import Clause

ATTRIBUTES, CONTACTS, DOCUMENTS, TERMS = (
    f"knowledge/{name}.yaml" for name in ("attributes", "contacts", "documents", "terms")
)
FLOW, QUESTIONS, NOTICES, SMALL_TALK = (
    f"dialogs/{name}.yaml" for name in ("flow", "questions", "notices", "small_talk")
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a check has to say: where in the file, what, a hint how to mend it, and how much it weighs."""

    path: TreePath
    what: str
    hint: str = ""
    weight: Weight = Weight.REMINDER


@dataclass(frozen=True, slots=True)
class Places:
    """The content as linked, and the reader that knows the place of each part."""

    guide: Guide
    reader: KnowledgeReader

    def at(self, file: str, said: Said) -> Finding:
        """What is said, at its place in a file."""
        return _place(self.reader.source_of(file), said.path, said)

    def at_clause(self, clause: Clause, said: Said) -> Finding:
        """What is said of a clause, at a path below it."""
        source, path = self.reader.origins[clause.id]
        return _place(source, (*path, *said.path), said)

    def at_document(self, document_id: str, said: Said) -> Finding:
        """What is said of a document, at a path below it."""
        index = list(self.guide.knowledge.documents).index(document_id)
        return self.at(DOCUMENTS, Said(("documents", index, *said.path), said.what, said.hint, said.weight))

    def tree(self, file: str) -> Tree:
        """A file as a tree of text."""
        return self.reader.source_of(file).tree


def _place(source: YamlSource, path: TreePath, said: Said) -> Finding:
    source.report(path, said.what, said.hint)
    return Finding(source.problems.pop(), said.weight)
