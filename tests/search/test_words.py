import pytest

from bot.search.words import SearchWords, any_of_words, parse_search_words


def test_an_empty_file_is_empty_lists() -> None:
    assert parse_search_words({}) == SearchWords()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        pytest.param({"topcis": []}, "topcis", id="unknown key"),
        pytest.param({"topics": "数据"}, "topics must be a list", id="text for a list"),
        pytest.param({"synonyms": ["入表"]}, "synonyms must be a mapping", id="list for a mapping"),
        pytest.param({"synonyms": {"入表": "数据资产入表"}}, "synonyms.入表", id="text for a list in a mapping"),
        pytest.param({"typos": ["劵"]}, "typos must be a mapping", id="list for typos"),
        pytest.param({"shapes": {"amout": ["多少"]}}, "amout", id="unknown shape"),
    ],
)
def test_a_mistake_in_the_word_lists_is_named(raw: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_search_words(raw)


def test_the_longest_word_is_found_first() -> None:
    assert any_of_words(("数据", "数据券")).findall("数据券和数据") == ["数据券", "数据"]


def test_an_ellipsis_in_a_word_stands_for_some_characters() -> None:
    assert any_of_words(("跟…一样",)).search("跟通州一样吗") is not None


def test_no_words_find_nothing() -> None:
    assert any_of_words(()).search("") is None
