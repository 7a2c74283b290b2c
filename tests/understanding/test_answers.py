"""Answers to one question, in the words of many people."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.policy.attributes import NEVER, DateSpan
from bot.understanding.general import general_question
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read_answer

TODAY = date(2026, 11, 21)
ASK, UNKNOWN = Outcome.ASK, Outcome.UNKNOWN

REGION = {
    "执照上是北京市大兴区": "大兴区", "执照还在海淀,人搬到亦庄了": "海淀区", "海淀 不过马上搬去亦庄": "海淀区",
    "亦庄 但税在大兴": "大兴区",
    "朝阳区不对 海淀区": "海淀区", "是通州不是亦庄": "通州区",
    "西城": "西城区", "我们公司在丰台": "丰台区", "顺义后沙峪": "顺义区", "回龙观": "昌平区", "经开": "经开区",
    "亦庄那边": "经开区",
    "在大兴黄村": "大兴区", "长阳镇": "房山区", "国贸CBD": "朝阳区", "五道口": "海淀区", "西二旗": "海淀区",
    "首钢园里": "石景山区",
    "雁栖湖旁边": "怀柔区", "门头沟": "门头沟区", "平谷马坊": "平谷区", "延庆": "延庆区", "宋庄": "通州区",
    "运河商务区": "通州区",
    "北京市海淀区中关村大街27号": "海淀区", "北京市朝阳区望京街道阜通东大街6号院": "朝阳区", "荣华中路": "经开区",
    "科创十四街": "经开区",
    "东成区": "东城区", "shunyi": "顺义区", "Tong Zhou": "通州区", "注册地在密云，办公在望京": "密云区",
    "办公在国贸，注册在怀柔": "怀柔区",
    "照挂在延庆，人在上地干活": "延庆区", "不在朝阳，在通州": "通州区", "不是大兴是经开区": "经开区",
    "通州台湖": "通州区", "大兴区旧宫": "大兴区",
    "前年从海淀搬到昌平了": "昌平区", "正在从朝阳往通州迁，手续还没办完": "朝阳区", "上海": "outside_beijing",
    "深圳南山": "outside_beijing",
    "河北廊坊": "outside_beijing", "我们是杭州的公司": "outside_beijing", "旧宫": ASK, "马驹桥": ASK, "瀛海": ASK,
    "北京市": ASK, "首都": ASK,
    "大兴机场": ASK, "准备迁到亦庄": ASK, "我们在亦庄办公": ASK, "朝阳和海淀都有": ASK,
    "是大兴还是经开区我也分不清": ASK, "自贸区": ASK,
    "注册地是什么意思": ASK, "亦庄算哪个区": ASK, "不清楚": UNKNOWN, "这个得问行政": UNKNOWN, "不方便说": UNKNOWN,
    "我查一下再回你": UNKNOWN,
    "跳过": UNKNOWN, "天津的": "outside_beijing", "海淀区吧": "海淀区", "就是石景山": "石景山区", "丽泽": "丰台区",
    "BDA核心区": "经开区",
    "未来科学城": "昌平区", "中关村软件园": "海淀区", "良乡大学城": "房山区", "王府井": "东城区",
    "石龙": "门头沟区", "天竺综保区": "顺义区",
    "注册在金融街，后台在亦庄": "西城区", "营业执照地址是朝阳区酒仙桥路": "朝阳区", "落户在副中心": "通州区",
    "户口在经开区": "经开区",
    "我们是海定区的": ASK, "昌平，实际经营在海淀": "昌平区", "原来在丰台，现在注册在房山": "房山区", "二": "通州区",
    "1": "经开区", "3": "海淀区",
}  # fmt: skip

TIER = {
    "之前是小巨人 今年复核没过": ASK, "小巨人公示了还没发证": ASK, "我们不是 母公司是小巨人": ASK,
    "跟小巨人差一步": ASK, "创新型没有": ASK,
    "市级,小巨人还在公示": "specialized", "刚申报成功小巨人": "little_giant", "想申报市级": ASK,
    "什么等级都没有": "none",
    "国家级小巨人": "little_giant", "我们是小巨人企业": "little_giant", "专精特新小巨人": "little_giant",
    "工信部认定的那个": "little_giant",
    "市级的": "specialized", "北京市专精特新中小企业": "specialized", "市经信局批的": "specialized",
    "就是市专精特新": "specialized",
    "创新型": "innovative", "创新型中小": "innovative", "没有": "none", "无": "none", "没评过": "none",
    "一个都没有": "none", "什么都没评": "none",
    "不是专精特新": "none", "专精特新没有": "none", "专精特新": ASK, "是专精特新企业": ASK, "有专精特新": ASK,
    "小巨人在申报，还没批": ASK,
    "瞪羚企业": ASK, "独角兽": ASK, "高新技术企业": ASK, "这几个有什么区别": ASK, "小巨人是啥": ASK,
    "不知道": UNKNOWN, "我问问同事": UNKNOWN,
    "记不清了": UNKNOWN, "市级有，小巨人正在申报": "specialized", "前年评的市级，今年升小巨人了": "little_giant",
    "不是国家级，是市级的": "specialized",
    "国家级没有，只有市级": "specialized", "市级和国家级都有": "little_giant", "创新型那档": "innovative",
    "最高那级": "little_giant", "3": "specialized",
    "4": "little_giant", "第一个": "none", "选2": "innovative", "②": "innovative", "２": "innovative",
    "B": "innovative", "小具人": "little_giant",
    "没评上小巨人，就是个市级": "specialized", "还没有": "none", "啥都没有": "none",
}  # fmt: skip

HIGH_TECH = {
    "今年刚过期": False, "以前是": ASK, "我们是小巨人": ASK, "是市级高新": False, "被撤了": False, "国家级的": True,
    "子公司是 我们不是": False,
    "是": True, "是的": True, "对，是高企": True, "有高新证书": True, "高企": True, "去年刚认定的": True,
    "还在有效期": True, "国高": True,
    "不是": False, "没有": False, "没评过": False, "证书过期了": False, "被取消资格了": False, "还没申请": False,
    "我们不是高企": False,
    "正在申报": ASK, "材料刚交上去，等公示": ASK, "应该是吧": ASK, "高新是什么": ASK, "不知道": UNKNOWN,
    "得问财务": UNKNOWN, "1": True, "2": False,
    "没错，我们是": True, "嗯": True, "否": False, "今年复审没过": False, "拿到证了": True, "不是没有，是有的": True,
}  # fmt: skip

FIRST_REGISTRATION = {
    "已登记": False, "暂时没有": True, "肯定没有": ASK, "登过 忘了哪年": False, "登过 但是作废了": ASK,
    "我没管过，不清楚": UNKNOWN,
    "是首次": True, "头一回办": True, "从来没登记过": True, "没登过": True, "还没有办过": True, "这是第一回": True,
    "准备登": True, "初次": True,
    "没有办理过": True, "尚未登记": True, "正打算办": True, "之前从没弄过": True, "前两年登记过一批": False,
    "登记过了": False, "已经登过": False,
    "办过两次": False, "第三次了": False, "不是首次": False, "又登了一批，是第二批": False, "早就办过了": False,
    "以前办过": False, "没有": ASK,
    "没": ASK, "有": ASK, "什么算登记": ASK, "不确定": UNKNOWN, "我得去问问": UNKNOWN, "不想说": UNKNOWN,
    "子公司登过，我们自己没登过": True,
    "集团登过，本公司没有": True, "不是没登过": False, "对": True, "否": False, "不，之前办过": False, "1": True,
    "2": False, "曾经登记过": False,
    "可能登过吧": ASK, "没登成，被退回来了": True, "从没登过": True, "还没": True, "我们不是头一次了": False,
    "首登": True,
}  # fmt: skip

FIRST_OTHERS = [
    ("first_listing", "还没入", True), ("first_listing", "今年头一次入", True), ("first_listing", "前年入过", False),
    ("first_listing", "年年都入", False), ("first_listing", "入表过一回", False),
    ("first_listing", "入表怎么算", ASK),
    ("first_listing", "财务那边才知道", UNKNOWN), ("first_listing", "计划年底入", True),
    ("first_listing", "没入过", True),
    ("first_listing", "第二年入了", False), ("first_listing", "压根没做过", True),
    ("first_listing", "是第一次入表", True),
    ("first_trade", "没签过", True), ("first_trade", "一单都没成交过", True), ("first_trade", "成交过三笔", False),
    ("first_trade", "头一单", True), ("first_trade", "老客户续签的", False),
    ("first_trade", "已经卖过好几次了", False),
    ("first_trade", "还没开张", True), ("first_trade", "去年就签过", False), ("first_trade", "第一个合同刚签", True),
    ("first_trade", "说不准", UNKNOWN), ("first_trade", "没有", ASK), ("first_trade", "从来没有", True),
    ("first_trade", "不是第一单", False),
    ("first_open", "没开放过", True), ("first_open", "首次", True), ("first_open", "以前公开过一次", False),
    ("first_open", "开放过两批", False),
    ("first_open", "从没对外开放", True), ("first_open", "一直在开放", False), ("first_open", "今年头一遭", True),
    ("first_open", "忘记了", UNKNOWN), ("first_open", "开放指什么", ASK), ("first_open", "打算开放", True),
    ("first_cross_border", "还没出境过", True), ("sandbox_first_entry", "申请过一次", False),
    ("sandbox_first_entry", "第一次申请", True),
]  # fmt: skip

SECTOR = {
    "人工智能": {"ai"}, "做图像识别的": {"ai"}, "AI": {"ai"}, "智能体开发": {"ai"},
    "数据清洗和标注": {"data_services"}, "数据交易": {"data_services"},
    "写软件的": {"software"}, "工业软件": {"software"}, "人形机器人": {"robotics"}, "机械臂": {"robotics"},
    "新药研发": {"medical"},
    "医疗器械": {"medical"}, "基因测序": {"medical"}, "无人驾驶": {"autonomous_driving"},
    "车路协同": {"autonomous_driving"},
    "机床制造": {"manufacturing"}, "半导体": {"manufacturing"}, "私募基金": {"finance"}, "保险公司": {"finance"},
    "开网店的": {"ecommerce"},
    "直播带货": {"ecommerce"}, "开饭店": {"other"}, "物流": {"other"}, "律师事务所": {"other"},
    "医疗大模型": {"ai"}, "金融软件": {"software"},
    "人工智能和机器人": {"ai", "robotics"}, "大摸型": {"ai"}, "不是做硬件，是做软件的": {"software"},
    "1": {"data_services"}, "3": {"ai"}, "都行": ASK,
    "不好说": UNKNOWN, "什么都干": ASK, "这个怎么分": ASK, "其他": {"other"}, "做语音合成": {"ai"},
    "Robotaxi": {"autonomous_driving"},
}  # fmt: skip

AMOUNT: dict[str, Any] = {
    "100万不到": (None, 1000000), "50万+": (500000, None), "每月五万": ASK, "百八十万": ASK,
    "去年30万 今年45万": 450000, "第一批20万 第二批30万": ASK,
    "八十万": 800000, "80万": 800000, "80万元": 800000, "80.5万": 805000, "120w": 1200000, "三百二十万": 3200000,
    "一百零八万": 1080000,
    "二十六万四": 264000, "26万4": 264000, "六万八": 68000, "3万5": 35000, "两亿": 200000000, "0.8亿": 80000000,
    "500,000": 500000,
    "￥360000": 360000, "8k": 8000, "三千块": 3000, "八百元": 800, "1千2百万": 12000000, "一千二百万": 12000000,
    "大概五十万": 500000,
    "五十万左右": 500000, "两百来万": 2000000, "六十多万": 600000, "不是30万，是13万": 130000,
    "十五万，不对，十六万": 160000,
    "一分钱没花": 0, "没花钱": 0, "免费的": 0, "0": 0, "一共九十万": 900000, "差不多四十万": 400000,
    "1,080,000.00元": 1080000, "3.5百万": 3500000, "2019.5万": 20195000, "花了1949.18万元": 19491800,
    "一百八十七万元整": 1870000, "两千六百八十万": 26800000, "十万零五百": 100500, "９０万": 900000,
    "壹佰贰拾万元整": 1200000, "6万": 60000,
    "30": ASK, "五十": ASK, "几十万": (200000, 1000000), "好几万": (20000, 100000),
    "十几万": (100000, 200000), "三十几万": (300000, 400000),
    "-8万": ASK, "负三万": ASK,
    "十万出头": 100000, "99999999999999万": ASK, "不多": ASK, "看情况": ASK, "怎么算": ASK,
    "含税吗": ASK, "5万美元": ASK,
    "没统计": UNKNOWN, "不知道": UNKNOWN, "等财务给": UNKNOWN, "保密": UNKNOWN, "还没核算": UNKNOWN,
    "不方便透露": UNKNOWN,
    "七八十万": (700000, 800000), "50到60万": (500000, 600000), "50-60万": (500000, 600000),
    "不到二十万": (None, 200000),
    "超过一百万": (1000000, None), "至少三十万": (300000, None), "十万以内": (None, 100000),
    "一百万以上": (1000000, None), "两三万": (20000, 30000),
    "不超过五十万": (None, 500000), "三十多万到四十万": (300000, 400000),
}  # fmt: skip

YES_NO = [
    ("近三年有没有受过行政处罚？", "没有", False), ("近三年有没有受过行政处罚？", "从没有过", False),
    ("近三年有没有受过行政处罚？", "有", True),
    ("近三年有没有受过行政处罚？", "罚过一次", True), ("近三年有没有受过行政处罚？", "清清白白", False),
    ("近三年有没有受过行政处罚？", "没被罚过", False),
    ("近三年有没有受过行政处罚？", "警告算吗", ASK), ("近三年有没有受过行政处罚？", "得问法务", UNKNOWN),
    ("贵公司是否列入失信名单？", "没上过", False),
    ("贵公司是否列入失信名单？", "信用良好", False), ("今年是否采购过数据产品？", "买过", True),
    ("今年是否采购过数据产品？", "没采购", False),
    ("今年是否采购过数据产品？", "采购了两批", True), ("今年是否采购过数据产品？", "还没有", False),
    ("今年是否采购过数据产品？", "正在谈，还没签", False),
    ("贵公司是否首次入表？", "还没入过", True), ("贵公司是否首次入表？", "没有", ASK),
    ("贵公司是否首次入表？", "去年入过", False),
    ("设施是否已经建成？", "建好了", True), ("设施是否已经建成？", "还在建", False),
    ("是否通过评审？", "没通过", False), ("是否通过评审？", "通过了", True),
    ("是否通过评审？", "不太清楚", UNKNOWN), ("是否通过评审？", "当然", True), ("是否通过评审？", "应该吧", ASK),
    ("是否有刑事犯罪记录？", "无", False),
    ("是否有刑事犯罪记录？", "干净", False), ("今年是否购买了科技保险？", "买了两份", True),
    ("今年是否购买了科技保险？", "不打算买", False),
]  # fmt: skip

DATES: dict[str, Any] = {
    "2024年3月5日": "2024-03-05", "2024-3-5": "2024-03-05", "2024/03/05": "2024-03-05", "24.3.5": "2024-03-05",
    "20240305": "2024-03-05",
    "二零二四年三月五日": "2024-03-05", "二〇二五年十二月三十一号": "2025-12-31", "今年5月": "2026-05",
    "去年12月8号": "2025-12-08", "前天": "2026-11-19",
    "今天": "2026-11-21", "上个月15号": "2026-10-15", "上个月": "2026-10", "2025年": "2025", "前年": "2024",
    "3月8日": "2026-03-08", "8月": "2026-08",
    "12月1号": "2025-12-01", "上周五": "2026-11-13", "三天前": "2026-11-18", "去年国庆": "2025-10-01",
    "不是3月是4月": "2026-04",
    "2024年2月29日": "2024-02-29", "2025年2月29日": ASK, "13月5号": ASK, "很久了": ASK, "前阵子": ASK,
    "去年年底": ASK, "不记得": UNKNOWN,
    "查一下再说": UNKNOWN, "23年10月": "2023-10", "2025-08": "2025-08", "11月20号吧": "2026-11-20",
}  # fmt: skip

PENALTY: dict[str, Any] = {
    "没有": NEVER, "从来没罚过": NEVER, "没受过处罚": NEVER, "干净的": NEVER, "2024年11月6日": date(2024, 11, 6),
    "去年8月": DateSpan(date(2025, 8, 1), date(2025, 8, 31)),
    "记不清了": UNKNOWN, "罚过": ASK, "被罚过，2023年5月1号公示的": date(2023, 5, 1),
}  # fmt: skip

NAMES: dict[str, Any] = {
    "北京星河数据科技有限公司": "北京星河数据科技有限公司",
    "我们公司叫北京云图智能科技有限公司": "北京云图智能科技有限公司",
    "全称是：京东方舟（北京）信息技术股份有限公司": "京东方舟（北京）信息技术股份有限公司",
    "公司名称：北京海纳医疗器械有限责任公司。": "北京海纳医疗器械有限责任公司",
    "不方便说": UNKNOWN, "保密": UNKNOWN, "就是一家小公司": ASK, "你们不是知道吗": ASK,
    "原来叫青禾网络，后来改名北京青禾数智科技有限公司": "北京青禾数智科技有限公司",
    "北京市智慧城市研究院": "北京市智慧城市研究院", "名字还没定": ASK,
}  # fmt: skip


def _rows(name: str, table: dict[str, Any]) -> list[Any]:
    return [pytest.param(name, "", text, expected, id=f"{name}-{text}") for text, expected in table.items()]


PROMPT = {"amount": "金额大约是多少？（元）", "date": "登记证书是哪天取得的？", "company_name": "贵公司的全称是？"}
ROWS = [
    *_rows("region", REGION), *_rows("specialized_tier", TIER), *_rows("high_tech", HIGH_TECH),
    *_rows("sector", SECTOR),
    *_rows("first_registration", FIRST_REGISTRATION), *_rows("amount", AMOUNT), *_rows("date", DATES),
    *_rows("last_major_penalty", PENALTY),
    *_rows("company_name", NAMES),
    *(pytest.param(name, "", text, value, id=f"{name}-{text}") for name, text, value in FIRST_OTHERS),
    *(pytest.param("yes_no", prompt, text, value, id=f"{prompt}-{text}") for prompt, text, value in YES_NO),
]  # fmt: skip


@pytest.mark.parametrize(("name", "prompt", "text", "expected"), ROWS)
def test_answer_is_read_as_meant(name: str, prompt: str, text: str, expected: Any, lexicon: Lexicon) -> None:
    question = general_question(name, prompt or PROMPT.get(name, ""), lexicon.questions)

    answer = read_answer(text, question, lexicon, TODAY)

    assert _shape(answer.outcome, answer.value) == _wanted(expected)


def _shape(outcome: Outcome, value: Any) -> Any:
    if outcome is Outcome.INTERVAL:
        return value.low, value.high
    return outcome if value is None else value.isoformat() if type(value) is date else value


def _wanted(expected: Any) -> Any:
    if isinstance(expected, set):
        return frozenset(expected)
    if isinstance(expected, bool | Outcome | str | DateSpan):
        return expected
    if isinstance(expected, date):
        return expected.isoformat()
    if isinstance(expected, tuple):
        return tuple(None if end is None else Decimal(end) for end in expected)
    return Decimal(expected)
