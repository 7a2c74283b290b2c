"""What a clause tells only together with the one before it: a venue, a day, a first time, a record."""

from datetime import date
from decimal import Decimal

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read

TODAY = date(2026, 10, 12)


def _told(text: str, lexicon: Lexicon) -> dict[str, object]:
    return {fact.attribute: fact.value for fact in read(text, None, lexicon, TODAY).facts}


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("第一单卖数据刚成交，走的是北京国际大数据交易所", {"trade_venue": "bidex"}),
        ("数据资产登记办好了，走的北数所", {"registration_venue": "bidex"}),
        ("买数据花了70万，走的北数所", {"purchase_venue": "compliant_platform"}),
        ("登记走的上海数据交易所，交易走的北数所", {"registration_venue": "other", "trade_venue": "bidex"}),
        ("走的合规平台", {"purchase_venue": "compliant_platform"}),
        ("走的是北数所", {}),
    ],
)
def test_a_venue_is_that_of_what_was_spoken_of(text: str, venue: dict[str, object], lexicon: Lexicon) -> None:
    told = _told(text, lexicon)

    assert {name: value for name, value in told.items() if name.endswith("_venue")} == venue


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("首入表奖励拿了12万，2025年11月20日认定的", date(2025, 11, 20)),
        ("市级首交易奖励80万，批下来是今年3月2日", date(2026, 3, 2)),
        ("首开放奖励今年4月1日核定的，10万", date(2026, 4, 1)),
        ("首开放奖励拿了10万，今年8月1日到账的", None),
        ("首登记奖励6万，高新也有，今年5月9日认定的", None),
    ],
)
def test_the_day_is_that_of_the_award_only_where_the_award_was_recognised(
    text: str, day: date | None, lexicon: Lexicon
) -> None:
    assert _told(text, lexicon).get("municipal_award_date") == day


@pytest.mark.parametrize(
    ("text", "is_first"),
    [
        ("去年年底数据第一次入表，入表金额260万", True),
        ("前年首次入表，审计和评估花了9万", True),
        ("去年第一次入表", None),
        ("前年第一次入表，入表金额300万，今年又入了一批", None),
        ("去年不是第一次入表，入表金额200万", False),
    ],
)
def test_last_years_first_time_counts_where_its_figures_are_told(text: str, is_first: object, lexicon: Lexicon) -> None:
    assert _told(text, lexicon).get("first_listing") is is_first


@pytest.mark.parametrize(
    ("text", "firsts"),
    [
        ("数据资产今年入表了，头一遭", {"first_listing": True}),
        ("入了表，不过这不是第一次了", {"first_listing": False}),
        ("数据集卖出去了，这是第一单", {"first_trade": True}),
        ("数据开放过，当时算首次", {"first_open": True}),
        ("登记和入表都弄完了，都是头一回", {"first_registration": True, "first_listing": True}),
        ("登记弄了，第一次弄，入表没有", {"first_registration": True, "first_listing": True}),
        ("科技保险买了，头一回买", {}),
        ("采购了一批数据，初次", {}),
        ("我们是小巨人，数据资产登记", {}),
    ],
)
@pytest.mark.parametrize("asked", ["first_registration", "first_listing"])
def test_a_first_time_is_that_of_what_was_just_told(
    text: str, firsts: dict[str, object], asked: str, lexicon: Lexicon
) -> None:
    facts = read(text, lexicon.questions[asked], lexicon, TODAY).facts

    assert {fact.attribute: fact.value for fact in facts if fact.attribute.startswith("first_")} == firsts


@pytest.mark.parametrize("text", ["第一次", "做过，第一次做", "办了，头一回"])
def test_a_first_time_of_nothing_named_answers_the_question(text: str, lexicon: Lexicon) -> None:
    facts = read(text, lexicon.questions["first_listing"], lexicon, TODAY).facts

    assert {fact.attribute: fact.value for fact in facts} == {"first_listing": True}


@pytest.mark.parametrize("text", ["登了", "登记办好了", "证书都拿到了", "办了一个", "今年五月办的", "上个月登的"])
def test_what_was_merely_done_may_have_been_the_first_time(text: str, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions["first_registration"], lexicon, TODAY).answer

    assert answer is not None
    assert answer.candidates == ("true", "false")


@pytest.mark.parametrize(
    ("text", "is_first"),
    [("头一单，刚签的", True), ("上个月才卖的，首单", True), ("早卖了", False), ("去年卖了一单", False)],
)
def test_what_says_by_the_word_or_the_year_is_not_open(text: str, is_first: object, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions["first_trade"], lexicon, TODAY).answer

    assert answer is not None
    assert answer.value is is_first


@pytest.mark.parametrize("text", ["登记过，是母公司登记的", "登过，其实是集团登的"])
def test_what_another_company_did_is_no_first_time_of_ones_own(text: str, lexicon: Lexicon) -> None:
    assert not read(text, lexicon.questions["first_registration"], lexicon, TODAY).facts


def test_the_mere_name_of_a_first_time_tells_nothing(lexicon: Lexicon) -> None:
    assert not read("数据登记", lexicon.questions["first_registration"], lexicon, TODAY).facts


