"""Texts that no list of words has: which command, answer or trade they are like, and how surely."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.models import read_classifier
from bot.understanding.classifier import NO_CLASSIFIER
from bot.understanding.features import features_of
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Intent, Outcome
from bot.understanding.reading import read, read_answer, read_command
from bot.understanding.text import normalize

TODAY = date(2026, 11, 20)
TEXT = st.text(alphabet="我们没登过首次数据补贴返回重来abcxyz 0123，。？!～😀ⅩⅪ\u200b", max_size=300)


@given(TEXT)
def test_the_chances_of_a_text_are_together_one_or_there_are_none(text: str) -> None:
    chances = read_classifier("intents").chances(normalize(text))

    assert not chances or sum(chances.values()) == pytest.approx(1)
    assert list(chances.values()) == sorted(chances.values(), reverse=True)


@pytest.mark.parametrize("text", ["", "#", "3", "。", "７", "?!", "，，", "x"])
def test_nothing_is_thought_of_marks_and_digits(text: str) -> None:
    assert read_classifier("intents").likeliest(normalize(text)) == ("", 0.0)
    assert NO_CLASSIFIER.likeliest(text) == ("", 0.0)


@pytest.mark.parametrize("spelled", ["congtou kaishi", "从头凯始", "從頭開始"])
def test_what_sounds_alike_has_features_in_common(spelled: str) -> None:
    right = {feature for feature in features_of(normalize("从头开始")) if feature.startswith("~")}

    assert len(right & features_of(normalize(spelled))) >= len(right) / 2


def test_of_a_long_text_only_both_ends_are_looked_at() -> None:
    long = "开头" + "，中间说了很多" * 1_000 + "结尾"

    assert len(features_of(long)) < 1_000
    assert {"开 头", "结 尾"} <= features_of(long)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我看还是另起炉灶，打头来一遍", Intent.RESTART),
        ("劳驾往上倒一道题", Intent.BACK),
        ("这道我真答不了，您问别的", Intent.SKIP),
        ("头回用，给讲讲怎么个操作法", Intent.HELP),
        ("劳烦找位老师跟我讲两句", Intent.HUMAN),
        ("把我报过的内容都摆出来瞧瞧", Intent.SHOW_PROFILE),
        ("存的我们家那些东西，麻烦通通抹干净", Intent.DELETE_DATA),
        ("都聊完了，总账给我过一遍", Intent.RESULTS),
        ("费心了，多谢多谢", Intent.THANKS),
    ],
)
def test_commands_are_understood_in_words_that_no_list_has(text: str, intent: Intent, lexicon: Lexicon) -> None:
    assert read_command(text, lexicon).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "先别抹，我填的都留着",
        "可千万不要清空我们的答案",
        "我可不想又从头填一遍",
        "清空之后还能找回来吗",
        "你们把资料存多长时间才删",
        "删除权在哪个法里写着",
    ],
)
def test_nothing_is_thrown_away_on_a_sentence_that_wants_it_kept_or_asks(text: str, lexicon: Lexicon) -> None:
    assert read_command(text, lexicon).intent not in (Intent.DELETE_DATA, Intent.RESTART)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("first_trade", "23年那会儿成过一单了", False),
        ("first_registration", "八字还差一撇呢，头一份证正办着", True),
        ("first_listing", "账上压根没这科目，从没列过", True),
        ("first_open", "前年就往外放过两批", False),
        ("high_tech", "妥妥的，证在墙上挂着呢", True),
        ("high_tech", "想都不敢想，够不着那个门槛", False),
    ],
)
def test_yes_and_no_are_heard_in_words_that_no_list_has(name: str, text: str, lexicon: Lexicon, *, value: bool) -> None:
    answer = read_answer(text, lexicon.questions[name], lexicon, TODAY)

    assert (answer.outcome, answer.value) == (Outcome.VALUE, value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("first_listing", "我们开过两次股东会"),
        ("criminal_record", "发票都开齐了"),
        ("high_tech", "隔壁那家是"),
        ("facility_in_use", "花了八百万呢"),
    ],
)
def test_what_tells_something_else_is_no_yes_or_no(name: str, text: str, lexicon: Lexicon) -> None:
    assert read_answer(text, lexicon.questions[name], lexicon, TODAY).outcome is Outcome.ASK


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        ("给牙科诊所做种植导板的", {"medical"}),
        ("开火锅店的，三家分店", {"other"}),
        ("帮车厂标自动驾驶的图片", {"data_services", "autonomous_driving"}),
        ("冲压件和模具", {"manufacturing"}),
    ],
)
def test_a_trade_is_known_by_what_a_firm_says_it_does(text: str, trades: set[str], lexicon: Lexicon) -> None:
    answer = read_answer(text, lexicon.questions["sector"], lexicon, TODAY)

    assert isinstance(answer.value, frozenset)
    assert answer.value <= trades


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("我们卖无人机的", "manufacturing"),
        ("做无人机的", "manufacturing"),
        ("无人机整机研发和生产", "manufacturing"),
        ("植保无人机", "manufacturing"),
        ("造无人机，主要卖给电力公司", "manufacturing"),
        ("搞工业级无人机", "manufacturing"),
        ("eVTOL", "manufacturing"),
        ("无人机飞控软件", "software"),
        ("无人机航拍", "other"),
        ("无人机表演", "other"),
        ("开无人便利店的", "other"),
        ("无人驾驶", "autonomous_driving"),
        ("无人车", "autonomous_driving"),
        ("无人配送车", "autonomous_driving"),
        ("港口无人集卡", "autonomous_driving"),
        ("做无人矿卡的", "autonomous_driving"),
    ],
)
def test_what_flies_or_sells_without_a_driver_is_no_autonomous_driving(text: str, trade: str, lexicon: Lexicon) -> None:
    assert read_answer(text, lexicon.questions["sector"], lexicon, TODAY).value == frozenset({trade})


@pytest.mark.parametrize("text", ["高科技", "都行", "你们一般怎么分", "做点小生意"])
def test_what_names_no_trade_is_asked_again(text: str, lexicon: Lexicon) -> None:
    assert read_answer(text, lexicon.questions["sector"], lexicon, TODAY).outcome is Outcome.ASK


def test_a_text_that_answers_what_was_asked_is_no_command_that_it_is_only_like(lexicon: Lexicon) -> None:
    told = read("不是海淀，是朝阳", lexicon.questions["region"], lexicon, TODAY)

    assert told.answer is not None
    assert told.answer.value == "朝阳区"
    assert told.command.intent in (Intent.NONE, Intent.CHANGE_ANSWER)
