"""Words looked up in a text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.word_index import Spotter, WordIndex

LETTERS = "甲乙海淀"
words = st.lists(st.text(LETTERS, min_size=1, max_size=4), max_size=8)
texts = st.text(LETTERS, max_size=30)


@given(words, texts)
def test_a_spotter_finds_every_word_that_stands_in_the_text(listed: list[str], text: str) -> None:
    assert Spotter(listed).spotted_in(text) == {word for word in listed if word in text}


@given(words, texts)
def test_the_longest_word_at_each_place_is_found_and_none_inside_another(listed: list[str], text: str) -> None:
    hits = WordIndex((word, None) for word in listed).find(text)

    assert all(text[hit.start : hit.end] == hit.word for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))
    for hit in hits:
        longer = [word for word in listed if len(word) > len(hit.word) and text.startswith(word, hit.start)]
        assert all(text[hit.start + len(word) - 1 :].startswith("海淀") for word in longer)


@given(words, texts)
def test_looking_a_second_time_finds_the_same(listed: list[str], text: str) -> None:
    index = WordIndex((word, None) for word in listed)

    assert index.find(text) == index.find(text) == WordIndex((word, None) for word in listed).find(text)
