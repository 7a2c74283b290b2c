"""A message written like a form: 注册地：通州, 专精特新：市级, one a line or side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding.answers import read_answer_of
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, Answer, Fact, Outcome
from bot.understanding.questions import AnswerType, Question
from bot.understanding.text import Message, split_message

_ENTRY = re.compile(
    r"(?:^|(?<=[\n;,。]))\s*(?:[\(]?\d{1,2}[.、)\]]|[一二三四五六七八九十][、.]|[-·•*])?\s*"
    r"(?P<label>[^\n;,。:=?]{2,20}?)\s*[:=]\s*(?P<value>[^\n;,。:=?]{1,40})"
)
_AROUND = re.compile(
    r"^(?:贵?(?:公司|企业|单位)|我们|本公司|我司|目前|现在|当前)?的?(?:是否(?:为|是|有)?|是不是|有没有|有无)?|(?:情况|状况|所在区|级别|等级|资质)?(?:\([^)]*\))?$"
)


@dataclass(frozen=True, slots=True)
class Form:
    """What the entries of a form state and leave open, and the rest of the message."""

    facts: tuple[Fact, ...]
    unknown: tuple[str, ...]
    rest: Message


def read_form(message: Message, lexicon: Lexicon, today: date) -> Form:
    """The entries whose label is the name of something that is asked for."""
    if ":" not in message.plain and "=" not in message.plain:
        return Form((), (), message)
    facts: list[Fact] = []
    unknown: list[str] = []
    rest = message.plain
    for entry in _ENTRY.finditer(message.plain):
        question, answer = _read_entry(entry, lexicon, today)
        if question is None or answer.outcome is Outcome.ASK:
            continue
        rest = rest.replace(entry[0], "", 1)
        if answer.value is None:
            unknown.append(question.id)
        else:
            facts.append(Fact(question.id, answer.value, entry[0].strip()))
    if not facts and not unknown:
        return Form((), (), message)
    return Form(tuple(facts), tuple(unknown), replace(split_message(rest), raw=message.raw))


def _read_entry(entry: re.Match[str], lexicon: Lexicon, today: date) -> tuple[Question | None, Answer]:
    """What an entry is about, None where its label names nothing, and what it says of it."""
    question = _question_of(entry["label"], entry["value"], lexicon)
    if question is None:
        return None, ASK
    return question, read_answer_of(split_message(entry["value"]), question, lexicon, today)


def _question_of(label: str, value: str, lexicon: Lexicon) -> Question | None:
    """The question that a label names: by the name of its attribute, or by one of its cues."""
    names = dict.fromkeys((label, _AROUND.sub("", label)))
    for name in names:
        for question in lexicon.questions.values():
            if question.label.lower() == name:
                return question
        if (meant := lexicon.cue_index.get(name)) is not None:
            return _fitting([lexicon.questions[each] for each in meant], value)
    return None


def _fitting(questions: Sequence[Question], value: str) -> Question | None:
    """Of several that a cue points to, the sum for a figure, else the one that is none."""
    if len(questions) == 1:
        return questions[0]
    is_figure = re.search(r"\d|[百千万亿]", value) is not None
    fitting = [question for question in questions if (question.type is AnswerType.AMOUNT) == is_figure]
    return fitting[0] if len(fitting) == 1 else None
