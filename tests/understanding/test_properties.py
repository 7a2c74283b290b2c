"""What holds of any text: it is read without a crash, quickly, and sums come back as they were written."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.policy.attributes import AttributeType
from bot.understanding.general import general_question
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Earlier, Intent, Outcome
from bot.understanding.picks import read_options, read_yes_no
from bot.understanding.questions import Choice
from bot.understanding.reading import read, read_answer, read_command
from bot.understanding.text import LONGEST
from tests.content_fixture import shipped_bundle

TODAY = date(2026, 11, 21)
LEXICON = shipped_bundle().guide.lexicon
AMOUNT = general_question("amount", "金额大约是多少？（元）", {})
PIECES = st.sampled_from(
    [
        *"没不是有过了登入表万亿元两三十百千第一年月日号的吗，。？ 、",
        "首次",
        "亦庄",
        "保费",
        "小巨人",
        "2025",
        "50",
        "改成",
        "删除",
        "失信",
        "①",
        "…",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))
DIGITS = "零一二三四五六七八九"
GENERAL = [general_question(name, "是否首次？", {}) for name in ("amount", "date", "yes_no", "company_name")]


def in_chinese(number: int) -> str:
    """A whole number below 10^8 in Chinese numerals."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1_000 else ""
        return f"{in_chinese(high)}万{zero}{in_chinese(low) if low else ''}"
    written, owes_zero = "", False
    for size, unit in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            written += ("零" if owes_zero and written else "") + DIGITS[digit] + unit
            owes_zero = False
        else:
            owes_zero = True
    return written


@given(text=TEXTS)
@settings(max_examples=150)
def test_any_text_is_read_without_a_crash(text: str) -> None:
    for question in (*LEXICON.questions.values(), *GENERAL):
        answer = read_answer(text, question, LEXICON, TODAY)
        assert (answer.value is not None) == (answer.outcome in (Outcome.VALUE, Outcome.INTERVAL))


@given(text=TEXTS, name=st.sampled_from(sorted(LEXICON.questions)))
@settings(max_examples=300)
def test_any_message_has_facts_of_known_attributes_and_fitting_types(text: str, name: str) -> None:
    understanding = read(text, LEXICON.questions[name], LEXICON, TODAY, Earlier(("insurance_premium",), name))

    for fact in understanding.facts:
        attribute = LEXICON.questions[fact.attribute].attribute
        assert attribute is not None
        if attribute.type in (AttributeType.CHOICE, AttributeType.ORDERED):
            assert fact.value in attribute.values
        if attribute.type is AttributeType.SET:
            assert isinstance(fact.value, frozenset)
            assert fact.value <= set(attribute.values)
        if attribute.type is AttributeType.BOOL:
            assert isinstance(fact.value, bool)


@given(ten_thousands=st.integers(1, 9_999))
def test_whole_ten_thousands_come_back_from_every_notation(ten_thousands: int) -> None:
    yuan = Decimal(ten_thousands * 10_000)
    notations = (
        f"{ten_thousands}万", f"{ten_thousands}万元", f"{ten_thousands}w", f"{ten_thousands} 万", f"{int(yuan)}",
        f"{int(yuan)}元",
        f"{int(yuan):,}", f"¥{int(yuan):,}.00", f"{in_chinese(ten_thousands)}万",
        f"大概{in_chinese(ten_thousands)}万元左右",
    )  # fmt: skip

    read_back = {text: read_answer(text, AMOUNT, LEXICON, TODAY).value for text in notations}

    assert read_back == dict.fromkeys(notations, yuan)


@given(yuan=st.integers(1_000, 99_999_999))
def test_any_sum_comes_back_from_digits_and_from_chinese(yuan: int) -> None:
    notations = (f"{yuan}元", f"{yuan:,}元", f"{in_chinese(yuan)}元", f"{Decimal(yuan) / 10_000:f}万")

    read_back = {text: read_answer(text, AMOUNT, LEXICON, TODAY).value for text in notations}

    assert read_back == dict.fromkeys(notations, Decimal(yuan))


