"""Corrections of an earlier answer: of which attribute, and to what."""

import re
from dataclasses import replace
from datetime import date

from bot.policy.attributes import AttributeType
from bot.understanding.answers import read_answer_of
from bot.understanding.asked_to_change import asks_to_change
from bot.understanding.facts import Statements
from bot.understanding.general import general_question
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Answer, Command, Intent, Outcome
from bot.understanding.polarity import has_any, is_question
from bot.understanding.questions import PLACES, Question
from bot.understanding.relevance import is_bare
from bot.understanding.retracted import Retraction, retraction_in
from bot.understanding.text import Message, split_message
from bot.understanding.topics import topics_of

_TAKEN_BACK = re.compile(
    r"^(?:啊|哎|哎呀|噢|哦|诶|等等|等下|稍等|慢着|嗯)*(?:不对|错了|不不|更正|纠正|说错|写错|填错|选错|改|搞错|记错)"
)
_NOT_AN_ERROR = re.compile(
    r"(?:按照?|照着?|用|拿|以)[^,]{0,4}(?:改|更正|纠正|修改|修正|调整)(?:过|后|好|正|完)+的?|没说错|没错|没写错|没填错|没选错|没记错|没搞错|没改|不改|不用改|别改"
)
_CHANGE_TO = re.compile(r"改(?:成|为|到|一下|下|选|填)?(?![制造革进善装编天日名动正口变])")
_WHAT_THERE_IS = re.compile(r"(?:有|给|享|享受|拿|领|补|奖)[^,]{0,3}(?:什么|啥|哪些|多少|几|吗|么|没有)")
_ALL_OF_IT = re.compile(r"全|都|所有|从头|一遍|从零|第一|公司|企业|一家|重来|重新开始")
LONGEST_OF_ONE = 16
_NOT_RIGHT = re.compile(r"(?<=[\u4e00-\u9fff])不对,(?=应|是|其实|实际|我们|我司|公司|没|不)")
_GENERAL = (
    ("company_name", re.compile(r"公司名|企业名|单位名|名称|全称|抬头")),
    ("date", re.compile(r"日期|时间|哪天|几号|那天|取得的")),
    ("amount", re.compile(r"金额|数额|数字|多少钱|费用|那个数|费|价|额|钱")),
)
_PLEA = re.compile(r"^(?:能不能|能|可以|可不可以|麻烦|请|帮|想|我想|我要|要)")


def find_change(message: Message, statements: Statements, lexicon: Lexicon, today: date) -> Command | None:
    """The change that the message asks for; None when it asks for none."""
    if (put_right := _put_right(message, statements, lexicon, today)) is not None:
        return put_right
    if asks_to_change(message.plain, lexicon):
        return _asked_for(message, statements, lexicon, today)
    words = lexicon.commands.get(Intent.CHANGE_ANSWER)
    text = _NOT_AN_ERROR.sub("〇", message.plain)
    if words is None or has_any(text, words.never) or _only_asks(message, lexicon):
        return None
    at = _trigger(text, words.phrases)
    slot = _slot(text, at, statements, lexicon)
    if at is None:
        takes_back = _TAKEN_BACK.match(text) is not None and bool(statements.facts)
        return Command(Intent.CHANGE_ANSWER, slot, _stated(slot, statements)) if takes_back else None
    if slot is None:
        return _general(message, text[at:], lexicon, today)
    return Command(Intent.CHANGE_ANSWER, slot, _new_answer(slot, text[at:], statements, lexicon, today))


def _asked_for(message: Message, statements: Statements, lexicon: Lexicon, today: date) -> Command:
    """The change that a question how to change something wishes for: of what it names, and to nothing yet."""
    slot = _slot(message.plain, None, statements, lexicon)
    general = _general(message, message.plain, lexicon, today) if slot is None else None
    return general or Command(Intent.CHANGE_ANSWER, slot)


def _put_right(message: Message, statements: Statements, lexicon: Lexicon, today: date) -> Command | None:
    """The change of what was said before to what is so in fact; None where it is not told or not of what."""
    taken_back = retraction_in(message)
    if taken_back is None or not taken_back.is_own or any(is_question(clause, lexicon) for clause in message.clauses):
        return None
    of_value = _by_value(taken_back.said, lexicon, today) or Command(Intent.NONE)
    slot = _slot_taken_back(taken_back, statements, lexicon) or of_value.slot
    return None if slot is None else _changed_to(taken_back.fact, slot, lexicon, today)


def _changed_to(fact: str, slot: str, lexicon: Lexicon, today: date) -> Command | None:
    """The change to what is so; to nothing yet where only what was said is called wrong; None where it is not told."""
    answer = _read(fact, lexicon.questions[slot], lexicon, today) if fact else None
    return None if fact and answer is None else Command(Intent.CHANGE_ANSWER, slot, answer)


def _slot_taken_back(taken_back: Retraction, statements: Statements, lexicon: Lexicon) -> str | None:
    """The attribute that was spoken of, or the place that is told now."""
    named = [name for _, name in _named(taken_back.said, lexicon)]
    stated = {fact.attribute for fact in statements.facts} & {*named, *PLACES}
    return next(iter(stated)) if len(stated) == 1 else _preferred(named, taken_back.fact, lexicon)


def names_one_answer(message: Message, lexicon: Lexicon) -> bool:
    """Whether only one answer is to be given anew (注册地址我想重新填), not all of them."""
    is_all = _ALL_OF_IT.search(message.plain) is not None
    return not is_all and len(message.bare) <= LONGEST_OF_ONE and bool(lexicon.cue_index.find(message.plain))


