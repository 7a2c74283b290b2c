from itertools import pairwise

import pytest

from bot.search.spelling import Speller, build_speller

IN_TEXTS = pairwise("贷款和自行车")
SPELLER = build_speller(("数据券", "监管沙盒", "贴息", "标准化", "DCMM"), IN_TEXTS, ("中华书局",), {"劵": "券"})


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        pytest.param("数剧", "数据", id="sounds alike"),
        pytest.param("贴习", "贴息", id="sounds alike at the end"),
        pytest.param("标准画有奖励", "标准化有奖励", id="inside a sentence"),
        pytest.param("数据劵", "数据券", id="listed by staff"),
        pytest.param("shuju券", "数据券", id="pinyin before"),
        pytest.param("数据quan", "数据券", id="pinyin after"),
        pytest.param("jianguan沙盒", "监管沙盒", id="pinyin of a word"),
        pytest.param("jian guan沙盒", "监管沙盒", id="pinyin with a space between syllables"),
        pytest.param("dcmm shu ju quan", "dcmm 数据券", id="pinyin after an abbreviation"),
        pytest.param("dcmn认证", "dcmm认证", id="one letter wrong"),
        pytest.param("dmcm认证", "dcmm认证", id="two letters changed over"),
        pytest.param("数据券", "数据券", id="right already"),
        pytest.param("自行车", "自行车", id="known to the texts"),
        pytest.param("中华书局", "中华书局", id="both characters differ from ours"),
        pytest.param("hello", "hello", id="no pinyin"),
        pytest.param("it's 数据", "it's 数据", id="an apostrophe"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_is_put_right(typed: str, right: str) -> None:
    assert SPELLER.corrected(typed) == right


def test_a_speller_without_words_changes_nothing() -> None:
    empty: Speller = build_speller((), (), (), {})

    assert empty.corrected("数剧 dcmn") == "数剧 dcmn"


def test_a_character_that_is_a_word_by_itself_is_never_taken_for_another() -> None:
    speller = build_speller(("重点实验室", "上市补贴"), (), ("是", "不"), {})

    assert speller.corrected("试点是做什么的，数据券是补给谁") == "试点是做什么的，数据券是补给谁"
    assert speller.corrected("重点室验") == "重点实验"
