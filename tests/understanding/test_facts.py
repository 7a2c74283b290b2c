"""Facts about any attribute in free text, several in a message."""

from datetime import date
from typing import Any

import pytest

from bot.policy.attributes import NEVER, DateSpan
from bot.understanding.lexicon import Lexicon
from bot.understanding.reading import read

TODAY = date(2026, 11, 21)
CLEAN = {"dishonest_listed": False, "criminal_record": False, "last_major_penalty": NEVER}

STATED: dict[str, dict[str, Any]] = {
    "顺义区制造业，市级专精特新": {"region": "顺义区", "sector": {"manufacturing"}, "specialized_tier": "specialized"},
    "给机器人厂做零部件": {"sector": {"manufacturing"}},
    "我们主要是做软件的，注册在通州": {"sector": {"software"}, "region": "通州区"},
    "做机器人给工厂用": {"sector": {"robotics"}},
    "石景山的工厂": {"region": "石景山区", "sector": {"manufacturing"}},
    "可信数据空间在建": {"facility_in_use": False},
    "质押贷款利息二十万": {"loan_interest": 200000},
    "我们在通州，是小巨人": {"region": "通州区", "specialized_tier": "little_giant"},
    "海淀的企业，国高新，没有专精特新": {"region": "海淀区", "high_tech": True, "specialized_tier": "none"},
    "注册在亦庄，办公在朝阳": {"region": "经开区", "operating_regions": {"朝阳区"}},
    "公司注册地是大兴黄村": {"region": "大兴区"},
    "执照上写的顺义": {"region": "顺义区"},
    "朝阳的医疗器械公司": {"region": "朝阳区", "sector": {"medical"}},
    "我们是做自动驾驶的，在经开区": {"region": "经开区", "sector": {"autonomous_driving"}},
    "亦庄企业，做大模型": {"region": "经开区", "sector": {"ai"}},
    "科技险今年交了三十二万": {"insurance_premium": 320000},
    "保费18万6": {"insurance_premium": 186000},
    "今年科技保险保费一共五十万元": {"insurance_premium": 500000},
    "买数据集花了四十万": {"purchase_amount": 400000},
    "今年买了点数据 花了三十来万": {"purchase_amount": 300000}, "去年买了点数据 花了三十来万": {},
    "登记？没办过": {"first_registration": True}, "高新？没有": {"high_tech": False},
    "保险？没买": {"insurance_premium": 0},
    "保险？买了，今年花了二十万": {"insurance_premium": 200000}, "登记？办过": {"first_registration": False},
    "处罚？没有过": {"last_major_penalty": "none"}, "小巨人？不是": {}, "小巨人，不是": {}, "小巨人，没有": {},
    "保险去年买的，交了二十万": {}, "保险去年就买了，今年交了二十万": {"insurance_premium": 200000},
    "在合规平台上采购数据接口，一年九十万": {"purchase_amount": 900000, "purchase_venue": "compliant_platform"},
    "固定资产投资三千万，其中土建五百万": {"facility_investment": 30000000, "facility_civil_works": 5000000},
    "首登记奖励拿了二十万": {"municipal_award_registration": 200000},
    "市里首入表奖励给了十万": {"municipal_award_listing": 100000},
    "数据资产首次登记，在北数所办的，登记费六万": {"first_registration": True, "registration_venue": "bidex",
    "registration_fee": 60000},
    "数据头一回入表，入表金额一百五十万": {"first_listing": True, "listing_amount": 1500000},
    "入表的服务费花了二十万": {"listing_service_fee": 200000},
    "签了首个数据产品合同，在北数所成交，首年交易额五百万": {"first_trade": True, "trade_venue": "bidex",
    "trade_amount": 5000000},
    "没有登记过数据资产": {"first_registration": True},
    "以前登记过数据资产": {"first_registration": False},
    "去年数据入过表": {"first_listing": False},
    "数据交易以前成交过两单": {"first_trade": False},
    "没有处罚，没有失信，没有刑事": CLEAN,
    "处罚、失信、犯罪记录都没有": CLEAN,
    "从没受过行政处罚，也不在失信名单上，没有犯罪记录": CLEAN,
    "行政处罚没受过": {"last_major_penalty": NEVER},
    "2025年3月2日公示过重大行政处罚": {"last_major_penalty": date(2025, 3, 2)},
    "近三年没受过行政处罚": {"last_major_penalty": NEVER},
    "近一年没受过行政处罚": {"last_major_penalty": DateSpan(None, date(2025, 11, 21))},
    "被列入失信名单了": {"dishonest_listed": True},
    "有刑事犯罪记录": {"criminal_record": True},
    "沙盒出盒证明拿到了": {"sandbox_certificate": True},
    "还没拿到出盒证明": {"sandbox_certificate": False},
    "首次通过沙盒试验": {"sandbox_first_exit": True},
    "服务券补了八万": {"sme_service_voucher": 80000},
    "数据资产质押贷款付了利息三十万": {"loan_interest": 300000},
    "数据资产作价入股，工商登记办完了": {"data_equity_registered": True},
    "数据基础设施还在建": {"facility_in_use": False},
    "可信数据空间已经建成投入使用，评审也通过了": {"facility_in_use": True, "facility_review_passed": True},
    "设施支持领过两年": {"facility_years_supported": 2},
    "去年营收1.2亿": {"last_year_revenue": 120000000},
    "主营业务收入一亿三千万": {"main_business_revenue": 130000000},
    "我们去年升规了，去年产值首次过亿": {"above_scale_since": "last_year", "output_first_100m": "last_year"},
    "我们建了机器人中试平台，机器人平台投资6000万": {"robot_public_platform": True,
    "robot_platform_investment": 60000000},
    "参加了强链补链，履约金额八百万": {"robot_chain_action": True, "robot_chain_amount": 8000000},
    "跨境电商外币贷款有，跨境电商人民币贷款没有": {"cross_border_loan_foreign": True, "cross_border_loan_rmb": False},
    "标准化补助拿了五十万": {"standards_grant": 500000},
    "标注平台评审认定通过了": {"labelling_platform_reviewed": True},
    "办了国际论坛，花了一百二十万": {"international_event_cost": 1200000},
    "国内峰会成本八十万": {"domestic_event_cost": 800000},
    "建了个体验中心，项目投资2000万": {"demo_project_investment": 20000000},
    "体验中心固定资产投资六百万": {"demo_project_investment": 6000000},
    "场景实验室项目投资额八百万": {"demo_project_investment": 8000000},
    "建了创新体验中心，固定资产投资两千万": {},
    "建了体验中心，又建了数据中心，投资四千万": {},
    "没有建体验中心": {"demo_project_investment": 0},
    "面向中小企业建了测试验证平台，投了一千二百万": {"test_platform": True, "test_platform_investment": 12000000},
    "用了两清单内的新产品，项目投资一亿": {"listed_products_used": True, "listed_products_investment": 100000000},
    "采购了新技术新产品，还投了保，保费六十万": {},
    "新基建项目有固定资产投资贷款": {"infra_project_loan": True},
    "有个项目采用了智慧城市场景里的技术和方案": {"scenario_solution_adopted": True},
    "做小批量验证，投了八百万": {"trial_test_investment": 8000000},
    "建了可信数据空间，项目投资三千万": {},
    "场景项目总投入六百万，硬件二百万": {"scenario_cost": 6000000, "scenario_hardware_cost": 2000000},
    "标杆场景评审认定了": {"scenario_reviewed": True},
    "创新平台从市级晋级国家级了，市级平台奖励拿了五十万": {"platform_promoted": True,
    "platform_award_municipal": 500000},
    "算力券领了三十万": {"compute_voucher": 300000},
    "没买科技险": {"insurance_premium": 0},
    "算力券没领过": {"compute_voucher": 0},
    "数据出境安全评估首次通过，已经认定": {"cross_border_assessment": True},
    "没通过个人信息保护认证": {"cross_border_certification": False},
    "数据首次合规出境": {"first_cross_border": True},
    "我们是中型企业": {"size": "medium"},
    "我们是行业协会": {"organisation": "association"},
    "我们母公司是小巨人，我们是市级专精特新": {"specialized_tier": "specialized"},
    "母公司在海淀，我们注册在通州": {"region": "通州区"},
    "刚说错了，保费是二十八万": {"insurance_premium": 280000},
    "在西城，不对，注册在丰台": {"region": "丰台区"},
    "我们是怀柔的小巨人，能拿多少补贴": {"region": "怀柔区", "specialized_tier": "little_giant"},
    "专精特新是市级的，高新也有": {"specialized_tier": "specialized", "high_tech": True},
    "不是高新，也不是专精特新": {"high_tech": False, "specialized_tier": "none"},
    "高新去年到期没续上": {"high_tech": False},
    "数据通过训练基地首次向社会开放": {"first_open": True, "open_channel": "training_base"},
    "采购额大概在八十万到一百万": {"purchase_amount": (800000, 1000000)},
    "利息不到五十万": {"loan_interest": (None, 500000)},
    "企业注册在石景山，首次做数据资产登记，北数所登的，花了5万8": {
        "region": "石景山区",
        "first_registration": True,
        "registration_venue": "bidex",
        "registration_fee": 58000,
    },
    "入表是第一次，金额300万，评估审计一共花了18万": {
        "first_listing": True,
        "listing_amount": 3000000,
        "listing_service_fee": 180000,
    },
    "去年被环保局重大处罚过，2025年6月12日公示的": {"last_major_penalty": date(2025, 6, 12)},
    "高企，专精特新，小巨人都没有": {"specialized_tier": "none", "high_tech": False},
    "以前进过沙盒": {"sandbox_first_entry": False},
    "实际在亦庄和通州干活": {"operating_regions": {"经开区", "通州区"}},
    "公司注册在天津，业务在亦庄": {"region": "outside_beijing", "operating_regions": {"经开区"}},
    "国拨资金两千万，经开区已经认定了": {"national_project_grant": 20000000, "national_project_recognised": True},
    "我们买数据没走平台，直接找厂家，一年三十万": {"purchase_venue": "other", "purchase_amount": 300000},
    "利息是98.4万不是89.4万": {"loan_interest": 984000},
    "海淀的AI企业，还没拿专精特新": {"region": "海淀区", "sector": {"ai"}, "specialized_tier": "none"},
}  # fmt: skip

