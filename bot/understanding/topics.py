"""What a clause talks about: the cues of attributes in it; which clauses state something of the user's own company."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.policy.attributes import AttributeType
from bot.understanding.attributed import names_their_deed
from bot.understanding.first_answers import IT_WAS
from bot.understanding.lexicon import Lexicon
from bot.understanding.owners import own_clauses
from bot.understanding.place_clauses import opens_question
from bot.understanding.polarity import has_any, is_question, supposes, without_any
from bot.understanding.relevance import is_bare
from bot.understanding.self_asked import answered_oneself
from bot.understanding.text import Clause, Message
from bot.understanding.word_index import Hit

_OWN_LEAD = re.compile(
    r"^(?:那|就|像|请问|你好)?(?:我们|咱们|我司|本公司|我公司|咱)(?:公司|企业|单位)?(?:是|在|有|注册|拿|属于|也是|都是)"
)
_OF_US = re.compile(
    r"^(?:但是?|可是?|不过|而|只有|只是)?(?:我们|咱们?|我司|本公司|我公司|我单位|自己|本企业|现在这家)(?!在|注册)"
)
_OWNERS = re.compile(r"^(?:级|类|型)?(?:企业|公司|单位)?的")
_LAST_YEAR = "去年"
_SUMS = ("金额", "费用", "总额", "总价")
_SAYS_LAST_YEAR = re.compile(r"去年|上年")
_OF_ALL = re.compile(r"[都均全](?:没|未|不|无|有|是|通过)|[两三四]样|[两三四]项")
_SAYS_ONLY = re.compile(
    r"(?:我们|我司|公司|咱们?)?(?:也|还|都|又|就|倒)*(?:没有|没|暂?无|不是|是|有|没评|没拿到?|没申请|评上|拿到)(?:的|了|过|呢)?"
)
_FIRST_HALF, _SECOND_HALF = re.compile(r"[上前]半年[^下]*\d"), re.compile(r"[下后]半年[^,]{0,4}\d")
"""保费上半年6万，下半年8万 is one sum in two parts."""
_DENIES_ONLY = re.compile(r"(?:我们|也|还|都|又|就|倒|更|那)*(?:没有?|暂?无)(?:呢|啊)?")
_DONE_OR_NOT = re.compile(
    r"(?:我们|也|还|都|又|就|倒|更|那|从来?)*(?:[办做搞弄买登入卖评拿][过了]|不是|不算|不涉及|不[沾搞做办]|[没未不](?:有|[办做搞弄买登入交卖评拿]|开放|申请|发生|涉及)?)[过的了呢啊]*"
)
_HELD = {AttributeType.ORDERED, AttributeType.SET}
"""What a company is, and does not do once or twice."""
_LEVEL = re.compile(r"(?:是|算|属于|就是)*(?:国家|市|北京市?|省)(?:级|里)?(?:的|那种|那个|认定|评|给|发)*")
_HAVING = re.compile(r"(?:我们|咱们?|公司|单位|企业|也?是|有|评|拿|得|到|过|上|了|一?个)*")
_PAIR = 2
_PART_OF_NAME = re.compile(r"区|园|所|平台|中心|(?<=完工)商")


@dataclass(frozen=True, slots=True)
class Topic:
    """A clause, whether it states something, and the cues in it."""

    clause: Clause
    is_stated: bool
    cues: tuple[Hit[tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        """The clause's text."""
        return self.clause.text

    @property
    def names(self) -> frozenset[str]:
        """The attributes that the cues point to."""
        return frozenset(name for hit in self.cues for name in hit.meaning)


def join_lists(message: Message, lexicon: Lexicon) -> Message:
    """The message with clauses that are a mere name joined to the one that says of them all: 高企，小巨人都没有."""
    joined: list[Clause] = []
    for clause in message.clauses:
        names = _trailing_names(joined, clause, lexicon) if _is_of_all(clause.text, lexicon) else 0
        is_alone = len(message.clauses) == len(joined) + 1 == _PAIR
        whole = _with_subject(joined[-1], clause, lexicon, is_alone=is_alone) if joined and not names else None
        if whole is not None:
            joined[-1] = whole
            continue
        listed = [c.text for c in joined[len(joined) - names :]]
        joined[len(joined) - names :] = [replace(clause, text="、".join((*listed, clause.text)))]
    return replace(message, clauses=tuple(joined))


