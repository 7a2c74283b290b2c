"""A sum that is put right without its name: 说快了，是232万，不是223万 corrects the 223万 that is known."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.policy.attributes import AttributeType
from bot.policy.money import Interval
from bot.understanding.amounts import Mention, find_amounts, in_unit_of
from bot.understanding.facts import Statements
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Answer, Command, Fact, Intent, Outcome
from bot.understanding.polarity import is_question
from bot.understanding.sums import without_dates
from bot.understanding.text import Clause, Message

_TAKES_BACK = re.compile(
    r"不对|^等[下等]|慢着|[说报写填念算记打看搞弄输抄听数]+(?:错|反|岔|快|多|少|重|漏|颠倒|串)了?|(?:重新?|再)[报说改算填]|更正|纠正|口误|手误|笔误|改[一下成为到]"
    r"|修正|以[^,]{0,8}为准|重报|有误|不准|作废|多[打写按输]了?|少[打写按输]了?|应该?[是为]|不是"
)
_FIGURES = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿点.]+")
_PART_OF = re.compile(r"^其中")
_WHOLE = re.compile(r"总|全部|合计|一共")
_FREE = (Intent.NONE, Intent.CHANGE_ANSWER, Intent.SKIP, Intent.RESULTS)
_COMMON = 2
"""So many characters in a row tell what a sum is of: 资金数 is of 专项资金."""
_FAR = 3
"""A sum that is so many times another one is hardly a correction of it."""

_SIZES = (Decimal(1), Decimal(1_000), Decimal(10_000), Decimal(10**8))
Sums = Mapping[str, Decimal]
Mentions = list[tuple[Clause, Mention]]


def put_right(
    message: Message, said: tuple[Command, Statements], known: Mapping[str, object], lexicon: Lexicon, today: date
) -> tuple[Command, Statements] | None:
    """The change of a sum told before, with what else the message states; None where it changes none that is known.

    `known` is what is recorded of the enterprise: a correction is of a sum that stands there.
    """
    command, statements = said
    sums = _sums_of(known, lexicon)
    if not sums or command.intent not in _FREE or not _TAKES_BACK.search(message.plain):
        return None
    told = _sums_told(message, lexicon, today)
    old = {name for _, mention in told if (name := _as_known(mention, sums)) is not None}
    new = _new_sum(told, old, sums)
    if new is None or (not old and _is_stated(new[1], statements)):
        return None
    names = old or _named(new[1], _sentence_of(new[0], message), sums, lexicon)
    return _changed(next(iter(names)), new, statements) if len(names) == 1 else None


def _is_stated(mention: Mention, statements: Statements) -> bool:
    """Whether the sum is that of a fact which the message states by name."""
    return any(fact.value == mention.value for fact in statements.facts)


def _sums_of(known: Mapping[str, object], lexicon: Lexicon) -> Sums:
    """The sums among what is known."""
    values = {name: value for name, value in known.items() if isinstance(value, Decimal) and name in lexicon.questions}
    return {n: value for n, value in values.items() if lexicon.questions[n].attribute_type is AttributeType.YUAN}


def _new_sum(told: Mentions, old: set[str], sums: Sums) -> tuple[Clause, Mention] | None:
    """The one sum that is told and not known yet."""
    unknown = [(clause, m) for clause, m in told if _as_known(m, sums) is None and not m.is_denied]
    new = [(clause, _sized(mention, old, sums)) for clause, mention in unknown]
    is_one = len({mention.value for _, mention in new}) == 1 and isinstance(new[-1][1].value, Decimal)
    return new[-1] if is_one else None


def _sums_told(message: Message, lexicon: Lexicon, today: date) -> Mentions:
    """The sums of the message, those without a unit in that of the one before."""
    found: Mentions = []
    for clause in message.clauses:
        if is_question(clause, lexicon):
            continue
        for mention in find_amounts(without_dates(clause.text, today)):
            found.append((clause, in_unit_of(mention, found[-1][1]) if found else mention))
    if len(found) > 1:
        found[0] = found[0][0], in_unit_of(found[0][1], found[1][1])
    return found


def _as_known(mention: Mention, sums: Sums) -> str | None:
    """The attribute of which just this sum is known, whatever the unit it was said in."""
    if mention.number is None:
        return None
    number = mention.value if isinstance(mention.value, Decimal) else mention.number
    sizes = (Decimal(1),) if mention.has_unit else _SIZES
    return next((name for name, value in sums.items() if any(value == number * size for size in sizes)), None)


def _sized(mention: Mention, old: set[str], sums: Sums) -> Mention:
    """A new sum without a unit in the unit of the one that it takes the place of: 87.6不对，应该78.6."""
    if mention.has_unit or mention.number is None or len(old) != 1:
        return mention
    value = sums[next(iter(old))]
    sizes = [size for size in _SIZES if _is_like(mention.number * size, value)]
    return replace(mention, value=mention.number * sizes[0]) if len(sizes) == 1 else mention


def _sentence_of(clause: Clause, message: Message) -> str:
    """The sentence that a clause stands in, where that takes something back itself; else the whole message."""
    said = ",".join(other.text for other in message.clauses if other.sentence == clause.sentence)
    return said if _TAKES_BACK.search(said) else message.plain


def _named(mention: Mention, said: str, sums: Sums, lexicon: Lexicon) -> Collection[str]:
    """The one attribute that the words name, or those of which such a sum is known."""
    spoken_of = lexicon.named_in(said)
    cued = spoken_of & sums.keys()
    if len(cued) == 1 or (spoken_of and not cued):
        return cued
    named = _most_alike(said, cued or sums.keys(), lexicon)
    return [name for name in named or sums if _is_near(mention, sums[name])]


def _most_alike(said: str, names: Iterable[str], lexicon: Lexicon) -> list[str]:
    """The attributes whose label or cues share most with the words, figures aside."""
    text = _FIGURES.sub("〇", said)
    shared = {name: _longest_shared(text, name, lexicon) for name in names}
    most = max(shared.values(), default=0)
    best = [name for name, length in shared.items() if length == most and most >= _COMMON]
    if len(best) > 1 and _WHOLE.search(text):
        return [name for name in best if not _PART_OF.match(lexicon.questions[name].label)]
    return best


def _longest_shared(text: str, name: str, lexicon: Lexicon) -> int:
    words = (lexicon.questions[name].label, *lexicon.questions[name].cues)
    pieces = (word[at:end] for word in words for at in range(len(word)) for end in range(at + _COMMON, len(word) + 1))
    return max((len(piece) for piece in pieces if piece in text), default=0)


def _is_near(mention: Mention, value: Decimal) -> bool:
    return isinstance(mention.value, Decimal) and _is_like(mention.value, value)


def _is_like(number: Decimal, value: Decimal) -> bool:
    return value > 0 and value / _FAR <= number <= value * _FAR


def _changed(name: str, told: tuple[Clause, Mention], statements: Statements) -> tuple[Command, Statements]:
    """The change, and what the message states besides: nothing that was read out of the same sums."""
    clause, mention = told
    value = mention.value
    if not isinstance(value, Decimal):
        raise TypeError(mention)
    kept = tuple(f for f in statements.facts if not isinstance(f.value, Decimal | Interval) and f.said != clause.text)
    unsettled = tuple(each for each in statements.unsettled if each.attribute != name)
    answer = Answer(Outcome.VALUE, value)
    rest = replace(statements, facts=(*kept, Fact(name, value, clause.text)), unsettled=unsettled)
    return Command(Intent.CHANGE_ANSWER, name, answer), rest
