"""The words that stand for something in the files, in Chinese."""

from collections.abc import Mapping
from enum import StrEnum

from bot.dialog.acts import Notice
from bot.policy.attributes import AttributeType
from bot.policy.availability import Availability
from bot.policy.clauses import Kind, Per
from bot.policy.matching import Standing
from bot.search.words import Shape as AskedFor
from bot.understanding.meaning import Intent

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    AttributeType: {
        "choice": "单选",
        "ordered": "有高低的级别",
        "set": "多选",
        "bool": "是否",
        "yuan": "金额",
        "int": "整数",
        "date": "日期",
    },
    Kind: {
        "award": "奖励",
        "subsidy": "补贴",
        "match": "配套",
        "voucher": "券",
        "interest": "贴息",
        "support": "支持",
        "service": "服务",
        "pilot": "试点",
        "direction": "方向，没有可申领的",
        "rule": "规则，如适用范围、期限",
    },
    Per: {
        "enterprise": "每家企业",
        "enterprise_year": "每家企业每年",
        "project": "每个项目",
        "event": "每场活动",
        "unit": "每台（套）、每个平台等",
        "total": "一共",
        "unstated": "原文没写",
    },
    Standing: {"eligible": "符合", "needs_info": "待定", "not_eligible": "不符合"},
    Availability: {"open": "可申领", "draft": "征求意见稿", "closed": "已截止", "unconfirmed": "待核实"},
    Intent: {
        "restart": "重新开始",
        "back": "返回上一步",
        "skip": "跳过",
        "help": "怎么用",
        "human": "找人",
        "show_profile": "看我的资料",
        "delete_data": "删除我的资料",
        "change_answer": "改回答",
        "results": "看结果",
        "greet": "打招呼",
        "thanks": "道谢",
        "bye": "再见",
        "why": "为什么问",
        "more": "下一页",
        "undo_restart": "恢复清空前的回答",
        "proof": "看依据",
        "as_of": "按另一天算",
        "continue": "接着来",
        "none": "不是指令",
    },
    AskedFor: {
        "compare": "比较",
        "contact": "找谁",
        "term": "词的意思",
        "time": "什么时候",
        "amount": "多少钱",
        "who": "给谁",
        "how": "怎么办",
        "list": "有哪些",
        "lookup": "查条文",
    },
    Notice: {},
}
LEVELS = {"municipal": "市级", "zone": "功能区，如经开区", "district": "区级"}
STATUS_WORDS = {"draft": "征求意见稿，还没生效", "no_term": "原文没写期限"}


def spell_out(words: Mapping[str, str]) -> str:
    """The words that may be written, each with its meaning."""
    return "可写：" + "、".join(f"{word}（{said}）" if said else word for word, said in words.items())


def words_of(kind: type[StrEnum]) -> Mapping[str, str]:
    """Each word of a closed list with its meaning, empty where it speaks for itself."""
    said = WORDS.get(kind, {})
    return {member.value: said.get(member.value, "") for member in kind}
