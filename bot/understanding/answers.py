"""Reading a text as the answer to one question."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import assert_never

from bot.policy.attributes import AttributeType, Value
from bot.policy.money import Interval
from bot.understanding.amounts import Mention, find_amounts
from bot.understanding.claims import claim_of, first_of, own_clauses, read_yes_no_answer
from bot.understanding.companies import read_company_name
from bot.understanding.dates import DateMention, find_dates
from bot.understanding.figures import corrected, is_of_another
from bot.understanding.firms import speaks_of_two
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Answer, Outcome
from bot.understanding.numerals import parse_numeral
from bot.understanding.options import chosen_by_digit, read_choice
from bot.understanding.penalties import never_within
from bot.understanding.places import find_places, read_region, read_regions
from bot.understanding.polarity import (
    Polarity,
    asks_back,
    has_any,
    is_question,
    is_unknown,
    polarity_of,
    strip_fillers,
    supposes,
)
from bot.understanding.questions import AnswerType, Question
from bot.understanding.relevance import is_bare, names_subject
from bot.understanding.text import Clause, Message
from bot.understanding.tiers import read_set, read_tier

ASK = Answer(Outcome.ASK)
ASKED_BACK = Answer(Outcome.ASK, is_counter_question=True)
UNKNOWN = Answer(Outcome.UNKNOWN)
_TOTAL = re.compile(r"一共|总共|合计|总计|加起来|共计|总额|加一块|合起来|拢共|总的|全部加")
_THIS_YEAR = re.compile(r"今年|当年|本年|本年度")
_OTHER_YEAR = re.compile(r"去年|前年|上年|往年|明年")
_NOT_A_FEN = re.compile(r"一(?:分|毛|角|块)钱?(?:都|也|还)?(?:没|未|不用)|分文")
_OF_THE_SPEAKER = re.compile(
    r"我(?!们|司|公司|单位)|管|负责|经手|参与|关注|接触|接手|在弄|在做|在办|在搞|来|问|查|看|说"
)
_FIRMLY_NOTHING = re.compile(r"[分毛花]|^(?:免费|为零|是零)$")
_ZEROS = frozenset({"零", "0", "0元", "零元", "0块"})
_KEPT_BACK = re.compile(r"不说|不方便|不便|保密")
_COUNT = re.compile(r"(?<!第)(\d+|[零一二两三四五六七八九十]+)(?:年|次|回|个|期|轮)?")
_SAME = re.compile(
    r"(?:和|跟|与|同)?(?:注册地|注册地址|执照)?(?:都)?(?:一样|相同|同一个|一致|是一个地方|同上|在一起)(?:的)?"
)


def read_answer_of(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    """The message as an answer to the question."""
    message = _as_it_is(message, lexicon)
    if not message.clauses or (question.type is not AnswerType.COMPANY_NAME and speaks_of_two(message)):
        return ASK
    if (early := _no_answer(message, question, lexicon)) is not None:
        return early
    answer = _by_type(message, question, lexicon, today)
    is_open = answer.outcome is Outcome.ASK and not answer.candidates
    asks_about_it = is_open and asks_back(message, lexicon) and _is_of_question(message, question, lexicon)
    return ASKED_BACK if asks_about_it else answer


def _as_it_is(message: Message, lexicon: Lexicon) -> Message:
    """The message without what is only supposed: 如果搬到亦庄."""
    real = tuple(c for c in message.clauses if not supposes(c.text, lexicon))
    return message if len(real) == len(message.clauses) else replace(message, clauses=real, plain=_joined(real))


def _joined(clauses: Sequence[Clause]) -> str:
    return ",".join(clause.text for clause in clauses)


def _no_answer(message: Message, question: Question, lexicon: Lexicon) -> Answer | None:
    """UNKNOWN or a question of the user's, where that is all that the message says."""
    if declined := [c for c in message.clauses if is_unknown(c.text, lexicon)]:
        return _unknown(message, declined, question, lexicon)
    if question.type is AnswerType.COMPANY_NAME and _KEPT_BACK.search(message.plain):
        return UNKNOWN
    ends_asking = is_question(message.clauses[-1], lexicon) and asks_back(message, lexicon)
    if not ends_asking or _is_named(message, question):
        return None
    return ASKED_BACK if _is_of_question(message, question, lexicon) else ASK


def _unknown(message: Message, declined: list[Clause], question: Question, lexicon: Lexicon) -> Answer | None:
    if all(_names_only_others(c, question, lexicon) for c in declined):
        return None
    rest = [c for c in message.clauses if c not in declined]
    return None if _answers_besides(rest, question, lexicon) else UNKNOWN


def _names_only_others(clause: Clause, question: Question, lexicon: Lexicon) -> bool:
    """Whether what is not known is something else than what is asked."""
    named = {name for hit in lexicon.cue_index.find(clause.text) for name in hit.meaning}
    return question.attribute is not None and bool(named) and question.id not in named


