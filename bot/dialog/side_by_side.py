"""Policies of the result that the text names by their numbers, side by side, or whether they may be had together."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from bot.dialog.acts import Notice, Tell
from bot.dialog.item_acts import AskForItems, CompareItems, Pair
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import State
from bot.policy.clauses import Clause
from bot.policy.together import relation_of
from bot.search.characters import normalised
from bot.understanding.numerals import parse_numeral

MOST, LONGEST = 3, 40
_NUMERAL = r"(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_NUMBER = rf"第?\s*{_NUMERAL}\s*(?:[项个条笔号款](?:政策|补贴|奖励)?)?"
_AND = r"\s*(?:能不能|可不可以|可以|能)?(?:还能?再?[拿领申报享]+|以及|还有|对比|vs\.?|[和跟与同比及、,/&+]|\s)\s*"
_COMPARES = r"对比|比较|比一?[比下]|比|区别|差别|不同|差异|差在哪|不一样|哪一?[个项]|怎么选|选哪|分别"
_OF_BOTH = r"还能?再?[拿领申报享]|一起|一块|同时|叠加|兼得|两样|都(?:能|可以)?[拿领报享申办]|冲突|重复|互斥|矛盾"
_ASKS = re.compile(r"[吗么嘛?]|能|可以|可否|行不|是否|会不会|冲突|重复|互斥|矛盾|叠加")
_ASIDE = (
    r"帮我|帮忙|麻烦|给我|请问|请|我想|我要|我们|公司|我|咱们?|想|要|看看?|一下|把|将|那么?|再|"
    r"先|分别|是什么|能不能|可不可以|可以|能|可否|行不行|行|是不是|是否|会不会|会|这|两|三|如果|[个项]|政策|补贴|奖励|之间|放在?|做个|"
    r"有没有|有什么|有啥|有哪些|有|什么|啥|好|哪里|哪儿|在|哪|更|划算|合算|合适|金额|钱|多少|多|少|怎么|应该|该|还是|到底|"
    r"[拿领申报享办受请得到]|都|也|吗|么|嘛|呢|吧|啊|呀|的|了|下|地方|[?。!~,、\s]"
)
_WORDS = rf"(?:{_COMPARES}|{_OF_BOTH}|{_ASIDE})*"
_NAMED = re.compile(rf"{_WORDS}({_NUMBER}(?:{_AND}{_NUMBER})*){_WORDS}")
_VERSUS = re.compile(r"比|vs")
_BARE = re.compile(r"(?:帮我|请|我想|给我|再|做个)*(?:对比|比较|比一?[比下])(?:一下|看看?|下)?[吧。!]*")


def compare_items(state: State, moment: Moment) -> Move | None:
    """Lay the policies side by side that the text names by number, or tell whether they may be had together."""
    plain = normalised(moment.meaning.text).strip()
    numbers = _numbers_in(plain)
    if numbers is None or not (numbers or state.shown):
        return None
    if not state.shown:
        return Move(state, (Tell(Notice.NO_SUCH_ITEM),), Then.REPEAT)
    state, count = replace(state, misses=0), len(state.shown)
    missing = tuple(number for number in numbers if not 0 < number <= count)
    there = tuple(number for number in numbers if number not in missing)
    if missing or len(there) < 2:
        return Move(state, (AskForItems(there, missing, count),), Then.REPEAT)
    return _compare(there, state, moment, asks_for_both=re.search(rf"{_COMPARES}|vs", plain) is None)


def _numbers_in(plain: str) -> tuple[int, ...] | None:
    """The numbers, each once, of a text that does nothing but compare them; none where it names none yet."""
    if _BARE.fullmatch(plain):
        return ()
    found = _NAMED.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None:
        return None
    written = re.findall(_NUMERAL, found[1])
    is_of_both = len(written) > 1 and re.search(_OF_BOTH, plain) and _ASKS.search(plain)
    if not (is_of_both or _is_compared(found[1], plain)):
        return None
    return tuple(dict.fromkeys(int(parse_numeral(each) or 0) for each in written))


def _is_compared(numbers: str, plain: str) -> bool:
    """Whether the text compares what its numbers name: a word of it stands among them, or 比 between them."""
    return re.search(_COMPARES, plain.replace(numbers, " ")) is not None or _VERSUS.search(numbers) is not None


def _compare(numbers: Sequence[int], state: State, moment: Moment, *, asks_for_both: bool) -> Move:
    guide, on = moment.guide, state.shown_on or moment.on
    told, left_out = tuple(numbers[:MOST]), tuple(numbers[MOST:])
    found = (guide.knowledge.by_id.get(state.shown[number - 1]) for number in told)
    clauses = tuple(clause for clause in found if clause is not None)
    if len(clauses) < len(told):
        return Move(state, (Tell(Notice.ITEM_CHANGED),), Then.REPEAT)
    verdicts = tuple(moment.guide.judge(clause, state.profile, on) for clause in clauses)
    pairs = tuple(_pairs(dict(zip(told, clauses, strict=True)), moment))
    return Move(state, (CompareItems(told, verdicts, pairs, asks_for_both, on, left_out),), Then.REPEAT)


def _pairs(clauses: dict[int, Clause], moment: Moment) -> list[Pair]:
    rules = moment.guide.knowledge.combining
    return [Pair((a, b), relation_of(clauses[a], clauses[b], rules)) for a, b in combinations(clauses, 2)]
