"""Yes and no that a text states of attributes: the firsts, certificates, reviews, a clean record."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.policy.attributes import AttributeType
from bot.understanding.claims import claim_of
from bot.understanding.first_answers import BEFORE_SURELY, LATELY, first_of
from bot.understanding.harm import is_of_harm
from bot.understanding.kinds import is_other_kind, said_before
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact
from bot.understanding.not_knowing import is_unknown
from bot.understanding.polarity import Polarity, has_any
from bot.understanding.questions import Question
from bot.understanding.reviews import is_review, review_of, speaks_of_review
from bot.understanding.text import Clause
from bot.understanding.titles import excepted
from bot.understanding.topics import Topic, attributes_in
from bot.understanding.word_index import Hit

_OF_AWARDS = re.compile(r"奖|补贴|政策|措施|条款|支持|配套")
_ONLY_WISHED = re.compile(r"(?:我们|我司|公司|咱们?)?(?:在|正)?(?:想|打算|准备|计划|拟|考虑)")
_LISTED = re.compile(r"^[、和与及跟或还也有/\s]*(?:没有?|无)?$")
_HARM_HAPPENED = re.compile(
    r"有|被|过(?!期)|列入|上了|进了|(?<!曾经)(?<!以前)(?<!之前)(?<!没有)在.{0,12}名单[里上中内]"
)
_NOT_LIFTED = re.compile(
    r"(?:没有?|未|无法|不能|不给|不让|不肯|难以|不予)(?:能|被|给|有|办|办理|申请|来得及|得到|完成|成功)*(?:移[出除]|撤[销下回]|修复|解除|摘除|消除)"
)
_BETWEEN_TITLES = re.compile(r"[、和及与跟的是也又]|企业|公司|单位|中小|注册")
_TELLS_OF_US = re.compile(r"我们|我司|咱|过|了")
_NEVER_YET = re.compile(r"没|首|第一|头一|头回|未|初次")
_NOTHING_OF_IT = re.compile(
    r"(?:我们|我司|公司|咱们?|这边)*(?:也|还|就|又|倒是?|是)*(?:(?:没有?|暂?无|不(?:做|搞|涉及|存在))(?:什么|啥|任何|做|搞|涉及)?〇(?:的|这?个|这?块|方面)*(?:业务|事儿?|情况|需求)?"
    r"|〇(?:的|这?个|这?块|方面)*(?:业务|事儿?|情况|需求)?(?:我们|我司|公司|咱们?)?(?:也|还|就|都|是|倒是?|目前|暂时)*"
    r"(?:没有?|暂?无|不(?:做|搞|涉及|存在|沾)|没(?:做|搞|涉及|沾|这(?:块|个|项)?(?:业务|事儿?)?))(?:的|过|呢|啊|边)?)"
)
_COUNTED = re.compile(r"不是|并非|第[二三四五2-9]|再次|过好|好几")


def stated_claims(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, Fact]]:
    """Facts of yes and no with the number of the clause that states each."""
    reviewed: str | None = None
    is_lifted = any(has_any(_NOT_LIFTED.sub("", topic.text), lexicon.words.lifted) for topic in topics)
    for i, topic in enumerate(topics):
        if topic.is_stated and not is_unknown(topic.text, lexicon):
            told = _told_at(i, topics, reviewed, lexicon)
            yield from ((i, fact) for fact in told if not (is_lifted and _is_bad_news(fact, lexicon)))
        if topic.cues:
            reviewed = _review_spoken_of(topic, lexicon)


def _told_at(at: int, topics: Sequence[Topic], reviewed: str | None, lexicon: Lexicon) -> Iterator[Fact]:
    """What a clause claims of the things that it speaks of; of the review named before where it says 通过了 alone."""
    topic = topics[at]
    said = said_before([each.clause for each in topics], at, lexicon) + topic.text
    spoken_of = [(name, _part(topic, hit)) for hit, name in attributes_in(topic, lexicon, AttributeType.BOOL)]
    if reviewed is not None and not topic.cues and speaks_of_review(topic.text, lexicon):
        spoken_of = [(reviewed, topic.text)]
    for name, part in spoken_of:
        question = lexicon.questions[name]
        is_so = _first(topic, question, lexicon) if question.asks_first else _claim(part, question, topic, lexicon)
        if is_so is not None and not is_other_kind(said, question):
            yield Fact(name, is_so, topic.text)


def _review_spoken_of(topic: Topic, lexicon: Lexicon) -> str | None:
    """The review that a clause names last, else the one of the thing that it speaks of: of a facility, say."""
    reviews = [
        name for _, name in attributes_in(topic, lexicon, AttributeType.BOOL) if is_review(lexicon.questions[name])
    ]
    if reviews:
        return reviews[-1]
    things = {name.split("_")[0] for name in topic.names}
    reviews = [q.id for q in lexicon.questions_that(is_review) if q.id.split("_")[0] in things]
    return reviews[0] if len(reviews) == 1 else None


def _is_bad_news(fact: Fact, lexicon: Lexicon) -> bool:
    return fact.value is True and is_of_harm(lexicon.questions[fact.attribute])


def under_review(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[str]:
    """The attributes of which a clause says that the review is not done yet."""
    for topic in topics:
        for hit, name in attributes_in(topic, lexicon, AttributeType.BOOL) if topic.is_stated else ():
            question = lexicon.questions[name]
            part = _part(topic, hit)
            if is_review(question) and review_of(part, question, lexicon) is Polarity.HEDGED:
                yield name


def _part(topic: Topic, hit: Hit[tuple[str, ...]]) -> str:
    """The part of the clause that speaks of this cue: all of it, unless other cues have words of their own."""
    starts = sorted({h.start for h in topic.cues if h.start > hit.start})
    if not starts:
        return topic.text if len(topic.cues) == 1 or _is_list(topic) else topic.text[hit.start :]
    return topic.text if _is_list(topic) else topic.text[hit.start if hit is not topic.cues[0] else 0 : starts[0]]


def _is_mere_list(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause only names places, titles and the like, which is to say that one has them: 亦庄的高新企业."""
    rest = text
    ladder = lexicon.questions.get("specialized_tier")
    titles = () if ladder is None else (hit.word for hit in lexicon.choice_words(ladder).find(text))
    places = (hit.word for hit in lexicon.place_index.find(text))
    for word in (*titles, *places, *(hit.word for hit in lexicon.cue_index.find(text))):
        rest = rest.replace(word, "", 1)
    return not _BETWEEN_TITLES.sub("", rest)


