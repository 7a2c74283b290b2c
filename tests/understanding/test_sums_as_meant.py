"""Answers with sums and counts: which one is meant, what bounds it, what nobody had to pay."""

from decimal import Decimal
from typing import Any

import pytest

from bot.understanding.lexicon import Lexicon
from tests.understanding.meant import ASK, UNKNOWN, Answers, rows_of, take

ANSWERS: Answers = {
    ("amount", "入表金额是多少？（元）"): {
        "一共1 250 000元": Decimal(1250000), "是12 500 000.50": Decimal("12500000.50"),
        "账上是3 200 000": Decimal(3200000), "1'200'000元": Decimal(1200000), "小半个亿": ASK,
        "一个半亿": Decimal(150000000), "2个半亿": Decimal(250000000), "一亿半": Decimal(150000000),
        "半亿多": Decimal(50000000), "50来个w": Decimal(500000), "八十个w": Decimal(800000),
        "120个万": Decimal(1200000), "八十万 一分不多一分不少": Decimal(800000),
        "五十万，一分钱都没少给": Decimal(500000), "三十万，少一分人家都不干": Decimal(300000),
        "八十万都打不住": ASK, "八十万，打不住": ASK, "两百万挡不住": ASK, "九十万不止": ASK,
        "九十万肯定不止": ASK, "九十万怕是都不止": ASK, "三百万只多不少": ASK, "五十万用不了": ASK,
        "五十万花不完": ASK, "五十万都够呛": ASK, "六十万，只多不少": ASK, "八十万往上走": ASK,
        "八十万都没到": ASK, "四十万有余": ASK, "一千万还拐弯": ASK, "2026 年 4 326 500 元": Decimal(4326500),
        "四个半亿": Decimal(450000000), "七十多个w": Decimal(700000), "1.2个亿": Decimal(120000000),
        "三五个亿": ASK, "三百来个w": Decimal(3000000), "整一百八十万，多一分没有": Decimal(1800000),
        "一百万 一毛不多一毛不少": Decimal(1000000), "二百万差一丢丢": ASK, "两百万冒个头": ASK,
        "没过百万": ASK, "百万出头": Decimal(1000000), "不多不少正好七十万": Decimal(700000), "也就七十万顶天了": ASK,
        "撑死八十万": ASK, "八十万兜不住": ASK, "八十万还往上": ASK, "八十万出去了": ASK, "奔着一百万去了": ASK,
        "账面上二百三十五万六千四": Decimal(2356400), "3,5万": ASK, "五百二十万零三千": Decimal(5203000),
        "二百五": ASK,
    },
    ("amount", "首批登记费用一共花了多少？（元）"): {
        "人家白送的，没收钱": Decimal(0), "搞活动全给免了": Decimal(0), "平台给减免了，一分没掏": Decimal(0),
        "没让我们掏钱": Decimal(0), "没要我们的钱": Decimal(0), "本来要三万，后来全免了": Decimal(0),
        "原价两万八，赶上活动免了": Decimal(0), "免费给办的": Decimal(0), "一个子儿都没花": Decimal(0),
        "没花一分钱": Decimal(0), "一毛不拔": ASK, "白给的，不要钱": Decimal(0), "免了一部分": ASK,
        "减半收的": ASK, "公家全包了": ASK, "没掏腰包": Decimal(0), "别家都免了": ASK,
        "别家全免了，我们交了三万": Decimal(30000), "10月8号付的，5600元，单号202610080033": Decimal(5600),
        "发票号 04417823 金额96800元": Decimal(96800), "合同编号HT2025018，金额三十二万": Decimal(320000),
        "付了12万，经办人电话13812345678": Decimal(120000), "12万，电话是010-62564159": Decimal(120000),
        "人家请客，没让我出": Decimal(0), "一分钱没要": Decimal(0), "一分没收我们的": Decimal(0),
        "不收费的": Decimal(0), "交易所免费给登的": Decimal(0), "送的": Decimal(0), "白嫖的": Decimal(0),
        "政府买单，我们没出钱": Decimal(0), "费用给我们全免了": Decimal(0),
        "登记费减免之后是三千": Decimal(3000), "打完折两万八": Decimal(28000),
        "原来三万优惠完两万四": Decimal(24000), "说好免费，结果还是收了五千": Decimal(5000),
        "免费的是别家，我们交了八千": Decimal(8000), "没花多少，就三千": Decimal(3000),
        "没少花，十二万": Decimal(120000), "公司报销的，五千": Decimal(5000), "零元办的": Decimal(0),
        "羊毛薅到的，没掏钱": Decimal(0), "没要钱，就给了个公证费800": ASK,
        "2026年3月5日转账，36000元": Decimal(36000), "3月份花了两万八，4月份又花了一万二": ASK,
        "回单号20260305123456789，金额28600": Decimal(28600),
        "86000（含税），税号91110108MA01ABCD2X": Decimal(86000),
        "共支付￥56,000.00元，发票代码011002100411": Decimal(56000),
        "联系人王工 13911112222，费用三万六": Decimal(36000),
    },
    ("amount", "本年度数据产品采购额是多少？（元）"): {
        "去年45万，今年53万": Decimal(530000), "今年五十三万去年四十五万": Decimal(530000), "去年花了40万": ASK,
        "去年40万，今年还没买": ASK, "前年30万去年45万": ASK, "今年53万，比去年多了8万": Decimal(530000),
        "比去年多了8万": ASK, "跟去年一样45万": Decimal(450000), "2025年45万，2026年53万": Decimal(530000),
        "45万是去年的，今年53万": Decimal(530000), "去年45万，今年翻了一番": ASK,
    },
    ("amount", "首个交易合同第一年度的交易额是多少？（元）"): {
        "合同总额400万，头一年160万": Decimal(1600000), "总共签了480万分三年，每年160万": Decimal(1600000),
        "三年480万": ASK, "合同总价900万，分三年付": ASK, "首年120万，次年200万": Decimal(1200000),
        "第1年80万后面再说": Decimal(800000), "第一年度一百五十万，全部加起来四百万": Decimal(1500000),
        "一共400万，第一年占160万": Decimal(1600000), "第二年200万，第一年100万": Decimal(1000000),
        "合同总价三年600万，今年是第一年，给了180万": Decimal(1800000), "总额五百万，头年一百五": ASK,
        "首期第一年80万，后面两年各100万": Decimal(800000), "一期200万二期300万": ASK,
        "签了两年，一年90万": Decimal(900000), "合同一年期，一百二十万": Decimal(1200000),
        "全部五百万，第一年拿两成": ASK, "总盘子1000万，首年兑现了三分之一": ASK,
        "第一年度交易额是88万元": Decimal(880000), "分两期，第一年300万第二年200万": Decimal(3000000),
        "三年框架900万，头一年实际只走了210万": Decimal(2100000),
    },
    ("amount", "入表服务费用合计多少？（元）"): {
        "评估费22万，审计费9万，合计31万": Decimal(310000), "入表金额3000万，服务费50万": Decimal(500000),
        "三家加一起四十七万": Decimal(470000),
    },
    ("amount", "今年实际支付的科技保险保费是多少？（元）"): {
        "财产险三十万，科技险二十四万五": Decimal(245000), "保额一千万，保费十二万": Decimal(120000),
        "去年交了30万，今年涨到36万": Decimal(360000), "今年36万，去年30万": Decimal(360000),
        "去年30万，今年没买": ASK, "今年没买": ASK, "24年的是20万，26年的是30万": Decimal(300000),
        "今年比去年少交了5万": ASK, "今年比去年少交5万，交了31万": Decimal(310000),
        "前年18万，去年20万，今年22万": Decimal(220000), "保额五百万，保费八万六": Decimal(86000),
        "雇主险两万，科技险八万": Decimal(80000), "今年分两笔交，一笔5万一笔3万": ASK,
        "跟往年差不多，二十来万": Decimal(200000), "今年的还没交，去年是二十万": ASK,
        "今年比去年多交3万，一共交了18万": Decimal(180000),
    },
    ("facility_investment", ""): {
        "含土建一共3650万": Decimal(36500000), "算上土建3650万": Decimal(36500000),
        "土建也算进去是3650万": Decimal(36500000), "加上土建总共四千二百万": Decimal(42000000),
        "3650万含土建": Decimal(36500000), "3650万，土建也在里头": Decimal(36500000),
        "总投资3650万，其中土建800万": Decimal(36500000), "3650万，含土建800万": Decimal(36500000),
        "带土建五千万": Decimal(50000000), "不含土建三千万": ASK, "土建加设备一共4500万": Decimal(45000000),
        "带土建总共五千二百万": Decimal(52000000), "包括土建在内3800万": Decimal(38000000),
        "土建设备全算上六千万": Decimal(60000000), "四千万，里面土建占了八百万": Decimal(40000000),
        "土建800万，设备3200万，总共4000万": Decimal(40000000),
        "全部投下去连土建带设备四千来万": Decimal(40000000), "刨去土建三千万": ASK, "还没建": Decimal(0),
    },
    ("facility_civil_works", ""): {
        "其中土建800万": Decimal(8000000), "连土建3650万": ASK, "土建八百来万": Decimal(8000000),
        "土建占了八百万": Decimal(8000000), "没有土建": Decimal(0), "总投4000万里头土建八百": ASK,
    },
    ("insurance_premium", ""): {
        "保单不在我这儿": UNKNOWN, "会计出差了": UNKNOWN, "管这事的人离职了": UNKNOWN,
        "合同在老板保险柜里": UNKNOWN, "系统登不上去": UNKNOWN, "我没权限看账": UNKNOWN,
        "财务请假了联系不上": UNKNOWN, "单子在总部，我摸不着": UNKNOWN, "账本没带在身上": UNKNOWN,
        "人在外面手边没电脑": UNKNOWN, "前任经手的，交接没给我": UNKNOWN, "财务今天没来上班": UNKNOWN,
        "我这级别看不了这个数": UNKNOWN, "电脑没在跟前": UNKNOWN, "保单在财务那儿，大概三十万": Decimal(300000),
        "发票找不着了": UNKNOWN, "财务不在": UNKNOWN, "会计休产假去了": UNKNOWN,
        "保单让代理公司收着呢": UNKNOWN, "钱是总部付的，我看不到数": UNKNOWN, "我不分管这块": UNKNOWN,
        "账在外包会计那": UNKNOWN, "老账找不到了": UNKNOWN, "U盾在老板那，登不了系统": UNKNOWN,
        "保单压箱底了，翻不出来": UNKNOWN, "查不了账": UNKNOWN, "刚接手，前面的人没交接": UNKNOWN,
        "保单扫描件在公司电脑里，我在家": UNKNOWN, "财务下班了，明天问": UNKNOWN, "得等行政回来": UNKNOWN,
        "人事把合同收走了": UNKNOWN, "这得看合同，合同不在我手上": UNKNOWN,
        "我只是个跑腿的，哪知道这个": UNKNOWN, "得问我们老板娘": UNKNOWN,
    },
    ("purchase_amount", ""): {
        "数据在供应商那边，我够不着": UNKNOWN,
    },
    ("facility_years_supported", ""): {
        "支持过两年": Decimal(2), "没拿过": Decimal(0), "这是头一年": Decimal(0), "前年去年都有": Decimal(2),
        "23年24年都拿了": Decimal(2), "去年拿过一年": Decimal(1), "今年第一次申请": Decimal(0),
        "三年": Decimal(3),
    },
    ("amount", "金额大约是多少？（元）"): {
        "我们比较小，投了三十万": Decimal(300000), "投资三十万左右": Decimal(300000),
        "没多少，两万": Decimal(20000), "全部免费，零元": Decimal(0), "不免费，三万": Decimal(30000),
        "免费额度用完了，后来花了三万": Decimal(30000), "花了一百来个万": Decimal(1000000),
        "2万 3千": Decimal(23000), "1 500 000 不到": ASK, "成本一百二十万，收入二百万": ASK,
        "12.5万（10月付）": Decimal(125000),
    },
}  # fmt: skip


@pytest.mark.parametrize(("name", "prompt", "text", "expected"), rows_of(ANSWERS))
def test_a_sum_is_read_as_meant(name: str, prompt: str, text: str, expected: Any, lexicon: Lexicon) -> None:
    assert take(name, prompt, text, lexicon) == expected
