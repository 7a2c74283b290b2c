"""Reading a message as a sum in yuan."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.policy.attributes import AttributeType
from bot.policy.money import Interval
from bot.understanding.amounts import Mention, find_amounts
from bot.understanding.asked_sums import asked_of, is_of_wrong_year, is_only_listed, paid_of, subject_of
from bot.understanding.dates import find_dates
from bot.understanding.figures import corrected, is_in_parts, is_of_another
from bot.understanding.kinds import is_of_other_kind
from bot.understanding.lexicon import Lexicon
from bot.understanding.limits import is_bound
from bot.understanding.meaning import ASK, HEDGED, Answer, Outcome
from bot.understanding.owners import own_clauses
from bot.understanding.polarity import has_any, is_question, strip_fillers
from bot.understanding.questions import Question
from bot.understanding.text import Clause, Message, blanked
from bot.understanding.waivers import is_not_a_fen, is_waived

_FIRMLY_NOTHING = re.compile(r"[分毛花]|^(?:免费|为零|是零)$")
_ZEROS = frozenset({"零", "0", "0元", "零元", "0块"})
_DECIMAL = re.compile(r"\d+\.\d+")
PAID_UP = re.compile(r"(?:已经?|实际|目前)?(?:实缴|到位|认缴|其中)")
_TOO_SMALL = 1_000
_UNIT_OF_MONEY = re.compile(r" *[万亿千百元块w]")
_NEVER_DONE = re.compile(
    r"(?:我们|我司|公司|咱们?|还|从来?|一直|都|压根儿?|根本|目前|暂时|今年)*(?:没有?|未|从未)(?:去|能)?"
    r"(?:买|采购|交|投|领|付|花|建|办|做|弄|申请|贷|投保|用|拿|享受|发生|产生)(?:过|呢|什么|啥|的|东西)*"
)


def amounts_of(
    clauses: list[Clause], question: Question, lexicon: Lexicon, today: date
) -> list[tuple[Clause, Mention]]:
    """The sums in the clauses that may be what is asked: dates aside, and what the clause says is of something else."""
    return [
        (clause, mention)
        for at, clause in enumerate(clauses)
        if not is_of_wrong_year(clause, question, today) and not _goes_on_with_another(at, clauses, question, lexicon)
        for mention, within in _mentions_in(clause.text, lexicon, today)
        if _may_be_asked(clause.text, mention, within, question, lexicon)
    ]


def _goes_on_with_another(at: int, clauses: Sequence[Clause], question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause only tells the sum of what the one before it names: 去年买了数据接口，八万."""
    if question.attribute is None or at == 0 or lexicon.cue_index.find(clauses[at].text):
        return False
    before = clauses[at - 1]
    if before.sentence != clauses[at].sentence:
        return False
    if find_amounts(before.text):
        return PAID_UP.match(clauses[at].text) is not None and has_any(before.text, lexicon.words.other_sums)
    named = {name for name in lexicon.named_in(before.text) if _is_sum(lexicon.questions[name])}
    return bool(named) and question.id not in named


def _is_sum(question: Question) -> bool:
    return question.attribute_type is AttributeType.YUAN


def _may_be_asked(text: str, mention: Mention, within: tuple[int, int], question: Question, lexicon: Lexicon) -> bool:
    """Whether the clause does not say that the sum is of something else."""
    if is_of_other_kind(text, mention, "", question):
        return False
    return question.attribute is None or not is_of_another(text, mention, within, question.id, lexicon)


def _mentions_in(text: str, lexicon: Lexicon, today: date) -> Iterator[tuple[Mention, tuple[int, int]]]:
    """The sums of a clause, each with the stretch between its neighbours; what is less than one is no sum."""
    mentions = corrected(text, find_amounts(without_dates(text, today)), lexicon)
    ends = (0, *(mention.end for mention in mentions))
    starts = (*(mention.start for mention in mentions[1:]), len(text))
    for mention, start, stop in zip(mentions, ends, starts, strict=False):
        if mention.number is None or not 0 < mention.number < 1:
            yield mention, (start, stop)


def without_dates(text: str, today: date) -> str:
    """The text with its dates blanked out, so that no year is taken for a sum; 2019.5万 is a sum."""
    for mention in find_dates(text, today):
        said = text[mention.start : mention.end]
        if said.isdigit() or (_DECIMAL.fullmatch(said) and _UNIT_OF_MONEY.match(text, mention.end)):
            continue
        text = blanked(text, mention.start, mention.end)
    return text


