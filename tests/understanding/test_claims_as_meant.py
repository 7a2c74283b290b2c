"""Answers of yes and no, to questions in the negative too, and by a place on a ladder."""

from typing import Any

import pytest

from bot.understanding.lexicon import Lexicon
from tests.understanding.meant import ASK, UNKNOWN, Answers, rows_of, take

ANSWERS: Answers = {
    ("yes_no", "贵公司是否未被列入严重违法失信主体名单？"): {
        "对": True, "嗯，没有": True, "没有被列入": True, "未被列入": True, "从来没上过": True,
        "没有，从来没上过": True, "上过一次": False, "被列入过": False, "列了，前年的事": False,
        "不是，去年被列进去了": False, "干干净净": True, "我们一向守法，没进过": True, "不太清楚": UNKNOWN,
        "没进过黑名单": True, "是": True, "确实没有": True, "可能吧": UNKNOWN,
    },
    ("yes_no", "贵公司不存在刑事犯罪记录，对吗？"): {
        "对的": True, "不存在": True, "有过一次": False, "错了，前年判过一起": False, "没错，清清白白": True,
        "存在": False, "有，单位行贿": False, "是啊，一直干净": True, "不对": False, "没有犯罪记录": True,
    },
    ("yes_no", "您还没有领过市级的首登记奖励吧？"): {
        "还没": True, "没领过": True, "对，还没领": True, "领过了": False, "去年就拿到手了": False, "没呢": ASK,
        "已经到账了": False, "没有啊，早领了": False, "还没轮到我们呢": True, "拿了十万": False,
        "不，领了": False, "对": True,
    },
    ("yes_no", "贵公司没有发生过数据安全事故吧？"): {
        "没发生过": True, "对，一次都没有": True, "出过一回": False, "发生过": False,
    },
    ("yes_no", "今年是否购买了科技保险？"): {
        "能不买吗": True, "哪能不买啊": True, "不买能行吗": True, "不买哪行啊": True, "谁敢不买": True,
        "哪舍得买啊": False, "买它干嘛": False, "谁买那玩意儿": False, "哪有闲钱买": False, "怎么会不买": True,
        "怎么可能买": False, "这还用说": True, "那必须的": True, "想买没钱": False, "保单都到手了": True,
        "上个月刚续的保": True, "压根儿没考虑": False, "报价还没谈拢": False, "冇買": False, "買咗": True,
        "谁家不买啊": True, "不买等着出事吗": True, "能省就省了": False, "保险公司上门我都给推了": False,
        "保单号我都能背下来": True, "刚签完字": True, "还在比价": False, "领导没批": False,
        "年初就安排上了": True, "打算年底买": False, "钱都交了你说呢": True, "买了，哪敢不买": True,
        "今年没买，去年买了": False, "哪家都没买": False, "怎么没买，买了": True, "怎么没有": True,
        "干嘛不买": ASK, "要不要买呢": ASK, "能不能不买": ASK, "谁知道呢": UNKNOWN, "谁管这个谁知道": UNKNOWN,
        "哪来的钱买": False, "哪里能买": ASK, "这有什么用啊": ASK, "你们问这个干嘛": ASK,
    },
    ("yes_no", "创新标杆场景是否已经评审认定？"): {
        "落选了[流泪]": False, "没评上😭": False, "评上了🎉": True, "名单里没我们": False,
        "红头文件都下来了": True,
    },
    ("yes_no", "数据流通设施是否已经建成并投入使用？"): {
        "土建完了，设备还没装": False, "机柜刚到货，还没上电": False, "还在打地基": False, "早就跑起来了": True,
        "建好了，就是还没通电": False, "验收完就投用了": True, "刚封顶": False, "在调试呢": False,
        "图纸还没画完": False, "天天在用": True, "主体完工了，就等设备进场": False,
        "设备都上架了，还没联调": False, "上半年就对外服务了": True, "剪彩都剪过了": True,
        "只建了个壳子": False, "试运行中": False, "还在招标": False, "客户都接进来用了": True, "还在用": True,
        "早投了": True, "都在用了": True, "正式投入使用": True, "用着呢": True, "在用": True,
    },
    ("yes_no", "贵公司是否承担了国家或北京市的重大科技专项？"): {
        "你好，我年纪大了打字慢，这个专项我们没承担过": False,
        "我们岁数大了看不清，专项是有的，科技部那个": True, "没那本事": False, "哪有那实力啊": False,
        "哪有没有的道理": ASK, "那是自然": True,
    },
    ("yes_no", "数据资产作价入股是否完成了工商登记？"): {
        "还在走流程": False, "材料刚递上去": False, "股东吵着呢，没办": False, "新执照都换了": True,
        "早办完了": True, "登记完了": True, "完成了，材料上个月交上去就批了": True,
    },
    ("dishonest_listed", ""): {
        "没上过，不信你查": False, "不信你上网查，干净着呢": False, "哪敢啊": False,
    },
    ("specialized_tier", ""): {
        "最高那档": "little_giant", "顶格的那个": "little_giant", "是最牛的那一级": "little_giant",
        "最低的那档": "innovative", "最基础那个": "innovative", "中间那个": "specialized", "哪有这些": "none",
        "哪来的专精特新": "none", "我们小作坊哪评得上": "none", "刚开张，跟这些不沾边": "none",
        "不是最高的那个": ASK, "想拿最高的那个": ASK, "都没有，太小了": "none", "刚注册，还没评呢": "none",
        "最大的那个荣誉": "little_giant", "最顶上那一级": "little_giant", "倒数第二级": ASK,
        "最次的那种": "innovative", "第一档": ASK, "不敢高攀": "none", "我们这么小哪轮得上": "none",
        "刚成立，啥都没来得及评": "none", "哪够得着": "none", "算不上，啥牌子没有": "none",
        "哪个都没有": "none", "哪个最高": ASK, "最高能到哪级": ASK, "够不上小巨人，是市级的": "specialized",
        "算不上小巨人": ASK, "没评上小巨人，刚拿的市级": "specialized",
    },
    ("size", ""): {
        "最大的那档": "large", "最小的那个": "micro", "最小那一档": "micro", "最大型": "large", "中间那档": ASK,
    },
    ("yes_no", "贵公司是否未受过重大行政处罚？"): {
        "没受过": True, "受过": False, "罚过五万": False, "嗯嗯": True, "没有没有": ASK,
        "有一次，去年罚的": False, "没有，干净得很": True, "从没被罚过": True, "是，没被罚过": True,
        "不，被罚过": False, "哪能呢": True, "怎么可能没有": False, "哪有什么处罚": True, "未受过": True,
        "是未受过": True, "真没有": True,
    },
    ("yes_no", "你们没有开展过数据出境业务吧？"): {
        "没开展过": True, "有的，去年开始做的": False, "做过": False, "早就做了": False, "对的，没有": True,
        "没做过这块": True, "不是啊，我们一直在做": False, "没错": True, "没有啊": ASK, "嗯，没做过": True,
        "做了两年了": False, "正在做": False, "暂时没有": True,
    },
    ("yes_no", "企业近三年不存在逃税行为，是吗？"): {
        "是": True, "不存在": True, "没有逃过税": True, "补过一次税": False, "放心，没有的事": True,
    },
    ("yes_no", "贵公司尚未享受过同类补贴，对吧？"): {
        "对": True, "享受过了": False, "已经享受过一次": False, "还没享受": True, "没享受过": True,
        "尚未": True, "不对，领过一笔": False,
    },
    ("yes_no", "数据产品是通过合规数据流通交易平台采购的吧？"): {
        "嗯呐": True, "当然": True, "走的平台": True, "没走平台": False,
    },
    ("yes_no", "贵公司是否有刑事犯罪记录？"): {
        "哪能啊": False, "谁敢啊": False, "怎么会有": False,
    },
}  # fmt: skip


@pytest.mark.parametrize(("name", "prompt", "text", "expected"), rows_of(ANSWERS))
def test_an_answer_of_yes_or_no_is_read_as_meant(
    name: str, prompt: str, text: str, expected: Any, lexicon: Lexicon
) -> None:
    assert take(name, prompt, text, lexicon) == expected
