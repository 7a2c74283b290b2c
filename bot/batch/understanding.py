"""`policybot understand`: one user text → what it means, as the answer to a question or as a command."""

from datetime import date, timedelta

from bot.batch.jsonl import Answer, Case, day_of, text_of
from bot.batch.matching import yuan_json
from bot.dialog.flows import Guide
from bot.errors import RequestError
from bot.messages import JsonValue
from bot.policy.attributes import AttributeType, DateSpan, Value
from bot.policy.money import Interval
from bot.policy.values import value_to_json
from bot.understanding.meaning import ASK, Intent, Outcome
from bot.understanding.meaning import Answer as Reading
from bot.understanding.questions import Question
from bot.understanding.reading import general_question, read, read_answer, read_command

CONTRACT_INTENTS = frozenset(
    {
        Intent.RESTART,
        Intent.BACK,
        Intent.SKIP,
        Intent.HELP,
        Intent.HUMAN,
        Intent.SHOW_PROFILE,
        Intent.DELETE_DATA,
        Intent.CHANGE_ANSWER,
        Intent.RESULTS,
        Intent.GREET,
        Intent.THANKS,
        Intent.BYE,
    }
)


GENERAL_SLOTS = {AttributeType.YUAN: "amount", AttributeType.DATE: "date"}


def answer_understand(case: Case, guide: Guide) -> Answer:
    """The contract's answer: as the answer to `question` where there is one, else as a command."""
    text = text_of(case, "text")
    on = day_of(case)
    if case.get("question") is None:
        return _command(text, guide)
    return _answer(text_of(case, "question"), str(case.get("prompt") or ""), text, (guide, on))


def _answer(name: str, prompt: str, text: str, around: tuple[Guide, date]) -> Answer:
    guide, on = around
    try:
        question = general_question(name, prompt, guide.lexicon.questions)
    except KeyError:
        raise RequestError(f"没有问题 {name}：应为属性名，或 amount、date、yes_no、company_name") from None
    is_general = question.attribute is None
    answer = read_answer(text, question, guide.lexicon, on) if is_general else _in_dialog(text, question, guide, on)
    said: dict[str, object] = {"outcome": answer.outcome.value}
    if answer.outcome is Outcome.VALUE and answer.value is not None:
        said["value"] = single(answer.value)
    if isinstance(answer.value, Interval):
        said |= {"min": yuan_json(answer.value.low), "max": yuan_json(answer.value.high)}
    if answer.candidates:
        said["candidates"] = list(answer.candidates)
    return said


def _in_dialog(text: str, question: Question, guide: Guide, on: date) -> Reading:
    """As the dialog reads an answer: beside all else that the text may be."""
    return read(text, question, guide.lexicon, on).answer or ASK


def _command(text: str, guide: Guide) -> Answer:
    command = read_command(text, guide.lexicon)
    if command.intent not in CONTRACT_INTENTS:
        return {"intent": Intent.NONE.value}
    said: dict[str, object] = {"intent": command.intent.value}
    if command.intent is Intent.CHANGE_ANSWER:
        said |= {"slot": _slot(command.slot, guide), "value": _value(command.answer)}
    return said


def _slot(name: str | None, guide: Guide) -> str | None:
    """What is to be changed, as the contract names it: sums and dates go by their type, the rest by their attribute."""
    attribute = guide.knowledge.attributes.get(name or "")
    return name if attribute is None else GENERAL_SLOTS.get(attribute.type, name)


def _value(answer: Reading | None) -> JsonValue:
    return None if answer is None or answer.value is None else single(answer.value)


def single(value: Value) -> JsonValue:
    """A value as JSON; a set of one is that one, a whole month or year is written as it was said: 2025-09."""
    if isinstance(value, DateSpan) and (said := _whole(value)):
        return said
    raw = value_to_json(value)
    return raw[0] if isinstance(raw, list) and len(raw) == 1 else raw


def _whole(span: DateSpan) -> str:
    """The month or year that a span is all of; empty where it is none."""
    if span.first is None or span.last is None or span.first.day != 1:
        return ""
    first, after = span.first, span.last + timedelta(days=1)
    if (after.year, after.month, after.day) == (first.year + 1, 1, 1) and first.month == 1:
        return f"{first:%Y}"
    is_month = after.day == 1 and (after.year * 12 + after.month) - (first.year * 12 + first.month) == 1
    return f"{first:%Y-%m}" if is_month else ""