@pytest.mark.parametrize(
    ("text", "told", "left_open"),
    [
        ("入表入了三百来万，具体数会计清楚", {"listing_amount": Decimal(3_000_000)}, ()),
        ("保费大概12万，准确的得查保单", {"insurance_premium": Decimal(120_000)}, ()),
        ("入表弄了，具体多少不清楚", {}, ("listing_amount",)),
    ],
)
def test_what_is_not_known_exactly_is_still_told(
    text: str, told: dict[str, object], left_open: tuple[str, ...], lexicon: Lexicon
) -> None:
    meaning = read(text, lexicon.questions["region"], lexicon, TODAY)

    assert {fact.attribute: fact.value for fact in meaning.facts} == told
    assert meaning.unknown == left_open
    assert meaning.answer is not None
    assert meaning.answer.outcome is not Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("text", "step"),
    [("有专精特新，市里评的", "specialized"), ("专精特新，是国家级的", "little_giant"), ("专精特新，市级的政策", None)],
)
def test_a_level_is_that_of_the_title_named_before(text: str, step: str | None, lexicon: Lexicon) -> None:
    assert _told(text, lexicon).get("specialized_tier") == step


@pytest.mark.parametrize(
    ("text", "step"),
    [("没有什么称号", "none"), ("没得啥牌子", "none"), ("没啥荣誉的", "none"), ("没有称号能申请吗", None)],
)
def test_who_has_no_title_of_any_kind_has_no_step(text: str, step: str | None, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions["specialized_tier"], lexicon, TODAY).answer

    assert answer is not None
    assert answer.value == step


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("公司在顺义，执照上是通州", "通州区"),
        ("公司在昌平，打算注册到通州", "昌平区"),
        ("公司在丰台，子公司注册在通州", "丰台区"),
        ("公司在石景山，集团的执照是亦庄的", "石景山区"),
        ("我们是通洲的企业", "通州区"),
        ("我们是同城的企业", None),
    ],
)
def test_where_the_licence_is_goes_before_where_the_company_is_said_to_be(
    text: str, region: str | None, lexicon: Lexicon
) -> None:
    answer = read(text, lexicon.questions["region"], lexicon, TODAY).answer

    assert answer is not None
    assert answer.value == region


@pytest.mark.parametrize(
    ("text", "is_listed"),
    [
        ("去年被列入失信名单，未能修复", True),
        ("上了失信黑名单，至今没移除", True),
        ("我们还在严重违法失信名单里", True),
        ("我们在失信名单上，没撤下来", True),
        ("我们不在失信名单里", False),
        ("现在不在黑名单里", False),
        ("曾经在失信名单上", None),
        ("被列入失信名单，后来移出了", None),
        ("列入过失信名单，上个月撤销了", None),
    ],
)
def test_who_was_not_taken_off_the_list_is_still_on_it(text: str, is_listed: object, lexicon: Lexicon) -> None:
    assert _told(text, lexicon).get("dishonest_listed") is is_listed


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("质量评价加资产评估加审计一共15万", Decimal(150_000)),
        ("评估费和审计费合计8万", Decimal(80_000)),
        ("保费和评估费和审计费一共50万", None),
        ("登记费和入表服务费合计20万", None),
    ],
)
def test_the_parts_of_one_fee_have_one_sum_and_two_fees_have_none(
    text: str, fee: Decimal | None, lexicon: Lexicon
) -> None:
    assert _told(text, lexicon).get("listing_service_fee") == fee


def test_what_a_question_is_supposed_to_be_about_is_answered_for_sure(lexicon: Lexicon) -> None:
    assert _told("要是问高新，我们有", lexicon) == {"high_tech": True}
    assert _told("您要是问注册地，在朝阳", lexicon) == {"region": "朝阳区"}
    assert _told("要是问搬到通州，能拿多少", lexicon) == {}


def test_a_trade_is_read_in_the_words_of_the_trade(lexicon: Lexicon) -> None:
    assert _told("丰台这边做病理诊断的", lexicon) == {"region": "丰台区", "sector": frozenset({"medical"})}
    assert "sector" not in _told("大兴做故障诊断的", lexicon)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("first_trade", "卖过一次数据，在场外"),
        ("first_trade", "卖过一次，在场外"),
        ("first_trade", "场外卖过"),
        ("first_trade", "卖过，线下签的"),
        ("first_trade", "成交过一单，是私下签的"),
        ("first_listing", "公司去年入表了，当时是第一次"),
        ("first_listing", "去年入的，那是第一次"),
        ("first_registration", "去年登过了，当时是第一次"),
        ("first_trade", "前年卖过数据，当时是第一单"),
        ("first_open", "前年开放过，那时候是头一回"),
    ],
)
def test_what_was_done_elsewhere_or_in_an_earlier_year_may_be_the_first_time(
    name: str, text: str, lexicon: Lexicon
) -> None:
    meaning = read(text, lexicon.questions[name], lexicon, TODAY)

    assert meaning.answer is not None
    assert meaning.answer.candidates == ("true", "false")
    assert not [fact for fact in meaning.facts if fact.attribute == name]


@pytest.mark.parametrize(
    ("name", "text", "is_first"),
    [
        ("first_trade", "卖过一次数据，在北数所", False),
        ("first_trade", "卖过两回，都在交易所", False),
        ("first_listing", "今年入表了，当时是第一次", True),
        ("first_listing", "去年入过表，今年是第二次", False),
        ("first_registration", "这是第一次登", True),
    ],
)
def test_what_is_told_of_now_or_of_the_exchange_is_not_open(
    name: str, text: str, is_first: object, lexicon: Lexicon
) -> None:
    answer = read(text, lexicon.questions[name], lexicon, TODAY).answer

    assert answer is not None
    assert answer.value is is_first


def test_where_a_sale_was_is_told_though_not_whether_it_was_the_first(lexicon: Lexicon) -> None:
    facts = read("卖过一次数据，在场外", None, lexicon, TODAY).facts

    assert {fact.attribute: fact.value for fact in facts} == {"trade_venue": "other"}
