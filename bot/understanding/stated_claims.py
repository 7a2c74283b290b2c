"""Yes and no that a text states of attributes: the firsts, certificates, reviews, a clean record."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.policy.attributes import AttributeType
from bot.understanding.claims import claim_of
from bot.understanding.first_answers import first_of
from bot.understanding.harm import is_of_harm
from bot.understanding.kinds import is_other_kind, said_before
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact
from bot.understanding.polarity import Polarity, has_any, is_unknown
from bot.understanding.questions import Question
from bot.understanding.reviews import is_review, review_of, speaks_of_review
from bot.understanding.text import Clause
from bot.understanding.topics import Topic, attributes_in
from bot.understanding.word_index import Hit

_LATELY = re.compile(r"今年|刚|这次|本次|上周|上个?月|昨天|本月|这个月|最近|今天")
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
_BEFORE_SURELY = re.compile(r"过(?!期|来|去|后)|以前|之前|早|曾|第[二三四五2-9]|再|追加|好几|多次|不是|并非")


def stated_claims(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, Fact]]:
    """Facts of yes and no with the number of the clause that states each."""
    reviewed: str | None = None
    is_lifted = any(has_any(_NOT_LIFTED.sub("", topic.text), lexicon.words.lifted) for topic in topics)
    for i, topic in enumerate(topics):
        claims = attributes_in(topic, lexicon, AttributeType.BOOL)
        if topic.is_stated and not is_unknown(topic.text, lexicon):
            told = (*_of_clause(topic, claims, lexicon), *_of_review(reviewed, topic, lexicon))
            said = said_before([t.clause for t in topics], i, lexicon) + topic.text
            own = (fact for fact in told if not is_other_kind(said, lexicon.questions[fact.attribute]))
            yield from ((i, fact) for fact in own if not (is_lifted and _is_bad_news(fact, lexicon)))
        reviews = [name for _, name in claims if is_review(lexicon.questions[name])]
        reviewed = reviews[-1] if reviews else _review_of_thing(topic, lexicon) if topic.cues else reviewed


def _of_review(name: str | None, topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    """通过了 in a clause of its own, after one that names what was reviewed."""
    if name is not None and not topic.cues and speaks_of_review(topic.text, lexicon):
        yield from _claim(name, topic.text, topic, lexicon)


def _review_of_thing(topic: Topic, lexicon: Lexicon) -> str | None:
    """The one review of the thing that a clause speaks of: of the facility whose investment it tells, say."""
    things = {name.split("_")[0] for hit in topic.cues for name in hit.meaning}
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


def _of_clause(topic: Topic, claims: Sequence[tuple[Hit[tuple[str, ...]], str]], lexicon: Lexicon) -> Iterator[Fact]:
    for hit, name in claims:
        part = _part(topic, hit)
        if lexicon.questions[name].asks_first:
            yield from _first(name, topic.text, topic, lexicon)
        else:
            yield from _claim(name, part, topic, lexicon)


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


def _first(name: str, text: str, topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    polarity = first_of(Clause(text), lexicon.questions[name], lexicon)
    if (
        polarity is Polarity.NO
        and (_LATELY.search(text) or not _BEFORE_SURELY.search(text))
        and not re.search(r"不是|并非|第[二三四五2-9]|再次|过好|好几", text)
    ):
        return
    if _OF_AWARDS.search(text) and not re.search(r"我们|我司|咱|过|了", text):
        return
    only_planned = (
        polarity is Polarity.YES
        and has_any(text, lexicon.words.planning)
        and not re.search(r"没|首|第一|头一|头回|未|初次", text)
    )
    if polarity in (Polarity.YES, Polarity.NO) and not only_planned:
        yield Fact(name, polarity is Polarity.YES, topic.text)


def _polarity(part: str, question: Question, topic: Topic, lexicon: Lexicon) -> Polarity:
    """What the part says of the claim, else the whole clause; merely to be named is to be had, unless it is decided."""
    polarity = claim_of(Clause(part), question, lexicon)
    if polarity is Polarity.SILENT and part != topic.text:
        polarity = claim_of(topic.clause, question, lexicon)
    is_decided = is_of_harm(question) or is_review(question)
    if polarity is Polarity.SILENT and not is_decided and _is_mere_list(topic.text, lexicon):
        return Polarity.YES
    return polarity


def _claim(name: str, part: str, topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    if _ONLY_WISHED.match(part):
        return
    question = lexicon.questions[name]
    polarity = _polarity(part, question, topic, lexicon)
    if is_of_harm(question) and has_any(part, lexicon.words.persons):
        return
    if polarity is Polarity.YES and is_of_harm(question) and not _HARM_HAPPENED.search(part):
        return
    if polarity is Polarity.YES or (polarity is Polarity.NO and not _is_one_of_several(question)):
        yield Fact(name, polarity is Polarity.YES, topic.text)


def _is_one_of_several(question: Question) -> bool:
    """Whether a claim holds by any of several things, so that to lack the one that is named does not deny it."""
    return "，或" in question.label