def read_amount(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    """The sum in yuan; INTERVAL for a bound or a range; ASK where the unit or the sum is not told."""
    told = [c for c in message.clauses if not is_question(c, lexicon)]
    clauses = _with_bounds(own_clauses(told, lexicon))
    subject = subject_of(question, lexicon)
    found = _told_last(amounts_of(_since_correction(clauses, lexicon), subject, lexicon, today), lexicon)
    if any(is_not_a_fen(c.text) for c in clauses) or any(is_waived(c.text) for c in told):
        return _nothing_but(found)
    if is_only_listed(found, clauses) or any(is_in_parts(c.text) for c in clauses):
        return ASK
    return _one_of(found, clauses, subject) if found else _nothing(clauses, question, lexicon)


def _nothing_but(found: list[tuple[Clause, Mention]]) -> Answer:
    """Nothing, where that is said; left open where a sum was paid all the same."""
    return HEDGED if any(mention.value != 0 for _, mention in paid_of(found)) else Answer(Outcome.VALUE, Decimal(0))


def _one_of(found: list[tuple[Clause, Mention]], clauses: list[Clause], subject: Question) -> Answer:
    """The one sum that is asked for, of those that are told; ASK where several are, or the unit is missing."""
    if len(found) == 1 and (units := _in_either_unit(found[0][1])):
        return Answer(Outcome.ASK, candidates=units)
    values = {m.value for _, m in asked_of(paid_of(found) or found, clauses, subject)}
    if not values:
        return HEDGED
    return _sum_answer(values.pop()) if len(values) == 1 else ASK


def _with_bounds(clauses: list[Clause]) -> list[Clause]:
    """The clauses, with one that only sets a bound (八十万，打不住) joined to the one before."""
    joined: list[Clause] = []
    for clause in clauses:
        if joined and is_bound(clause.text) and find_amounts(joined[-1].text):
            joined[-1] = replace(joined[-1], text=joined[-1].text + clause.text)
        else:
            joined.append(clause)
    return joined


def _in_either_unit(mention: Mention) -> tuple[str, ...]:
    """50 without a unit may be 500,000 or 50 yuan."""
    if mention.has_unit or mention.value is not None or not mention.number or not 0 < mention.number < _TOO_SMALL:
        return ()
    return (f"{mention.number * 10_000:f}", f"{mention.number:f}")


def _since_correction(clauses: list[Clause], lexicon: Lexicon) -> list[Clause]:
    """The clauses after one that only takes back what went before (不对)."""
    for i in range(len(clauses) - 2, -1, -1):
        if strip_fillers(clauses[i].text, lexicon) in (*lexicon.words.correcting, "不是", "不"):
            return clauses[i + 1 :]
    return clauses


def _sum_answer(value: Decimal | Interval | None) -> Answer:
    if value is None:
        return ASK
    return Answer(Outcome.INTERVAL if isinstance(value, Interval) else Outcome.VALUE, value)


def _told_last(found: list[tuple[Clause, Mention]], lexicon: Lexicon) -> list[tuple[Clause, Mention]]:
    """The sums that are not denied; after 不对 or 应该是 only what follows counts."""
    for i in range(len(found) - 1, 0, -1):
        clause, mention = found[i]
        same = found[i - 1][0] is clause
        before = clause.text[found[i - 1][1].end if same else 0 : mention.start]
        if has_any(before, lexicon.words.correcting):
            found = found[i:]
            break
    return [(clause, mention) for clause, mention in found if not mention.is_denied]


def _nothing(clauses: list[Clause], question: Question, lexicon: Lexicon) -> Answer:
    """0 for 一分没花; a bare 没有 counts where the question is about one thing that may not be."""
    texts = [strip_fillers(c.text, lexicon) for c in clauses]
    if any(_is_zero(text, lexicon) for text in texts):
        return Answer(Outcome.VALUE, Decimal(0))
    is_none = question.attribute is not None and any(_is_none(text, question.cues, lexicon) for text in texts)
    return Answer(Outcome.VALUE, Decimal(0)) if is_none and not any("不是" in t for t in texts) else ASK


def _is_zero(text: str, lexicon: Lexicon) -> bool:
    firm = tuple(w for w in lexicon.words.nothing_spent if len(w) > 1 and _FIRMLY_NOTHING.search(w))
    return text in _ZEROS or has_any(text, firm)


def _is_none(text: str, cues: tuple[str, ...], lexicon: Lexicon) -> bool:
    endings = tuple(w for w in lexicon.words.nothing_spent if len(w) > 1)
    if (
        _NEVER_DONE.fullmatch(text)
        or text in lexicon.words.nothing_spent
        or text in lexicon.words.no
        or text.endswith(endings)
    ):
        return True
    return any(text.replace(cue, "", 1) in lexicon.words.no for cue in cues if cue in text)
