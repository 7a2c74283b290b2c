"""Steps, sectors and other choices that a text states of the user's own company."""

import re
from collections.abc import Iterator, Sequence

from bot.understanding.amounts import find_amounts
from bot.understanding.lexicon import Lexicon, once
from bot.understanding.meaning import Fact
from bot.understanding.options import hits_of
from bot.understanding.polarity import Polarity, has_any, is_unknown, polarity_of
from bot.understanding.questions import AnswerType, Question
from bot.understanding.text import Clause, split_message
from bot.understanding.tiers import LOST, leaves_open, lost_since, sectors_in, sounds_ungranted
from bot.understanding.topics import Topic, is_partner, topics_of
from bot.understanding.word_index import Hit

_DOES = re.compile(
    r"(?:做|从事|主营|主业是?|搞|主要是?|专做|专注|我们是|业务是|卖|干|经营|开发|研发)(?!了|过|完|成|数据资产登记|登记|入表)"
)
_DID = re.compile(r"做了|做过|没做|买|采购|保险|保费|投保|合同|登记|入表|评估|审计|用了|招|想")
_COMPANY_AFTER = re.compile(r"^(?:类|行业|领域|方向)?(?:的)?(?:公司|企业|厂商?|机构|院|服务商)")
_FOR_OTHERS = re.compile(r"(?:给|为|替|帮|向|跟着|配套)$")
_LADDER_IN_LIST = re.compile(r"(?<!级)专精特新[、和与及或]")
_NOT_OURS = re.compile(
    r"(?:不|没有?|未|从来?不|不会|不再|别)(?:是|做|搞|干|卖|从事|经营|开发|研发|涉及|碰|属于|算|在)*(?:了|过|这种|那种|什么|啥)?$"
)
_GIVES_UP = re.compile(r"(?:不|没|没有|并非)再?(?:是|做|搞|干|卖|从事|经营|开发|研发|涉及|碰|属于|算|在)+(?:什么|啥)?$")
_GIVEN_UP = re.compile(
    r"^(?:这一?[行块类]|业务|行业|方面)?(?:我们|咱们?|公司)?(?:现在|目前|早就|早|已经)?(?:都|也)?不再?[做搞干碰卖]了?[的啊呀]?$"
)
_ENDS = re.compile(r"(?:开发|研发|[这那]一?[行块类]|行业|领域|业务|公司|企业|类|的|了|啊|呀|呢|哦|哈|吧)*$")
_OF_A_FIRM = re.compile(r"公司|企业|厂|行业|主营|主业|[一这]家")
_IS_A_FIRM = re.compile(r"(?:是|就)(?:一)?[家个间][^,的]{1,8}(?:公司|企业|厂|机构)$")
_OF_A_DEAL = re.compile(r"[一二两三四五六七八九十几\d][次单笔回](?!元)|打算|准备|计划|还没")
_TAKEN = re.compile(r"走的|走了")
_OF_RULES = re.compile(r"政策|补贴|比例|才能|要求|必须")


def stated_choices(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, Fact]]:
    """Facts of choices with the number of the clause that states each."""
    for i, topic in enumerate(topics):
        if topic.is_stated:
            found = (*_tier_at(i, topics, lexicon), *_sector(topic, lexicon), *_venues(topics[: i + 1], lexicon))
            yield from ((i, fact) for fact in found)


