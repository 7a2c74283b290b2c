"""The keys of staff's own tests: cases and conversations."""

from bot.cases.shapes import CaseShape, ConversationShape, ExcludedShape, ExpectedShape, TotalsShape, TurnShape
from bot.reference.notes import Note, Notes

CASE_NOTES: Notes = {
    CaseShape: {
        "name": Note("这个例子说的是什么，一句话，不能重复", "入表金额等于 100 万元，不算大于"),
        "on": Note("按哪一天算", "2026-07-15"),
        "given": Note("企业的情况：属性和值；没写的就是不知道", "{region: 经开区, insurance_premium: 30万}"),
        "expect": Note("每个条款应当得出什么：一个词，或细写各项", "{digest-2024/1.1-2: not_eligible}"),
        "totals": Note("最优组合应当合计多少", "{fixed: 18万}"),
        "chosen": Note("最优组合应当正好是哪几项", "[bda-data-industry/1/premium-60]"),
        "excluded": Note("应当不计入的条款，可以写为什么", "[bda-data-industry/1/premium-50]"),
        "waits_for": Note("接下来应当问哪个属性", "insurance_premium"),
    },
    ExpectedShape: {
        "standing": Note("结论：符合、待定或不符合", "eligible"),
        "availability": Note("文件那天的状态：可申领、征求意见稿、已截止、待核实", "open"),
        "exact": Note("算准的金额；空着表示算不准", "15万"),
        "low": Note("最少多少", "0"),
        "high": Note("最多多少；空着表示没有上限", "50万"),
    },
    TotalsShape: {
        "fixed": Note("能算准的合计", "45万"),
        "ceiling": Note("最多的合计", "100万"),
    },
    ExcludedShape: {
        "because": Note("原因里应当有的话", "只能按一档"),
        "instead_of": Note("因为算了哪一项", "bda-data-industry/1/premium-60"),
    },
    ConversationShape: {
        "name": Note("这段对话说的是什么", "全角数字也能选"),
        "on": Note("哪一天；不写就按固定的一天", "2026-07-15"),
        "channel": Note("哪个渠道；不写就是网页", "web"),
        "turns": Note("一来一回"),
        "knows": Note("说完以后应当记下的情况", "{region: 经开区}"),
        "knows_not": Note("不应当记下的属性", "[high_tech]"),
        "waits_for": Note("说完以后应当在等哪个属性的回答", "insurance_premium"),
    },
    TurnShape: {
        "say": Note("用户说的话", "我们在亦庄"),
        "shows": Note("答复里应当有的话", "[经开区]"),
        "hides": Note("答复里不应当有的话", "[通州区]"),
        "privately": Note("群里问的，单独发给这个人的话里应当有什么", "[31.8 万元]"),
    },
}
