"""Ways of taking a text apart into terms: words, characters, pairs of neighbours."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain

import jieba
import rjieba

from bot.search.characters import normalised, runs, terms_of

Tokens = Callable[[str], Iterable[str]]
"""From a normalised text to its terms."""
Names = Sequence[str]


def with_jieba(_: Names) -> Tokens:
    """Words and the words in them, by jieba with its own dictionary."""
    return partial(_words, jieba.Tokenizer().cut_for_search)


def with_rjieba(_: Names) -> Tokens:
    """The same by rjieba."""
    return partial(_words, rjieba.Jieba().cut_for_search)


def with_named_words(names: Names) -> Tokens:
    """Words by rjieba that also knows the tags and the glossary."""
    cutter = rjieba.Jieba()
    for name in names:
        cutter.add_word(name, None, None)
    return partial(_words, cutter.cut_for_search)


def with_pairs(_: Names) -> Tokens:
    """Pairs of neighbours, and Latin words and numbers by themselves."""
    return _pairs


def with_characters_and_pairs(_: Names) -> Tokens:
    """Characters and pairs of neighbours, as the product takes texts apart."""
    return terms_of


def with_words_and_characters(names: Names) -> Tokens:
    """Words that know the tags, and characters."""
    return partial(_both, with_named_words(names), _characters)


def with_words_and_pairs(names: Names) -> Tokens:
    """Words that know the tags, characters and pairs of neighbours."""
    return partial(_both, with_named_words(names), terms_of)


TOKENS: dict[str, Callable[[Names], Tokens]] = {
    "words, jieba": with_jieba,
    "words, rjieba": with_rjieba,
    "words, rjieba that knows the tags": with_named_words,
    "pairs": with_pairs,
    "characters + pairs": with_characters_and_pairs,
    "words + characters": with_words_and_characters,
    "words + characters + pairs": with_words_and_pairs,
}


def _words(cut: Callable[[str], Iterable[str]], text: str) -> Iterable[str]:
    return (word for word in cut(text) if any(runs(word)))


def _pairs(text: str) -> Iterable[str]:
    return (term for term in terms_of(text) if len(term) > 1)


def _characters(text: str) -> Iterable[str]:
    return chain.from_iterable(runs(text))


def _both(some: Tokens, others: Tokens, text: str) -> Iterable[str]:
    """Terms of both kinds; one that both give counts once, and a pair is told from a word by its space."""
    own = tuple(some(text))
    seen = set(own)
    return chain(own, (term for term in others(text) if term not in seen))


def named(labels: Iterable[str]) -> Names:
    """Labels as a dictionary of words takes them."""
    return sorted({normalised(label) for label in labels})