def _tier_at(at: int, topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[Fact]:
    """The step that a clause states, unless the next takes it back; 没评专精特新 behind a lower step denies nothing."""
    if any(_takes_back(topics[at].text, after.text, lexicon) for after in topics[at + 1 : at + 2]):
        return
    before = [fact for topic in topics[max(0, at - 1) : at] if topic.is_stated for fact in _tier(topic, lexicon)]
    for fact in _tier(topics[at], lexicon):
        none, lowest, *_ = (choice.value for choice in lexicon.questions[fact.attribute].choices)
        if fact.value != none or not any(each.value == lowest for each in before):
            yield fact


_IN_PART = re.compile(r"其中|一部分|大部分|小部分|部分在|有的|其余|剩下|另外的|一半")


# The board of the regional exchange for specialised firms is no step of the ladder.
_BOARD = re.compile(r"(?:北京市?)?[“\"]?专精特新[”\"]?(?:企业)?专?板(?!块)")


def _takes_back(before: str, after: str, lexicon: Lexicon) -> bool:
    """Whether the clause behind another leaves open, or denies, that the step it names is held."""
    question = lexicon.questions.get("specialized_tier")
    if question is None or not has_any(before, question.cues) or _is_of_another(after, question, lexicon):
        return False
    return lost_since(before, after) or leaves_open(after, question, lexicon)


def _is_of_another(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause tells a sum of something else: 科技险交了三十万 hands in no application."""
    named = {name for hit in lexicon.cue_index.find(text) for name in hit.meaning}
    return bool(named) and question.id not in named and bool(find_amounts(text))


def _tier(topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    question = lexicon.questions.get("specialized_tier")
    if question is None or is_unknown(topic.text, lexicon):
        return
    if has_any(topic.text, lexicon.words.pending) or LOST.search(topic.text):
        return
    text = _BOARD.sub("", topic.text)
    if not has_any(text, question.cues):
        return
    order = [c.value for c in question.choices]
    hits = [(h, v) for h, v in hits_of(text, question, lexicon) if not is_partner(text, h.end, lexicon)]
    if not hits and hits_of(text, question, lexicon):
        return
    found = [value for hit, value in hits if hit.meaning != order[0]]
    affirmed = [value for value in found if value is not None]
    if affirmed and not _OF_RULES.search(topic.text) and not sounds_ungranted(topic.text, question, lexicon):
        yield Fact("specialized_tier", max(affirmed, key=order.index), topic.text)
    elif (not found or _LADDER_IN_LIST.search(topic.text)) and _says_none(topic, question, lexicon):
        yield Fact("specialized_tier", order[0], topic.text)


def _says_none(topic: Topic, question: Question, lexicon: Lexicon) -> bool:
    at = max((topic.text.find(cue) for cue in question.cues if cue in topic.text), default=0)
    part = topic.text[at:]
    polarity = polarity_of(part, lexicon)
    return (polarity_of(topic.text, lexicon) if polarity is Polarity.SILENT else polarity) is Polarity.NO


def _sector(topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    question = lexicon.questions.get("sector")
    is_firm = _IS_A_FIRM.search(topic.text) is not None
    if question is None or (_DID.search(topic.text) and not is_firm) or find_amounts(topic.text):
        return
    if _is_of_a_deal(topic.text, lexicon):
        return
    text = _without_customers(topic.text, question, lexicon)
    for hit in _denied_in(text, question, lexicon):
        text = text[: hit.start] + "〓" * len(hit.word) + text[hit.end :]
    hits = [h for h, v in hits_of(text, question, lexicon) if v is not None]
    does = _DOES.search(text)
    own = [
        h
        for h in hits
        if (does and h.start >= does.start())
        or _COMPANY_AFTER.match(text[h.end :])
        or h.word.endswith(("公司", "企业"))
        or _is_trade_of_place(text, h, lexicon)
    ]
    if own:
        start = does.start() if does and does.start() <= own[0].start else own[0].start
        values = sectors_in([Clause(text[start:])], question, lexicon)
        if values and values != {"other"}:
            yield Fact("sector", values, topic.text)


@once
def denied_trades(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The trades of which a text says that the company is not in them: 我们不是做软件的."""
    question = lexicon.questions.get("sector")
    topics = topics_of(split_message(text), lexicon) if question is not None else ()
    stated = [topic.text for topic in topics if topic.is_stated]
    hits = ((each, hit) for each in stated if question for hit, _ in hits_of(each, question, lexicon))
    return frozenset(hit.meaning for each, hit in hits if _is_given_up(each[: hit.start], each[hit.end :]))


@once
def denied_choices(text: str, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """The options of venues and the like that a text denies, each with its question."""
    stated = [topic.text for topic in topics_of(split_message(text), lexicon) if topic.is_stated]
    asked = lexicon.questions_that(_is_of_choice)
    hits = [(q.id, hit, value) for each in stated for q in asked for hit, value in hits_of(each, q, lexicon)]
    denied = [(name, hit) for name, hit, value in hits if value is None and len(hit.word) > 2]
    named = [(name, hit) for name, hit in denied if has_any(text.replace(hit.word, ""), lexicon.questions[name].cues)]
    return tuple((name, hit.meaning) for name, hit in named or denied)


def _offers_one(question: Question) -> bool:
    return question.type in (AnswerType.CHOICE, AnswerType.ORDERED)


def _is_of_choice(question: Question) -> bool:
    return _offers_one(question) and question.id not in ("region", "specialized_tier")


def _is_given_up(before: str, behind: str) -> bool:
    """不做软件了, 软件我们不做了; but 没有软件著作权 is about something else."""
    return bool(_GIVEN_UP.match(behind) or (_GIVES_UP.search(before) and _ENDS.match(behind)))


def _is_of_a_deal(text: str, lexicon: Lexicon) -> bool:
    """卖数据是第一次, 打算卖数据: what is done once, or is to be done, is no trade."""
    is_deal = has_any(text, lexicon.words.first) or _OF_A_DEAL.search(text) is not None
    return is_deal and _OF_A_FIRM.search(text) is None


def _denied_in(text: str, question: Question, lexicon: Lexicon) -> list[Hit[str]]:
    hits = hits_of(text, question, lexicon)
    return [hit for hit, value in hits if value is None or _NOT_OURS.search(text[: hit.start])]


def _without_customers(text: str, question: Question, lexicon: Lexicon) -> str:
    """The clause with the trades of those that something is made for taken out: 给机器人厂做零部件."""
    for hit, _ in hits_of(text, question, lexicon):
        if _FOR_OTHERS.search(text[: hit.start]):
            text = text[: hit.start] + "〓" * len(hit.word) + text[hit.end :]
    return text


def _is_trade_of_place(text: str, hit: Hit[str], lexicon: Lexicon) -> bool:
    """Whether a clause is nothing but a place and a trade: 顺义区制造业, 石景山的工厂."""
    places = lexicon.place_index.find(text)
    between = text[places[0].end : hit.start] if places and not places[0].start else "?"
    return (
        hit.end == len(text) and hit.word.endswith(("业", "厂", "商")) and re.fullmatch(r"区?的?", between) is not None
    )


def _venues(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[Fact]:
    """Choices such as a venue: said with a cue of the same question in this clause, or in the one before."""
    topic = topics[-1]
    if _IN_PART.search(topic.text):
        return
    for question in lexicon.questions_that(_is_of_choice):
        values = {v for h, v in hits_of(topic.text, question, lexicon) if v is not None and len(h.word) > 2}
        if len(values) == 1 and _is_talked_of(topics, question, lexicon):
            yield Fact(question.id, values.pop(), topic.text)


def _is_talked_of(topics: Sequence[Topic], question: Question, lexicon: Lexicon) -> bool:
    """Whether the nearest clause that speaks of a venue at all speaks of this one's."""
    words = {h.word for h, _ in hits_of(topics[-1].text, question, lexicon)}
    if words & set(question.cues):
        return True
    rivals = [q for q in lexicon.questions_that(_offers_one) if words & lexicon.option_words[q.id]]
    named = [q for q in lexicon.questions_that(_is_of_choice) if hits_of(topics[-1].text, q, lexicon)]
    if len(named) == 1 and _TAKEN.search(topics[-1].text):
        return True
    for topic in reversed(topics):
        text = topic.text
        for word in words:
            text = text.replace(word, "〓")
        here = {q.id for q in rivals if has_any(text, q.cues)}
        if here:
            return question.id in here
    return False