def _is_of_all(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause says something of all that is named before it; 都是子公司登的 says who it was."""
    return _OF_ALL.search(text) is not None and not names_their_deed(text, lexicon)


def _with_subject(before: Clause, clause: Clause, lexicon: Lexicon, *, is_alone: bool) -> Clause | None:
    """A clause with the one before it, where it has no subject but what that one names; None where it has its own."""
    text = before.text + clause.text
    if _FIRST_HALF.search(before.text) and _SECOND_HALF.match(clause.text):
        return replace(before, text=text)
    if (told := answered_oneself(before, clause, lexicon)) is not None:
        return told
    goes_on = _is_said_of(before, clause, lexicon, is_alone=is_alone) or _is_level_of(before, clause, lexicon)
    return replace(clause, text=text) if goes_on or _is_first_time_of(before, clause, lexicon) else None


def _is_said_of(name: Clause, clause: Clause, lexicon: Lexicon, *, is_alone: bool) -> bool:
    """Whether a clause says no more than yes or no of what the one before it names.

    That is a title (高新，我们不是), what is done for a first time and denied (入表，没有), and anything that is asked
    and answered at once (处罚？没有过，保险？买了).
    """
    hits = lexicon.cue_index.find(name.text)
    if "".join(hit.word for hit in hits) != name.text:
        return False
    if name.is_asked and _DONE_OR_NOT.fullmatch(clause.text):
        return True
    if all(any(lexicon.questions[each].asks_first for each in hit.meaning) for hit in hits):
        return _DENIES_ONLY.fullmatch(clause.text) is not None
    return _SAYS_ONLY.fullmatch(clause.text) is not None and _are_title(hits, lexicon, with_steps=is_alone)


def _is_level_of(title: Clause, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a clause says no more than the level of the title that one has: 有专精特新，市级的."""
    hits = lexicon.cue_index.find(title.text) if _LEVEL.fullmatch(clause.text) else []
    if not hits or _types(hits[-1:], lexicon) != {AttributeType.ORDERED}:
        return False
    return hits[-1].end == len(title.text) and _HAVING.fullmatch(title.text, 0, hits[-1].start) is not None


def _is_first_time_of(told: Clause, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a clause says no more than which time it was that something was done: 入表了，这是第一次."""
    firsts = lexicon.words.first
    if told.is_asked or not has_any(clause.text, firsts) or has_any(told.text, firsts) or _cues(clause.text, lexicon):
        return False
    types = _types(_cues(told.text, lexicon), lexicon)
    return bool(types) and types.isdisjoint(_HELD) and is_bare(without_any(clause.text, firsts), lexicon)


def _types(hits: Sequence[Hit[tuple[str, ...]]], lexicon: Lexicon) -> set[AttributeType | None]:
    """The types of what the cues point to."""
    return {lexicon.questions[each].attribute_type for hit in hits for each in hit.meaning}


def _are_title(hits: Sequence[Hit[tuple[str, ...]]], lexicon: Lexicon, *, with_steps: bool) -> bool:
    """Whether the cues are the one of a title that is held or not; `with_steps` of one with steps too (小巨人)."""
    titles = [{AttributeType.BOOL}, {AttributeType.ORDERED}] if with_steps else [{AttributeType.BOOL}]
    return len(hits) == 1 and _types(hits, lexicon) in titles


def _trailing_names(before: Sequence[Clause], clause: Clause, lexicon: Lexicon) -> int:
    count, of_firsts = 0, has_any(clause.text, lexicon.words.first)
    for earlier in reversed(before):
        named = lexicon.cue_index.get(earlier.text)
        if earlier.sentence != clause.sentence or named is None:
            break
        if of_firsts and not any(name.startswith("first_") for name in named):  # 小巨人，四个都是首次
            break
        count += 1
    return count


def topics_of(message: Message, lexicon: Lexicon) -> tuple[Topic, ...]:
    """Every clause with its cues; questions, suppositions and what is said of others state nothing."""
    own = own_clauses(message.clauses, lexicon)
    supposed = _supposed(message.clauses, lexicon)
    return tuple(
        Topic(clause, not is_supposed and _is_stated(i, clause, message, own, lexicon), _cues(clause.text, lexicon))
        for i, (clause, is_supposed) in enumerate(zip(_filled_in(message.clauses, own, lexicon), supposed, strict=True))
    )


def _supposed(clauses: Sequence[Clause], lexicon: Lexicon) -> Iterator[bool]:
    """Of each clause whether it supposes; what follows in the same sentence does too."""
    is_supposed, sentence = False, -1
    for clause in clauses:
        is_supposed = supposes(clause.text, lexicon) or (is_supposed and clause.sentence == sentence)
        sentence = clause.sentence
        yield is_supposed


def _is_stated(at: int, clause: Clause, message: Message, own: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether a clause tells something of the own company, and neither asks nor is given to somebody else."""
    is_asked = is_question(clause, lexicon) and not _opens_with_fact(clause)
    if message.clauses[at] not in own or is_asked or _is_given_away(at, message.clauses, own):
        return False
    return not opens_question(at, message.clauses, lexicon)


def _is_given_away(at: int, clauses: Sequence[Clause], own: Sequence[Clause]) -> bool:
    """开放过，不过是母公司开放的: the next clause says that it was somebody else."""
    following = clauses[at + 1 : at + 2]
    return any(c not in own and IT_WAS.match(c.text) is not None for c in following)


def _filled_in(clauses: Sequence[Clause], own: Sequence[Clause], lexicon: Lexicon) -> Iterator[Clause]:
    """The clauses, each with what it leaves to the one before it."""
    yield from clauses[:1]
    for before, clause in pairwise(clauses):
        yield _with_what_goes_before(before, clause, own, lexicon) if before.sentence == clause.sentence else clause


def _with_what_goes_before(before: Clause, clause: Clause, own: Sequence[Clause], lexicon: Lexicon) -> Clause:
    """A clause with what it leaves to the one before: what 我们不是 denies, the year, what 金额 is of."""
    if before not in own and _is_contrast(clause, own, lexicon):
        named = "、".join(dict.fromkeys(hit.word for hit in _cues(before.text, lexicon)))
        return replace(clause, text=clause.text + named)
    if _is_of_last_year(before, clause, lexicon):
        return replace(clause, text=_LAST_YEAR + clause.text)
    if before in own:
        return replace(clause, text=_named_before(before.text, clause.text, lexicon) + clause.text)
    return clause


def _is_contrast(clause: Clause, own: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether a clause says something of the own company, and not of what: 我们不是."""
    return clause in own and _OF_US.match(clause.text) is not None and not lexicon.cue_index.find(clause.text)


def _named_before(before: str, text: str, lexicon: Lexicon) -> str:
    """What 金额 or 费用 at the head of a clause is of, after one that names it: 首次入表，金额150万."""
    if not text.startswith(_SUMS):
        return ""
    words = (hit.word[-2:] for hit in reversed(lexicon.cue_index.find(before)))
    return next((word for word in words if lexicon.cue_index.get(word + text[:2]) is not None), "")


def _is_of_last_year(before: Clause, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a clause opens with a sum of a year, 营收1.5亿, and the one before it says 去年."""
    if _SAYS_LAST_YEAR.search(before.text) is None:
        return False
    return any(lexicon.cue_index.get(_LAST_YEAR + clause.text[:size]) is not None for size in range(2, 6))


def _opens_with_fact(clause: Clause) -> bool:
    """我们是亦庄的小巨人能拿多少 states where and what before it asks."""
    return bool(_OWN_LEAD.match(clause.text)) and not re.search(
        r"[吗么]|是不是|算不算|有没有|还是|哪", clause.text[:14]
    )


def _cues(text: str, lexicon: Lexicon) -> tuple[Hit[tuple[str, ...]], ...]:
    hits = (hit for hit in lexicon.cue_index.find(text) if not _PART_OF_NAME.match(text, hit.end))
    return tuple(hit for hit in hits if not is_partner(text, hit.end, lexicon))


def is_partner(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether a title is that of a company with which one has to do: 小巨人的供应商."""
    rest = _OWNERS.sub("", text[at:])
    return rest != text[at:] and rest.startswith(lexicon.words.others)


def attributes_in(
    topic: Topic, lexicon: Lexicon, *types: AttributeType
) -> tuple[tuple[Hit[tuple[str, ...]], str], ...]:
    """The attributes of these types that the clause's cues point to, with the cue."""
    named = ((hit, name) for hit in topic.cues for name in hit.meaning)
    return tuple((hit, name) for hit, name in named if lexicon.questions[name].attribute_type in types)


def names_before(topics: Sequence[Topic], lexicon: Lexicon, *types: AttributeType) -> tuple[str, ...]:
    """The attributes of these types that the clauses speak of, in order."""
    return tuple(name for topic in topics for _, name in attributes_in(topic, lexicon, *types))