def likely_change(
    message: Message, statements: Statements, lexicon: Lexicon, today: date, likelihood: float
) -> Command:
    """The change in a message that is taken for one, though perhaps none of the usual words for it stand there."""
    if (change := find_change(message, statements, lexicon, today)) is not None:
        return change
    if _asks_what_there_is(message, lexicon):
        return Command(Intent.NONE)
    slot = _slot(message.plain, None, statements, lexicon)
    if slot is None:
        general = _general(message, message.plain, lexicon, today)
        return replace(general or Command(Intent.CHANGE_ANSWER), likelihood=likelihood)
    answer = _stated(slot, statements) or _new_answer(slot, message.plain, statements, lexicon, today)
    return Command(Intent.CHANGE_ANSWER, slot, answer, likelihood=likelihood)


def _only_asks(message: Message, lexicon: Lexicon) -> bool:
    asked = [c for c in message.clauses if is_question(c, lexicon)]
    return any(has_any(c.text, lexicon.words.policy) and not _PLEA.match(c.text) for c in asked) or (
        len(asked) == len(message.clauses) and not any(_PLEA.match(c.text) for c in asked)
    )


def _asks_what_there_is(message: Message, lexicon: Lexicon) -> bool:
    """注册地迁到通州有啥优惠: whether a clause asks what is given."""
    asked = (clause.text for clause in message.clauses if is_question(clause, lexicon))
    return any(_WHAT_THERE_IS.search(text) and has_any(text, lexicon.words.policy) for text in asked)


def _trigger(text: str, phrases: tuple[str, ...]) -> int | None:
    """Where the words that ask for the change end; the last of them counts."""
    ends = [text.rfind(p) + len(p) for p in phrases if p in text]
    ends += [m.end() for m in _NOT_RIGHT.finditer(text)]
    ends += [m.end() for m in _CHANGE_TO.finditer(text)]
    return max(ends, default=None)


def _slot(text: str, at: int | None, statements: Statements, lexicon: Lexicon) -> str | None:
    """The attribute spoken of before the trigger, else the one of a fact, else any spoken of."""
    stated = [fact.attribute for fact in statements.facts]
    named = _named(text, lexicon)
    before = [name for start, name in named if at is None or start < at]
    if stated:
        return next((name for name in before if name in stated), _last_of(stated))
    return _preferred(before or [name for _, name in named], text[at or 0 :], lexicon)


def _named(text: str, lexicon: Lexicon) -> list[tuple[int, str]]:
    """The attributes that the text names, with where it does."""
    return [(hit.start, name) for hit in lexicon.cue_index.find(text) for name in hit.meaning]


def _last_of(stated: list[str]) -> str:
    """The attribute stated last; the place of registration goes before that of the work."""
    return "region" if stated[-1] == "operating_regions" and "region" in stated else stated[-1]


def _preferred(names: list[str], tail: str, lexicon: Lexicon) -> str | None:
    """Of several attributes that one cue points to, the one whose type the new answer fits."""
    from_sum = re.search(r"\d|[十百千万亿]", tail) is not None
    for name in names:
        if (lexicon.questions[name].attribute_type is AttributeType.YUAN) == from_sum:
            return name
    return names[0] if names else None


def _stated(slot: str | None, statements: Statements) -> Answer | None:
    for fact in statements.facts:
        if fact.attribute == slot:
            return Answer(Outcome.VALUE, fact.value)
    return None


def _new_answer(slot: str, tail: str, statements: Statements, lexicon: Lexicon, today: date) -> Answer | None:
    """The answer that stands after the trigger, else the one stated anywhere."""
    answer = _read(tail, lexicon.questions[slot], lexicon, today)
    return answer if answer is not None else _stated(slot, statements)


def _read(tail: str, question: Question, lexicon: Lexicon, today: date) -> Answer | None:
    rest = re.sub(r"^(?:了|过|的|那个)*[,，。:：\s]*(?:应该?是|应为|其实是?|实际是?|是|成|为)?", "", tail)
    message = split_message(rest or tail)
    if not message.bare:
        return None
    answer = read_answer_of(message, question, lexicon, today)
    return answer if answer.outcome in (Outcome.VALUE, Outcome.INTERVAL) else None


def _general(message: Message, tail: str, lexicon: Lexicon, today: date) -> Command | None:
    """A change of an amount, a date or a name that no attribute's words tell."""
    for name, pattern in _GENERAL:
        if pattern.search(message.plain):
            source = message.raw if name == "company_name" else tail
            answer = _read(source, general_question(name, "", {}), lexicon, today)
            return Command(Intent.CHANGE_ANSWER, name, answer)
    answer = _read(tail, general_question("amount", "", {}), lexicon, today)
    if answer is not None:
        return Command(Intent.CHANGE_ANSWER, "amount", answer)
    is_named = any(topic.cues for topic in topics_of(message, lexicon))
    if not is_named and (by_value := _by_value(tail, lexicon, today)) is not None:
        return by_value
    is_plain = len(message.bare) <= 16 and re.search(
        r"答案|前面|刚才|之前|我要改|想改|要修改|修改一下|填错|选错|写错|说错|点错", message.plain
    )
    return Command(Intent.CHANGE_ANSWER) if is_plain else None


def _by_value(tail: str, lexicon: Lexicon, today: date) -> Command | None:
    """The change of a place or a step that is named; a mere 不是 or 没有 names neither."""
    for name in ("region", "specialized_tier"):
        question = lexicon.questions.get(name)
        if question is None or (answer := _read(tail, question, lexicon, today)) is None:
            continue
        if not is_bare(tail, lexicon):
            return Command(Intent.CHANGE_ANSWER, name, answer)
    return None
