"""Places, steps, sectors and other choices that a text states of the user's own company."""

import re
from collections.abc import Iterator, Sequence

from bot.understanding.amounts import find_amounts
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact, Outcome
from bot.understanding.options import hits_of
from bot.understanding.places import PlaceMention, Role, find_places, read_region
from bot.understanding.polarity import Polarity, has_any, polarity_of
from bot.understanding.questions import AnswerType, Question
from bot.understanding.text import Clause, Message
from bot.understanding.tiers import LOST, sectors_in
from bot.understanding.topics import Topic

_OF_POLICY = re.compile(
    r"^(?:区|市)?(?:的|对|给|那边的?|这边的?|这块|方面)?(?:政策|补贴|钱|措施|奖励|条款|标准|规定|办法|申报|资金|支持|扶持|优惠|文件|管委会|政府|有关部门|给|返|补|奖|出台|发布|要求|认定|批|评|对|稿|细则|那份|那套|数据)"
)
_LEADS = re.compile(
    r"(?:^|我们|咱们|我司|公司|企业|本公司|单位|咱|俺们|我单位|[甲乙丙]公司|这边|搞错了|其实|应该)(?:是|就)?(?:在|是|注册在|位于|属于|落在|归)?(?:北京市?)?(?:的)?$"
)
_FOLLOWS = re.compile(
    r"^(?:区|市|镇|街道|这边|那边|这块|那块|这里|本地)*(?:的)?(?:$|做|搞|从事|注册|企业|公司|单位|厂|一家|一个|[\u4e00-\u9fffa-z0-9]{1,8}(?:公司|企业|机构|厂|院|所|协会)|小公司)"
)
_DOES = re.compile(
    r"(?:做|从事|主营|主业是?|搞|主要是?|专做|专注|我们是|业务是|卖|干|经营|开发|研发)(?!了|过|完|成|数据资产登记|登记|入表)"
)
_DID = re.compile(r"做了|做过|没做|买|采购|保险|保费|投保|合同|登记|入表|评估|审计|用了|招|想")
_COMPANY_AFTER = re.compile(r"^(?:类|行业|领域|方向)?(?:的)?(?:公司|企业|厂商?|机构|院|服务商)")
_LADDER_IN_LIST = re.compile(r"(?<!级)专精特新[、和与及或]")
_OPERATES = re.compile(r"实际|经营|业务|开展|运营|生产|研发|干活|工厂|实验室")
_STRONG_TIER = re.compile(r"专精特新|小巨人|创新型中小|专新特精")


def stated_choices(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, Fact]]:
    """Facts of choices with the number of the clause that states each."""
    for i, topic in enumerate(topics):
        if not topic.is_stated:
            continue
        for fact in (
            *_region(topic, lexicon),
            *_operating(topic, lexicon),
            *_tier(topic, lexicon),
            *_sector(topic, lexicon),
        ):
            yield i, fact
        yield from ((i, fact) for fact in _venues(topics[: i + 1], lexicon))