def _is_of_question(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether the user asks about the open question: by its words, or in words of no subject (什么意思, 怎么算)."""
    if question.attribute is None:
        return True
    return any(
        names_subject(c.text, question) or is_bare(c.text, lexicon)
        for c in message.clauses
        if asks_back(Message("", c.text, (c,)), lexicon)
    )


def _answers_besides(rest: list[Clause], question: Question, lexicon: Lexicon) -> bool:
    """不清楚详情，反正是海淀的: something definite stands beside the not-knowing."""
    if question.attribute is not None and question.attribute.name in ("region", "operating_regions"):
        return any(find_places(c.text, lexicon) for c in rest)
    if question.type is AnswerType.AMOUNT:
        return any(m.value is not None for c in rest for m in find_amounts(c.text))
    if question.type is AnswerType.COMPANY_NAME:
        return any("有限" in c.text for c in rest)
    if question.type is AnswerType.YES_NO:
        return any(_is_definite(c, question, lexicon) for c in rest)
    if question.type in (AnswerType.ORDERED, AnswerType.CHOICE, AnswerType.SET):
        return any(lexicon.choice_words(question).find(c.text) for c in rest)
    return False


def _is_definite(clause: Clause, question: Question, lexicon: Lexicon) -> bool:
    """登过，具体哪天忘了 tells what is asked; 我没管过，不清楚 doesn't."""
    if is_question(clause, lexicon) or _OF_THE_SPEAKER.search(clause.text):
        return False
    claim = first_of if question.asks_first else claim_of
    return claim(clause, question, lexicon) in (Polarity.YES, Polarity.NO)


def _is_named(message: Message, question: Question) -> bool:
    return question.type in (AnswerType.ORDERED, AnswerType.CHOICE, AnswerType.SET) and len(message.clauses) > 1


def _by_type(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    match question.type:
        case AnswerType.CHOICE:
            is_place = question.attribute is not None and question.attribute.name == "region"
            return _region(message, question, lexicon) if is_place else read_choice(message, question, lexicon)
        case AnswerType.ORDERED:
            is_ladder = question.attribute is None or question.attribute.name == "specialized_tier"
            return (read_tier if is_ladder else read_choice)(message, question, lexicon)
        case AnswerType.SET:
            is_place = question.attribute is not None and question.attribute.name == "operating_regions"
            return _regions(message, question, lexicon) if is_place else read_set(message, question, lexicon)
        case AnswerType.YES_NO:
            return read_yes_no_answer(message, question, lexicon)
        case AnswerType.AMOUNT:
            return read_amount(message, question, lexicon, today)
        case AnswerType.COUNT:
            return _count(message, lexicon)
        case AnswerType.DATE:
            return read_date(message, question, lexicon, today)
        case AnswerType.COMPANY_NAME:
            return read_company_name(message, lexicon)
        case _ as unreachable:
            assert_never(unreachable)


def _region(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    chosen = chosen_by_digit(message.plain, question.choices)
    if chosen is not None:
        return Answer(Outcome.VALUE, chosen.value)
    own = tuple(own_clauses(message.clauses, lexicon))
    if all(is_question(c, lexicon) for c in own):
        return ASK
    return read_region(message if len(own) == len(message.clauses) else replace(message, clauses=own), lexicon)


def _regions(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    chosen = chosen_by_digit(message.plain, question.choices)
    if any(_SAME.fullmatch(strip_fillers(c.text, lexicon)) for c in message.clauses):
        return UNKNOWN
    return Answer(Outcome.VALUE, frozenset({chosen.value})) if chosen is not None else read_regions(message, lexicon)


def amounts_of(
    clauses: list[Clause], question: Question, lexicon: Lexicon, today: date
) -> list[tuple[Clause, Mention]]:
    """The sums in the clauses that may be what is asked: dates aside, and what the clause says is of something else."""
    found: list[tuple[Clause, Mention]] = []
    for clause in clauses:
        mentions = corrected(clause.text, find_amounts(without_dates(clause.text, today)), lexicon)
        for i, mention in enumerate(mentions):
            stop = mentions[i + 1].start if i + 1 < len(mentions) else len(clause.text)
            within = (mentions[i - 1].end if i else 0, stop)
            if question.attribute is None or not is_of_another(clause.text, mention, within, question.id, lexicon):
                found.append((clause, mention))
    return found


def without_dates(text: str, today: date) -> str:
    """The text with its dates blanked out, so that no year is taken for a sum."""
    for mention in find_dates(text, today):
        if text[mention.start : mention.end].isdigit():
            continue
        text = text[: mention.start] + "〓" * (mention.end - mention.start) + text[mention.end :]
    return text


def read_amount(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    """The sum in yuan; INTERVAL for a bound or a range; ASK where the unit or the sum is not told."""
    clauses = own_clauses([c for c in message.clauses if not is_question(c, lexicon)], lexicon)
    if any(_NOT_A_FEN.search(c.text) for c in clauses):
        return Answer(Outcome.VALUE, Decimal(0))
    found = amounts_of(_since_correction(clauses, lexicon), question, lexicon, today)
    found = [(c, m) for c, m in _after_correction(found, lexicon) if not m.is_denied]
    if not found:
        return _nothing(clauses, question, lexicon)
    found = _only(found, _TOTAL) or found
    if any(_THIS_YEAR.search(c.text) for c, _ in found):
        found = [(c, m) for c, m in found if not _OTHER_YEAR.search(c.text)] or found
    values = {m.value for _, m in found}
    return _sum_answer(values.pop()) if len(values) == 1 else ASK


def _since_correction(clauses: list[Clause], lexicon: Lexicon) -> list[Clause]:
    """The clauses after one that only takes back what went before (不对)."""
    for i in range(len(clauses) - 2, 0, -1):
        if strip_fillers(clauses[i].text, lexicon) in lexicon.words.correcting:
            return clauses[i + 1 :]
    return clauses


def _only(found: list[tuple[Clause, Mention]], words: re.Pattern[str]) -> list[tuple[Clause, Mention]]:
    marked = [(c, m) for c, m in found if words.search(c.text[: m.start])]
    return marked[-1:]


def _sum_answer(value: Decimal | Interval | None) -> Answer:
    if value is None:
        return ASK
    return Answer(Outcome.INTERVAL if isinstance(value, Interval) else Outcome.VALUE, value)


def _after_correction(found: list[tuple[Clause, Mention]], lexicon: Lexicon) -> list[tuple[Clause, Mention]]:
    """After 不对 or 应该是 only what follows counts."""
    for i in range(len(found) - 1, 0, -1):
        clause, mention = found[i]
        same = found[i - 1][0] is clause
        before = clause.text[found[i - 1][1].end if same else 0 : mention.start]
        if has_any(before, lexicon.words.correcting):
            return found[i:]
    return found


def _nothing(clauses: list[Clause], question: Question, lexicon: Lexicon) -> Answer:
    """0 for 一分没花; a bare 没有 counts where the question is about one thing that may not be."""
    texts = [strip_fillers(c.text, lexicon) for c in clauses]
    if any(_is_zero(text, lexicon) for text in texts):
        return Answer(Outcome.VALUE, Decimal(0))
    is_none = question.attribute is not None and any(_is_none(text, lexicon) for text in texts)
    return Answer(Outcome.VALUE, Decimal(0)) if is_none and not any("不是" in t for t in texts) else ASK


def _is_zero(text: str, lexicon: Lexicon) -> bool:
    firm = tuple(w for w in lexicon.words.nothing_spent if len(w) > 1 and _FIRMLY_NOTHING.search(w))
    return text in _ZEROS or has_any(text, firm)


def _is_none(text: str, lexicon: Lexicon) -> bool:
    endings = tuple(w for w in lexicon.words.nothing_spent if len(w) > 1)
    return text in lexicon.words.nothing_spent or text in lexicon.words.no or text.endswith(endings)


def _count(message: Message, lexicon: Lexicon) -> Answer:
    found = [n for c in message.clauses for m in _COUNT.finditer(c.text) if (n := parse_numeral(m[1])) is not None]
    if len(set(found)) == 1:
        return Answer(Outcome.VALUE, found[0])
    is_none = any(
        has_any(c.text, lexicon.words.nothing_spent) or polarity_of(c.text, lexicon) is Polarity.NO
        or has_any(c.text, lexicon.words.first) for c in message.clauses
    )  # fmt: skip
    return Answer(Outcome.VALUE, Decimal(0)) if is_none and not found else ASK


def read_date(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    """The day; a date known in part is a span for an attribute, text such as `2025-03` for a general question."""
    texts = [c.text for c in own_clauses(message.clauses, lexicon)]
    found: list[DateMention] = []
    for text in texts:
        here = [m for m in find_dates(text, today) if not re.search(r"(?:不是|并非)$", text[: m.start])]
        if here and has_any(text[: here[0].start], lexicon.words.correcting):
            found = []
        found += here
    if found:
        return _one_date(found, question)
    attribute = question.attribute
    if attribute is not None and attribute.type is AttributeType.DATE and _never(texts, question, lexicon):
        return Answer(Outcome.VALUE, never_within(message.plain, today))
    return ASK


def _one_date(found: list[DateMention], question: Question) -> Answer:
    exact = [m for m in found if m.exact is not None]
    chosen = {m.iso: m for m in (exact or found)}
    if len(chosen) != 1 or any(m.value is None for m in found):
        return ASK
    mention = next(iter(chosen.values()))
    value: Value | None = mention.exact
    if value is None:
        value = mention.iso if question.attribute is None else mention.value
    return ASK if value is None else Answer(Outcome.VALUE, value)


def _never(texts: list[str], question: Question, lexicon: Lexicon) -> bool:
    clean = (*question.no_words, *lexicon.words.clean)
    return any(polarity_of(t, lexicon) is Polarity.NO or has_any(t, clean) for t in texts)
