"""Commands, and what looks like one but isn't."""

from decimal import Decimal
from typing import Any

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.reading import read_command

PLAIN = {
    "restart": [
        "重新开始", "从头来过", "咱们重来一遍吧", "前面说的都不算，重新问", "换一家公司问问",
        "帮我另一家公司也测一下", "清空，重新填", "我想重新测一次",
        "能重新开始吗", "刚才填的作废，从头再来", "restart", "推倒重来吧", "重置", "重新走一遍流程吧",
        "再给另一家查查，从零开始问",
    ],
    "back": ["上一题", "回到上一题", "返回", "退一步", "上个问题我想重新答", "前一题", "倒回去",
    "刚刚那题选错了我要重答", "能退回上一步吗", "回上一个问题"],
    "skip": ["跳过", "下一题", "先跳过这题", "这题略过", "不想回答", "换个问题吧", "next", "先不填", "这个先放一放",
    "直接下一个吧", "这道跳过去"],
    "help": ["帮助", "怎么用", "你能干什么", "help", "你会什么呀", "这个怎么用", "有什么功能", "你是做什么的",
    "不会用，教教我", "你能帮我做什么", "使用说明"],
    "human": [
        "转人工", "人工客服", "我要找真人", "有客服电话吗", "找个懂行的人", "能不能安排个同事联系我",
        "给我转接人工", "有没有人能聊", "打电话给谁问",
        "不想跟机器人说了，叫个人来", "请安排专员对接一下", "人工",
    ],
    "show_profile": [
        "我的资料", "看看我填了什么", "把我填的信息列出来", "我之前都答了啥", "你记了我们公司哪些信息",
        "查看我的信息", "核对一下我填的内容", "显示我的档案",
        "我说过哪些了", "你都记录了什么",
    ],
    "delete_data": [
        "删除我的数据", "把我们公司的资料都删了", "清除所有记录", "请把我填的信息删除", "不要保存我的信息",
        "能不能把我的记录删掉", "注销账号",
        "从你们系统里删掉我们公司", "我刚说的都抹掉", "把聊天记录清除掉",
    ],
    "results": [
        "看结果", "出结果", "我能拿哪些补贴", "我们能申请什么", "汇总一下", "直接给我结果", "我符合哪些政策",
        "给个结论吧", "算一下能拿多少", "那我们能领多少钱",
        "就这些，出结果吧", "够不够格，给个说法", "列一下我能申请的",
    ],
    "greet": ["你好", "您好啊", "hello", "早上好", "在吗", "下午好呀", "嗨", "小助手你好"],
    "thanks": ["谢谢", "多谢了", "感谢感谢", "辛苦了", "好的，谢谢你", "太感谢了", "thanks"],
    "bye": ["再见", "拜拜", "先这样吧", "下次再聊", "没别的了，再见", "我先走了", "好的先这样，谢谢"],
    "why": ["为什么问这个", "问这个干嘛", "为啥要问处罚"],
    "more": ["下一页", "还有吗", "更多"],
    "none": [
        "人工审核要几天", "能改变主体类型再申报吗", "客户数据已经全部删除", "我们把旧数据清空了",
        "客服外包公司能申请吗", "谢谢，那入表呢",
        "换办公室要重新申报吗", "个人信息删除要求", "从零开始建设数据中心有补贴吗", "另一家公司登过算吗",
        "你们保存我的数据吗",
        "数据资产登记在哪里办", "重新认定高新需要什么材料", "删除个人信息要备案吗", "数据删除后还能登记吗",
        "企业注销了补贴要退吗", "退回补贴怎么办",
        "上一年度的保费能算吗", "帮助企业融资的政策", "人工智能训练基地在哪", "结果公示多久", "小巨人能拿多少",
        "有没有针对科技保险的补贴", "下一批什么时候申报",
        "跳过备案会被罚吗", "改造厂房有补贴吗", "开始申报的时间", "换证期间能申报吗", "清除历史欠税会影响申报吗",
        "海淀", "没有", "五十万", "是的", "不是", "首次",
        "我们的数据会被删除吗", "用户要求删除数据怎么处理", "从头到尾流程是什么", "更多数据产品能不能算采购额",
        "重来一次评审要多久", "客服机器人企业算人工智能吗",
        "返还的保费怎么算", "我们做人工标注", "企业信息变更后要重新申报吗", "删除权是什么", "我们在亦庄",
        "去年登过了",
    ],
}  # fmt: skip
ROWS = [pytest.param(text, intent, id=f"{intent}-{text}") for intent, texts in PLAIN.items() for text in texts]

CHANGES: list[tuple[str, str, Any]] = [
    ("注册地改为海淀", "region", "海淀区"), ("把注册地改成朝阳区", "region", "朝阳区"),
    ("我想改一下注册地", "region", None),
    ("专精特新填错了，应该是市级", "specialized_tier", "specialized"), ("更正，我们不是高新", "high_tech", False),
    ("行业改成机器人", "sector", frozenset({"robotics"})),
    ("保费说错了，是三十二万", "insurance_premium", Decimal(320000)),
    ("采购额改成一百五十万", "purchase_amount", Decimal(1500000)),
    ("刚才说没入过表，说错了，去年入过", "first_listing", False), ("金额写错了，是80万", "amount", Decimal(800000)),
    ("不对，我们在通州", "region", "通州区"),
    ("利息报多了，实际是四十万", "loan_interest", Decimal(400000)),
    ("登记费那个数不对，改成六万", "registration_fee", Decimal(60000)),
    ("前面选错了，我们是国家级小巨人", "specialized_tier", "little_giant"), ("能改一下行业吗", "sector", None),
    ("公司名写错了，改成北京青桐数据有限公司", "company_name", "北京青桐数据有限公司"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "intent"), ROWS)
def test_command_is_found(text: str, intent: str, lexicon: Lexicon) -> None:
    command = read_command(text, lexicon)

    assert command.intent.value == intent


@pytest.mark.parametrize(("text", "slot", "value"), CHANGES, ids=[text for text, _, _ in CHANGES])
def test_change_names_the_attribute_and_the_new_answer(text: str, slot: str, value: Any, lexicon: Lexicon) -> None:
    command = read_command(text, lexicon)

    assert (command.intent.value, command.slot) == ("change_answer", slot)
    assert (None if command.answer is None else command.answer.value) == value