def _region(topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    if "region" not in lexicon.questions:
        return
    mentions = find_places(topic.text, lexicon)
    told = [m for i, m in enumerate(mentions) if _is_told(topic, m, mentions[i + 1 : i + 2], lexicon)]
    if not told:
        return
    answer = read_region(Message(topic.text, topic.text, (topic.clause,)), lexicon)
    if answer.outcome is Outcome.VALUE and answer.value is not None:
        yield Fact("region", answer.value, topic.text)


def _operating(topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    """Where the work is done, where that is said expressly: an office alone is none."""
    if "operating_regions" not in lexicon.questions or not _OPERATES.search(topic.text):
        return
    mentions = find_places(topic.text, lexicon)
    working = [
        m for i, m in enumerate(mentions) if m.role is Role.WORKING or (i and mentions[i - 1].role is Role.WORKING)
    ]
    named = frozenset(
        m.place.regions[0] for m in working if len(m.place.regions) == 1 and m.role is not Role.REGISTERED
    )
    if named:
        yield Fact("operating_regions", named, topic.text)


def _is_told(topic: Topic, mention: PlaceMention, following: Sequence[PlaceMention], lexicon: Lexicon) -> bool:
    """Whether a place is the company's own, rather than where a policy, a contract or a shop is."""
    if mention.role in (Role.DENIED, Role.LEFT, Role.WORKING) or not mention.place.regions:
        return False
    after = topic.text[mention.end :]
    if _OF_POLICY.match(after):
        return False
    if mention.role in (Role.REGISTERED, Role.REACHED):
        return True
    before = topic.text[: mention.start]
    if mention.place.regions == ("outside_beijing",) and not re.search(r"我们|公司|企业|注册", topic.text):
        return False
    return bool(_LEADS.search(before)) and (
        bool(_FOLLOWS.match(after)) or bool(following) or has_any(before, lexicon.words.own)
    )


def _tier(topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    question = lexicon.questions.get("specialized_tier")
    if question is None or has_any(topic.text, lexicon.words.pending) or LOST.search(topic.text):
        return
    has_cue = has_any(topic.text, question.cues)
    order = [c.value for c in question.choices]
    found = [
        (h, v)
        for h, v in hits_of(topic.text, question, lexicon)
        if h.meaning != order[0] and (has_cue or _STRONG_TIER.search(h.word))
    ]
    affirmed = [v for _, v in found if v is not None] if has_cue or found else []
    if affirmed and has_cue and not re.search(r"政策|补贴|比例|才能|要求|必须", topic.text):
        yield Fact("specialized_tier", max(affirmed, key=order.index), topic.text)
    elif has_cue and (not found or _LADDER_IN_LIST.search(topic.text)) and _says_none(topic, question, lexicon):
        yield Fact("specialized_tier", order[0], topic.text)


def _says_none(topic: Topic, question: Question, lexicon: Lexicon) -> bool:
    at = max((topic.text.find(cue) for cue in question.cues if cue in topic.text), default=0)
    part = topic.text[at:]
    polarity = polarity_of(part, lexicon)
    return (polarity_of(topic.text, lexicon) if polarity is Polarity.SILENT else polarity) is Polarity.NO


def _sector(topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    question = lexicon.questions.get("sector")
    if question is None or _DID.search(topic.text) or find_amounts(topic.text):
        return
    hits = [h for h, v in hits_of(topic.text, question, lexicon) if v is not None]
    does = _DOES.search(topic.text)
    own = [
        h
        for h in hits
        if (does and h.start >= does.start())
        or _COMPANY_AFTER.match(topic.text[h.end :])
        or h.word.endswith(("公司", "企业"))
    ]
    if own:
        start = does.start() if does and does.start() <= own[0].start else own[0].start
        values = sectors_in([Clause(topic.text[start:])], question, lexicon)
        if values and values != {"other"}:
            yield Fact("sector", values, topic.text)


def _venues(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[Fact]:
    """Choices such as a venue: said with a cue of the same question in this clause, or in the one before."""
    topic = topics[-1]
    for name, question in lexicon.questions.items():
        if question.type not in (AnswerType.CHOICE, AnswerType.ORDERED) or name in ("region", "specialized_tier"):
            continue
        values = {v for h, v in hits_of(topic.text, question, lexicon) if v is not None and len(h.word) > 2}
        if len(values) == 1 and _is_talked_of(topics, question, lexicon):
            yield Fact(name, values.pop(), topic.text)


def _is_talked_of(topics: Sequence[Topic], question: Question, lexicon: Lexicon) -> bool:
    """Whether the nearest clause that speaks of a venue at all speaks of this one's."""
    words = {h.word for h, _ in hits_of(topics[-1].text, question, lexicon)}
    if words & set(question.cues):
        return True
    rivals = [
        q
        for q in lexicon.questions.values()
        if q.type in (AnswerType.CHOICE, AnswerType.ORDERED) and words & {w.lower() for c in q.choices for w in c.words}
    ]
    for topic in reversed(topics):
        text = topic.text
        for word in words:
            text = text.replace(word, "〓")
        here = {q.id for q in rivals if has_any(text, q.cues)}
        if here:
            return question.id in here
    return False
