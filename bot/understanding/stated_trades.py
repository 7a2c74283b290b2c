"""The trades that a text states of the user's own company, or says that it is not in."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.understanding.amounts import find_amounts
from bot.understanding.lexicon import Lexicon, once
from bot.understanding.meaning import Fact
from bot.understanding.options import hits_of
from bot.understanding.polarity import has_any
from bot.understanding.questions import Question
from bot.understanding.text import Clause, blanked, split_message
from bot.understanding.tiers import is_given_up, sectors_in
from bot.understanding.topics import Topic, topics_of
from bot.understanding.word_index import Hit

_DOES = re.compile(
    r"(?:做|从事|主营|主业是?|搞|主要是?|专做|专注|我们是|业务是|卖|干|经营|开发|研发)(?!了|过|完|成|数据资产登记|登记|入表)"
)
_DID = re.compile(r"做了|做过|没做|买|采购|保险|保费|投保|合同|登记|入表|评估|审计|用了|招|想")
_COMPANY_AFTER = re.compile(r"(?:类|行业|领域|方向)?(?:的)?(?:公司|企业|厂商?|机构|院|服务商)")
_FOR_OTHERS = re.compile(r"(?:给|为|替|帮|向|跟着|配套)$")
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
_WE_ARE = re.compile(r"(?:我们|我司|咱们?|公司|企业|注册)[^,]{0,6}(?:在|是|属)")
_TRADE_ENDS = re.compile(r"(?:平台|行业|领域|方向|类|这块|这一?行|为主|的|公司|企业)*")
_NEVER_DID = re.compile(
    r"(?:我们|咱们?|公司|这个?|倒是?|也|还|从来?|压根)*(?:没有?|未)(?:[做搞卖干弄买]过?|过)?(?:[呢啊哈呀的]|$)"
)
_OF_A_DEAL = re.compile(r"[一二两三四五六七八九十几\d][次单笔回](?!元)|打算|准备|计划|还没")


def stated_trades(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, Fact]]:
    """The sectors that each clause states, with its number; 其他 alone tells nothing."""
    question = lexicon.questions.get("sector")
    if question is None:
        return
    clauses = [topic.clause for topic in topics]
    for at, topic in enumerate(topics):
        is_told = topic.is_stated and not is_given_up(topic.clause, clauses)
        sectors = _told_at(at, topics, question, lexicon) if is_told else frozenset()
        if sectors - {"other"} and not _is_taken_back(topics[at : at + 2]):
            yield at, Fact(question.id, sectors, topic.text)


def _told_at(at: int, topics: Sequence[Topic], question: Question, lexicon: Lexicon) -> frozenset[str]:
    """The trades that a clause states, or merely names right after where we are."""
    sectors = _sectors_in(topics[at].text, question, lexicon)
    if sectors or not at or not _tells_where_we_are(topics[at - 1], lexicon):
        return sectors
    return _mere_trade(topics[at].text, question, lexicon)


def _tells_where_we_are(topic: Topic, lexicon: Lexicon) -> bool:
    """Whether a clause says where the own company is: 我们在朝阳."""
    return topic.is_stated and _WE_ARE.match(topic.text) is not None and bool(lexicon.place_index.find(topic.text))


def _mere_trade(text: str, question: Question, lexicon: Lexicon) -> frozenset[str]:
    """The trades of a clause that says nothing else: 电商平台."""
    hits = [hit for hit, value in hits_of(text, question, lexicon) if value is not None]
    if not hits or hits[0].start or not _TRADE_ENDS.fullmatch(text, hits[-1].end):
        return frozenset()
    return sectors_in([Clause(text)], question, lexicon)


def _is_taken_back(topics: Sequence[Topic]) -> bool:
    """卖数据？没卖过: what is said to be done, and then denied."""
    return any(here.cues and _NEVER_DID.match(after.text) for here, after in pairwise(topics))


def _sectors_in(text: str, question: Question, lexicon: Lexicon) -> frozenset[str]:
    """The trades of the company itself that a clause names: from the word for what it does on, or from the first."""
    if _tells_of_deeds(text, lexicon):
        return frozenset()
    text = _without_others(text, question, lexicon)
    does = _DOES.search(text)
    since = len(text) if does is None else does.start()
    named = [hit for hit, value in hits_of(text, question, lexicon) if value is not None]
    own = [hit.start for hit in named if hit.start >= since or _is_of_firm(text, hit, lexicon)]
    return sectors_in([Clause(text[min(since, own[0]) :])], question, lexicon) if own else frozenset()


def _tells_of_deeds(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause tells what was done or paid, rather than what the company does."""
    is_deed = _DID.search(text) is not None and _IS_A_FIRM.search(text) is None
    return is_deed or bool(find_amounts(text)) or _is_of_a_deal(text, lexicon)


def _is_of_a_deal(text: str, lexicon: Lexicon) -> bool:
    """卖数据是第一次, 打算卖数据: what is done once, or is to be done, is no trade."""
    is_deal = has_any(text, lexicon.words.first) or _OF_A_DEAL.search(text) is not None
    return is_deal and _OF_A_FIRM.search(text) is None


def _without_others(text: str, question: Question, lexicon: Lexicon) -> str:
    """The clause with the trades blanked out that are denied, or are a customer's: 给机器人厂做零部件."""
    for hit, value in hits_of(text, question, lexicon):
        before = text[: hit.start]
        if value is None or _NOT_OURS.search(before) or _FOR_OTHERS.search(before):
            text = blanked(text, hit.start, hit.end)
    return text


def _is_of_firm(text: str, hit: Hit[str], lexicon: Lexicon) -> bool:
    """Whether a trade is said to be a company's: 机器人公司, 软件企业, 顺义区制造业."""
    if hit.word.endswith(("公司", "企业")) or _COMPANY_AFTER.match(text, hit.end):
        return True
    return _is_trade_of_place(text, hit, lexicon)


def _is_trade_of_place(text: str, hit: Hit[str], lexicon: Lexicon) -> bool:
    """Whether a clause is nothing but a place and a trade: 顺义区制造业, 石景山的工厂."""
    places = lexicon.place_index.find(text)
    between = text[places[0].end : hit.start] if places and not places[0].start else "?"
    return (
        hit.end == len(text) and hit.word.endswith(("业", "厂", "商")) and re.fullmatch(r"区?的?", between) is not None
    )


@once
def denied_trades(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The trades of which a text says that the company is not in them: 我们不是做软件的."""
    question = lexicon.questions.get("sector")
    topics = topics_of(split_message(text), lexicon) if question is not None else ()
    stated = [topic.text for topic in topics if topic.is_stated]
    hits = ((each, hit) for each in stated if question for hit, _ in hits_of(each, question, lexicon))
    return frozenset(hit.meaning for each, hit in hits if _is_given_up(each[: hit.start], each[hit.end :]))


def _is_given_up(before: str, behind: str) -> bool:
    """不做软件了, 软件我们不做了; but 没有软件著作权 is about something else."""
    return bool(_GIVEN_UP.match(behind) or (_GIVES_UP.search(before) and _ENDS.match(behind)))