def _is_list(topic: Topic) -> bool:
    cues = topic.cues
    return all(_LISTED.match(topic.text[a.end : b.start]) for a, b in pairwise(cues))


def _first(topic: Topic, question: Question, lexicon: Lexicon) -> bool | None:
    """Whether a clause tells a first time; None where it only plans it, or leaves it open."""
    text = topic.text
    if _is_never_done(topic, question):
        return True
    if _OF_AWARDS.search(text) and not _TELLS_OF_US.search(text):
        return None
    polarity = first_of(Clause(text), question, lexicon)
    if polarity is Polarity.YES:
        is_planned = has_any(text, lexicon.words.planning) and not _NEVER_YET.search(text)
        return None if is_planned else True
    return False if polarity is Polarity.NO and _was_before(text) else None


def _is_never_done(topic: Topic, question: Question) -> bool:
    """Whether a clause says no more than that there is nothing of what is asked (数据出境我们没有), where the first
    time is still to come then."""
    is_to_come = any(choice.value == "true" and "还没" in choice.label for choice in question.choices)
    named = [hit for hit in topic.cues if question.id in hit.meaning]
    if not is_to_come or len(named) != 1 or len(topic.cues) != 1:
        return False
    return _NOTHING_OF_IT.fullmatch(topic.text[: named[0].start] + "〇" + topic.text[named[0].end :]) is not None


def _was_before(text: str) -> bool:
    """Whether what a clause tells was surely done before this time."""
    return bool(_COUNTED.search(text) or (BEFORE_SURELY.search(text) and not LATELY.search(text)))


def _polarity(part: str, question: Question, topic: Topic, lexicon: Lexicon) -> Polarity:
    """What the part says of the claim, else the whole clause; merely to be named is to be had, unless it is decided."""
    if (but := excepted(topic.text)) is not None and has_any(but, question.cues):
        return Polarity.YES
    polarity = claim_of(Clause(part), question, lexicon)
    if polarity is Polarity.SILENT and part != topic.text:
        polarity = claim_of(topic.clause, question, lexicon)
    is_decided = is_of_harm(question) or is_review(question)
    if polarity is Polarity.SILENT and not is_decided and _is_mere_list(topic.text, lexicon):
        return Polarity.YES
    return polarity


def _claim(part: str, question: Question, topic: Topic, lexicon: Lexicon) -> bool | None:
    """Whether a part of a clause says that something is so; None where it leaves that open."""
    is_harm = is_of_harm(question)
    if _ONLY_WISHED.match(part) or (is_harm and has_any(part, lexicon.words.persons)):
        return None
    polarity = _polarity(part, question, topic, lexicon)
    if polarity is Polarity.YES:
        return None if is_harm and not _HARM_HAPPENED.search(part) else True
    return False if polarity is Polarity.NO and not _is_one_of_several(question) else None


def _is_one_of_several(question: Question) -> bool:
    """Whether a claim holds by any of several things, so that to lack the one that is named does not deny it."""
    return "，或" in question.label