@given(high=st.integers(1, 999), digit=st.integers(1, 9))
def test_a_digit_after_ten_thousands_counts_thousands(high: int, digit: int) -> None:
    yuan = Decimal(high * 10_000 + digit * 1_000)

    values = {
        read_answer(text, AMOUNT, LEXICON, TODAY).value
        for text in (f"{high}万{digit}", f"{in_chinese(high)}万{DIGITS[digit]}")
    }

    assert values == {yuan}


@pytest.mark.parametrize("name", [name for name, question in LEXICON.questions.items() if question.choices])
def test_a_digit_in_any_form_chooses_the_option_at_its_place(name: str) -> None:
    question = LEXICON.questions[name]

    for place, choice in enumerate(question.choices[:9], start=1):
        full_width = chr(ord("０") + place)
        circled = chr(ord("①") + place - 1)
        for text in (
            f"{place}",
            full_width,
            circled,
            f"第{place}个",
            f"选{place}",
            f"{place}.",
            "abcdefghi"[place - 1].upper(),
        ):
            value = read_answer(text, question, LEXICON, TODAY).value
            assert value in (choice.value, frozenset({choice.value}), choice.value == "true"), text


@given(text=TEXTS)
@settings(max_examples=300)
def test_no_text_without_a_word_of_deleting_deletes(text: str) -> None:
    if not set(text) & set("删清抹销毁擦移忘掉存留授记扔丢除碎撤"):
        assert read_command(text, LEXICON).intent is not Intent.DELETE_DATA


def test_of_a_megabyte_the_beginning_is_read(lexicon: Lexicon) -> None:
    text = "我们在亦庄，" + "数据保费五十万没有登过" * 100_000

    understanding = read(text, None, lexicon, TODAY)

    assert any(fact.attribute == "region" for fact in understanding.facts)
    assert understanding.facts == read(text[:LONGEST], None, lexicon, TODAY).facts


OPTIONS = (
    Choice("insurance", "买了科技保险", ("科技险", "保险")), Choice("purchase", "采购数据产品", ("采购", "买数据")),
    Choice("first", "数据登记、入表、交易", ("入表",)),
    Choice("facility", "建设数据设施", ("设施",)), Choice("none", "都没有"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 3", ("insurance", "first")), ("1、3和4", ("insurance", "first", "facility")), ("１，２",
        ("insurance", "purchase")), ("都没有", ("none",)),
        ("2", ("purchase",)), ("13", ("insurance", "first")), ("1-3", ("insurance", "purchase", "first")),
        ("保险和采购", ("insurance", "purchase")),
        ("选1和2", ("insurance", "purchase")), ("7", None), ("你好", None), ("", None), ("没买保险，有设施",
        ("facility",)), ("5", ("none",)),
        ("一和二", ("insurance", "purchase")), ("①③", ("insurance", "first")), ("第1个和第2个",
        ("insurance", "purchase")),
    ],
)  # fmt: skip
def test_options_of_a_numbered_list_are_chosen(text: str, expected: tuple[str, ...] | None, lexicon: Lexicon) -> None:
    assert read_options(text, OPTIONS, lexicon) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("是", True), ("确定", True), ("想好了，抹吧", True), ("删吧", True), ("嗯嗯，确认", True), ("好的", True),
        ("1", True), ("可以", True),
        ("不", False), ("算了", False), ("先别删", False), ("取消", False), ("不用了，谢谢", False), ("再想想",
        False), ("2", False), ("还是留着吧", False),
        ("亦庄", None), ("删了会怎样", None), ("", None), ("删了还能恢复吗", None),
    ],
)  # fmt: skip
def test_a_confirmation_is_yes_no_or_neither(text: str, expected: object, lexicon: Lexicon) -> None:
    assert read_yes_no(text, lexicon) is expected