SILENT = [
    "我们在通州有个数据中心",
    "我们工厂建成投产了",
    "没做液冷",
    "并购贷款利息三百万",
    "参加国际展会花了八十万",
    "亦庄的补贴有哪些", "通州给钱吗", "经开区对小巨人有什么支持", "如果我们迁到亦庄能拿多少", "朋友的公司在海淀",
    "客户在上海", "小巨人保费补贴多少",
    "高新算吗", "专精特新怎么申报", "受过处罚还能申请吗", "首次登记有奖励吗", "入表要花多少钱", "北数所在哪",
    "假如保费五十万能补多少", "集团去年登过",
    "前公司在亦庄，拿过小巨人", "我想了解下朝阳区政策", "今天天气不错", "你好", "谢谢", "正在申报小巨人",
    "数据要传到国外", "要是我们有高新呢",
    "评审什么时候开始", "同行去年拿了二十万", "海淀区的政策", "老板让问的",
]  # fmt: skip

UNKNOWN = {
    "保费不清楚": ("insurance_premium",), "采购额保密，不方便说": ("purchase_amount",),
    "登记费得问财务": ("registration_fee",),
    "利息多少我不知道": ("loan_interest",), "保费和利息都涉密": ("insurance_premium", "loan_interest"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STATED.items(), ids=list(STATED))
def test_facts_are_found_and_no_others(text: str, expected: dict[str, Any], lexicon: Lexicon) -> None:
    facts = read(text, None, lexicon, TODAY).facts

    assert {fact.attribute: _shape(fact.value) for fact in facts} == {
        name: _shape(value) for name, value in expected.items()
    }


@pytest.mark.parametrize("text", SILENT, ids=SILENT)
def test_text_that_states_nothing_of_the_company_gives_no_fact(text: str, lexicon: Lexicon) -> None:
    assert read(text, None, lexicon, TODAY).facts == ()


@pytest.mark.parametrize(("text", "names"), UNKNOWN.items(), ids=list(UNKNOWN))
def test_what_is_not_known_is_named_and_never_zero(text: str, names: tuple[str, ...], lexicon: Lexicon) -> None:
    understanding = read(text, None, lexicon, TODAY)

    assert (understanding.unknown, understanding.facts) == (names, ())


def _shape(value: Any) -> Any:
    if isinstance(value, set):
        return frozenset(value)
    if type(value).__name__ == "Interval":
        return value.low, value.high
    return value
