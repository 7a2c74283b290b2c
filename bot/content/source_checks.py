"""What the content quotes and states, against the documents themselves, article by article."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.content.articles import Article, SourceText, bare
from bot.content.clause_words import words_of
from bot.content.figure_reading import FigureKey, is_among, keys_of, read_figures
from bot.content.figures import term_keys
from bot.content.names import did_you_mean
from bot.content.places import DOCUMENTS, Places, Said
from bot.content.problems import Finding, Weight
from bot.content.yaml_source import TreePath
from bot.policy.clauses import Clause, Document, Exclusion, JointLimit
from bot.policy.conditions import requirements_of

_NEAR = 70


@dataclass(frozen=True, slots=True)
class SourceChecks:
    """The content with its places, and the documents by id."""

    places: Places
    texts: Mapping[str, SourceText]

    def findings(self) -> Iterator[Finding]:
        """A mistake for each phrase and each figure that the article named doesn't have."""
        yield from self._missing_documents()
        for clause in self.places.guide.knowledge.clauses:
            if (text := self.texts.get(clause.document.id)) is None:
                continue
            for said in _clause(clause, text):
                yield self.places.at_clause(clause, said)
        for document in self.places.guide.knowledge.documents.values():
            if (text := self.texts.get(document.id)) is not None:
                yield from (self.places.at_document(document.id, said) for said in _document(document, text))
        yield from self._rules()

    def _missing_documents(self) -> Iterator[Finding]:
        """A notice for each document with clauses that the folder doesn't hold."""
        told: set[str] = set()
        for clause in self.places.guide.knowledge.clauses:
            name = clause.document.id
            if name not in self.texts and name not in told:
                told.add(name)
                hint = f"原文要存成 {name}.md，每一条用一行「## 条号」开头"
                said = Said(("document",), f"原文文件夹里没有 {name}.md，这份文件的条款没有核对", hint, Weight.NOTICE)
                source, _ = self.places.reader.origins[clause.id]
                yield self.places.at(source.file, said)

    def _rules(self) -> Iterator[Finding]:
        """Figures of the rules of combining that none of the documents of their clauses has."""
        knowledge = self.places.guide.knowledge
        rules: tuple[tuple[str, tuple[JointLimit | Exclusion, ...]], ...] = (
            ("limits", knowledge.combining.limits),
            ("exclusions", knowledge.combining.exclusions),
        )
        for kind, group in rules:
            for index, rule in enumerate(group):
                clauses = [knowledge.by_id[name] for name in sorted(rule.clauses)]
                texts = [self.texts[c.document.id] for c in clauses if c.document.id in self.texts]
                allowed = frozenset().union(*(text.keys for text in texts))
                for said in _strange(("combining", kind, index, "say"), rule.say, allowed) if texts else ():
                    yield self.places.at(DOCUMENTS, said)


def _clause(clause: Clause, text: SourceText) -> Iterator[Said]:
    article = text.articles.get(clause.article)
    if article is None:
        hint = did_you_mean(clause.article, text.articles) or f"原文里有：{'、'.join(text.articles)}"
        yield Said(("article",), f"原文里没有第 {clause.article} 条", hint, Weight.MISTAKE)
        return
    for index, phrase in enumerate(clause.evidence):
        yield from _phrase(("evidence", index), phrase, article)
    for phrase, _ in clause.other_figures:
        yield from _phrase(("other_figures", phrase), phrase, article)
    allowed = article.keys | keys_of(text.title, clause.policy.title) | term_keys(clause.policy)
    for path, words in words_of(clause):
        yield from _strange(path, words, allowed)


def _phrase(path: TreePath, phrase: str, article: Article) -> Iterator[Said]:
    if (wanted := bare(phrase)) and wanted not in article.plain:
        hint = _nearest(wanted, article) or "照原文抄，或改到它所在的那一条"
        yield Said(path, f"第 {article.id} 条原文里没有「{phrase}」", hint, Weight.MISTAKE)


def _nearest(wanted: str, article: Article) -> str:
    """The words of the article that come closest, as a hint; empty when none do."""
    plain = article.plain
    if (found := fuzz.partial_ratio_alignment(wanted, plain, score_cutoff=_NEAR)) is None:
        return ""
    start, end = found.dest_start, found.dest_end
    while start < end and plain[end - 1] not in wanted:
        end -= 1
    near = plain[start:end].replace("百分号", "%").replace("加号", "+")
    return f"原文最接近的是「{near}」（不计标点）"


def _document(document: Document, text: SourceText) -> Iterator[Said]:
    """Figures of what is said of the scope and the premises that the whole document doesn't have."""
    allowed = text.keys | term_keys(document)
    for key, condition in (("scope", document.scope), ("premises", document.premises)):
        for leaf in requirements_of(condition):
            yield from _strange((key,), leaf.say, allowed)


def _strange(path: TreePath, words: str, allowed: frozenset[FigureKey]) -> Iterator[Said]:
    for figure in read_figures(words):
        if not is_among(figure.key, allowed):
            hint = "核对原文，改成原文的数字；不是原文写的就不要写"
            yield Said(path, f"「{figure.text}」在原文这一条里找不到", hint, Weight.MISTAKE)
