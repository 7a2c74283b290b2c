"""What a case expects and what came instead, in the words of staff."""

from decimal import Decimal

from bot.batch.tables import STANDINGS, STATES
from bot.cases.case_files import NOTHING, PREMISES, TOPICS, Aspect, Wanted
from bot.dialog.flows import Guide
from bot.policy.money import format_yuan

NAMES = {
    Aspect.STANDING: "",
    Aspect.AVAILABILITY: "",
    Aspect.EXACT: "确定金额",
    Aspect.LOW: "最少金额",
    Aspect.HIGH: "最高金额",
    Aspect.FIXED: "能算准的合计",
    Aspect.CEILING: "最多的合计",
    Aspect.CHOSEN: "计入合计的条款",
    Aspect.EXCLUDED: "",
    Aspect.BECAUSE: "不计入的原因",
    Aspect.INSTEAD_OF: "不计入，让位给的条款",
    Aspect.WAITS_FOR: "接下来问的",
}
QUESTIONS = {TOPICS: "有哪些事项", PREMISES: "有没有处罚、失信等情形", NOTHING: "没有要问的了"}
WORDS = {word.value: said for words in (STANDINGS, STATES) for word, said in words.items()}


def say_wanted(aspect: Aspect, wanted: Wanted, got: Wanted, guide: Guide) -> str:
    """What it should be and what it is."""
    if aspect is Aspect.EXCLUDED:
        return "应当不计入合计，实际不是这样"
    verb = "应有" if aspect is Aspect.BECAUSE else "应为"
    return f"{NAMES[aspect]}{verb}{say(aspect, wanted, guide)}，实际是{say(aspect, got, guide)}"


def say(aspect: Aspect, value: Wanted, guide: Guide) -> str:
    """A value of an aspect, with the word under which staff write it where it has one."""
    match value:
        case None:
            return {Aspect.HIGH: "没有上限", Aspect.EXACT: "没有确定金额"}.get(aspect, "没有")
        case Decimal():
            return f" {format_yuan(value)}"
        case frozenset():
            return f" {'、'.join(sorted(value))}" if value else "一条也没有"
        case str() if aspect is Aspect.WAITS_FOR:
            attribute = guide.knowledge.attributes.get(value)
            return f"{attribute.label if attribute else QUESTIONS.get(value, '')}（{value}）"
        case str() if aspect is Aspect.BECAUSE:
            return f"「{value}」"
        case _:
            said = WORDS.get(str(value))
            return f"{said}（{value}）" if said else f" {value}"
