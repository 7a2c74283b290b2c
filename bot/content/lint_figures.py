"""Figures of the evidence that nothing uses, figures in words that nothing carries, and unpublished telephones."""

import re
from collections.abc import Iterable, Iterator

from bot.content.clause_words import words_of
from bot.content.figure_reading import FigureKey, is_among, keys_of, plain_characters, read_figures
from bot.content.figures import carried_keys, limit_keys, listed_keys
from bot.content.places import DOCUMENTS, NOTICES, SMALL_TALK, TERMS, Places, Said
from bot.content.problems import Finding, Weight
from bot.content.yaml_source import Tree, TreePath
from bot.policy.clauses import Clause

UNUSED_HINT = "写进 benefit、conditions 或 terms；不是给企业的，写进 other_figures 并说明是什么"
UNQUOTED_HINT = "核对数字；是原文写的，把带这个数字的短语写进 evidence"
STALE_HINT = "数字改过了就一起改；是原文的别的数字，写进 terms 或 other_figures"
_PHONE = re.compile(
    r"(?:(?<![\d.,])(?:\(?0\d{2,3}\)?[-–— ]?\d{7,8}|1[3-9]\d{9}|400[- ]?\d{3}[- ]?\d{4}|123\d\d)"
    r"|(?<=电话|热线|致电|拨打|转接)[ :是为]{0,3}(?:\d{7,8}|9[56]\d{3,4}|1[012]\d{3}))"
    r"(?! ?[\d.,%万亿元年家个次项])"
)


def lint_figures(places: Places) -> Iterator[Finding]:
    """A reminder for each figure of the evidence or of the words that people read that nothing carries."""
    knowledge = places.guide.knowledge
    limits = limit_keys(knowledge.combining)
    by_article: dict[tuple[str, str], list[Clause]] = {}
    for clause in knowledge.clauses:
        by_article.setdefault((clause.document.id, clause.article), []).append(clause)
    for clauses in by_article.values():
        used = listed_keys(clauses).union(*(carried_keys(c) | limits.get(c.id, frozenset()) for c in clauses))
        quoted = keys_of(*(phrase for clause in clauses for phrase in clause.evidence))
        for clause in clauses:
            yield from (places.at_clause(clause, said) for said in _loose(clause, used))
            yield from (places.at_clause(clause, said) for said in _unquoted(clause, used | quoted))


def _loose(clause: Clause, used: frozenset[FigureKey]) -> Iterator[Said]:
    for index, phrase in enumerate(clause.evidence):
        for figure in read_figures(phrase):
            if not is_among(figure.key, used):
                yield Said(("evidence", index), f"依据里的「{figure.text}」没有用上", UNUSED_HINT)
    for key, words in (("title", clause.title), ("summary", clause.summary)):
        for figure in read_figures(words):
            if not is_among(figure.key, used):
                yield Said((key,), f"这里的「{figure.text}」在 benefit、conditions 和 terms 里都没有", STALE_HINT)


def _unquoted(clause: Clause, known: frozenset[FigureKey]) -> Iterator[Said]:
    """Figures of the other words, which neither a phrase of the article nor the title of the document has."""
    allowed = known | keys_of(clause.document.title, clause.policy.title)
    for path, words in words_of(clause):
        for figure in read_figures(words) if path[0] not in ("title", "summary") else ():
            if not is_among(figure.key, allowed):
                yield Said(path, f"「{figure.text}」在依据里找不到", UNQUOTED_HINT)


def find_phones(places: Places) -> Iterator[Finding]:
    """A mistake for each number of a telephone in a text that no contact publishes with its source."""
    contacts = places.guide.knowledge.contacts.values()
    published = {_digits(contact.phone) for contact in contacts if contact.phone and contact.source}
    for clause in places.guide.knowledge.clauses:
        texts = tuple(words_of(clause))
        if _PHONE.search(plain_characters("\n".join([words for _, words in texts]))):  # one look is enough for most
            yield from (places.at_clause(clause, said) for said in _strange(texts, published))
    for file in (DOCUMENTS, TERMS, NOTICES, SMALL_TALK):
        yield from (places.at(file, said) for said in _strange(_texts(places.tree(file), ()), published))


def _strange(texts: Iterable[tuple[TreePath, str]], published: set[str]) -> Iterator[Said]:
    for path, found in ((path, found) for path, words in texts for found in _PHONE.finditer(plain_characters(words))):
        if not any(phone.endswith(_digits(found[0])) for phone in published):
            what = f"「{found[0].lstrip(' :是为')}」像是电话，但不是写明了出处的号码"
            yield Said(path, what, "在 knowledge/contacts.yaml 写上号码和 source，或删掉", Weight.MISTAKE)


def _digits(phone: str) -> str:
    return "".join(c for c in phone if c.isdigit())


def _texts(tree: Tree, path: TreePath) -> Iterator[tuple[TreePath, str]]:
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from _texts(item, (*path, index))
    elif isinstance(tree, dict):
        for key, item in tree.items():
            yield from _texts(item, (*path, key))
