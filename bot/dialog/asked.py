"""A message taken apart into what it asks: each thing asked about, and what is asked of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.dialog.flows import Guide, once
from bot.search.characters import normalised
from bot.search.shapes import named_targets, shapes_of, without_shapes
from bot.search.words import SearchWords, Shape, any_of_words

SURE = 0.4
"""The score from which an answer is right: of the measured queries, right answers start at 0.24 (docs/search.md)."""
FEWEST_TELLING, MUCH_TOLD, LONGEST_CONTINUATION, SHORTEST_CONTINUATION = 2, 5, 20, 8
TOGETHER = "叠加"
"""How the texts say that two things are had together."""
_CUT = re.compile(r"([,。?;!\n]+)|另外|顺便")
_AND = re.compile(r"和|跟|与|以及|还有|、")
_OF_ONE = frozenset({Shape.COMPARE, Shape.TERM})
"""What is asked of two things together."""
_ASKING = re.compile(r"[吗呢么没]$|有没有|能不能|可不可以|是否|是不是|要不要|算不算")
_SAME_AGAIN = re.compile(r"呢$")
_TOGETHER = re.compile(r"一共|总共|合计|加起来|都能|全部|哪些|什么|啥|汇总|总的")
_OWN = re.compile(r"我|咱|本公司|本单位")
_BOTH = re.compile(
    r"都[领拿享报申](?![了过到])|(?:一起|一块儿?|同时)[领拿申报享]|叠加|能叠|重复|两边都|冲突|矛盾|[领拿享]了[^,。]{0,6}还能[领拿申报享]"
)
_CLAIMS = re.compile(r"申请|申报|[申领办拿]")
_OF_BOT = re.compile(r"你|您|机器人|助手|使用|操作|功能|指令")
_PERSON = re.compile(r"人工|客服|真人|活人|工作人员|专员")
_PUT_AS_QUESTION = re.compile(r"几个点|几成|补几|奖几|配几|(?<![好了过这近前十])几[年次](?![了前来])|[去在到找]哪")
_WANTS_TO_KNOW = re.compile(
    r"(?:请|想|让我|帮[^,]{0,3})问|想(?:打听|了解)|咨询(?:一下|下|个)|打听点|请教|介绍(?:一?下|介绍)|讲讲|说说"
)
_NOT_REACHED = re.compile(
    r"(?:电话|热线|人工|客服|12345)[\u4e00-\u9fff]{0,3}?(?:没|不通|未接|打不|占线|忙音|在忙|太忙|排队)[\u4e00-\u9fff]{0,4}"
)
"""电话没打通 tells of a call; it asks for no number."""
_MEETS = re.compile(r"[够合](?:不[够合])?(?:得上|条件)|满足")
_WHOEVER = re.compile(r"谁|哪|什么|啥|还是|门槛|要求|条件|资格")
_ARTICLE = re.compile(r"第?[0-9一二三四五六七八九十]{1,3}条")
_SAYS_SO = (Shape.COMPARE, Shape.TERM, Shape.CONTACT)
"""What no statement asks for by the way."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked about, in words to look it up by, and what is asked of it, in the order asked.

    `has_subject` is false where the words name nothing to look up (找谁, 要什么条件).
    """

    text: str
    shapes: tuple[Shape, ...]
    has_subject: bool = True

    @property
    def shape(self) -> Shape:
        """What is asked first."""
        return self.shapes[0] if self.shapes else Shape.LOOKUP


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch between marks; `place` is the word by which it steers to a place, if any."""

    text: str
    shapes: tuple[Shape, ...]
    has_subject: bool
    place: str
    is_question: bool


def read_asked(text: str, guide: Guide) -> tuple[Asked, ...]:
    """What a message asks, at least one thing; questions without a subject of their own belong to the one before."""
    corrected, pieces = guide.corrected(text), pieces_of(text, guide)
    if asked := _fold(pieces):
        return asked
    shapes = tuple(dict.fromkeys(shape for piece in pieces for shape in piece.shapes))
    return (Asked(corrected, shapes, any(piece.has_subject for piece in pieces)),)


def asks_on(text: str, subject: str, guide: Guide) -> bool:
    """Whether a few words ask for the sum of what was asked about just before (能拿多少)."""
    is_short = len(text) <= SHORTEST_CONTINUATION and not (_OWN.search(text) or _TOGETHER.search(text))
    return bool(subject) and is_short and Shape.AMOUNT in shapes_of(text, guide.search_words)


def asks_for_contact(text: str, guide: Guide) -> bool:
    """Whether a text that seems to want a person asks for a number or a department (电话多少)."""
    return Shape.CONTACT in shapes_of(text, guide.search_words) and not _PERSON.search(text)


def asks_of_claims(text: str, guide: Guide) -> bool:
    """Whether a text asks about claiming (要什么条件, 怎么申请), not how to use the bot."""
    asked = set(shapes_of(text, guide.search_words))
    is_claim = not asked.isdisjoint((Shape.WHO, Shape.AMOUNT, Shape.TIME)) or _CLAIMS.search(text) is not None
    return bool(asked) and is_claim and _OF_BOT.search(text) is None


def asks_of_policy(text: str, guide: Guide) -> bool:
    """Whether a text that seems to want the result or a person asks about one policy (贴息能拿多少, 数据券电话多少)."""
    if _PERSON.search(text):
        return False
    named = [piece for piece in pieces_of(text, guide) if piece.has_subject and piece.is_question]
    return any(_is_about_one(piece) for piece in named)


def _is_about_one(piece: Piece) -> bool:
    is_list = Shape.LIST in piece.shapes and not _OWN.search(piece.text)
    return is_list or Shape.TERM in piece.shapes or not _TOGETHER.search(piece.text)


@once
def asks_unmarked(text: str, guide: Guide) -> bool:
    """Whether a text asks about a policy by its words though it lacks the form of a question (…对比一下, 补几个点)."""
    corrected, words = _NOT_REACHED.sub("", guide.corrected(text)), guide.search_words
    if _ARTICLE.search(corrected) and steering_words(words).match(corrected):
        return True
    says_so = not set(shapes_of(corrected, words)).isdisjoint(_SAYS_SO)
    return (says_so or _PUT_AS_QUESTION.search(corrected) is not None) and _is_of_policy(corrected, guide)


def asks_politely(text: str, guide: Guide) -> bool:
    """Whether a text says that it is a question about a policy, or about policies at all (想问问…, 介绍一下…)."""
    corrected = guide.corrected(text)
    is_of_any = any_of_words(guide.search_words.policy_words).search(corrected) is not None
    return wants_to_know(text) and (is_of_any or _is_of_policy(corrected, guide))


def _is_of_policy(text: str, guide: Guide) -> bool:
    """Whether the text names something to look up, or the policies of a place."""
    words = guide.search_words
    is_of_place = steering_words(words).search(text) and any_of_words(words.policy_words).search(text)
    return is_of_place is not None or has_subject(text, guide)


def wants_to_know(text: str) -> bool:
    """Whether the text says that it is a question (想问问, 让我打听点事)."""
    return _WANTS_TO_KNOW.search(text) is not None


def asks_for_itself(text: str) -> bool:
    """Whether an enterprise asks if it may claim (能不能申请, 够条件吗), rather than who may (谁能申请)."""
    return _MEETS.search(text) is not None or _WHOEVER.search(text) is None


@once
def names_subject(text: str, guide: Guide) -> bool:
    """Whether the text names something beside what it asks for and where."""
    return units_told(text, guide) >= FEWEST_TELLING or any_of_words(guide.names).search(_bare(text, guide)) is not None


def units_told(text: str, guide: Guide) -> int:
    """How many units of the text tell something beside what it asks for and where."""
    return sum(len(phrase) for phrase in guide.index.read(_bare(text, guide)).phrases)


def _bare(text: str, guide: Guide) -> str:
    """The text without the words for what it asks, politely or not, and where."""
    plain = _WANTS_TO_KNOW.sub(" ", without_shapes(text, guide.search_words))
    return steering_words(guide.search_words).sub(" ", plain)


@once
def has_subject(text: str, guide: Guide) -> bool:
    """Whether the text names something to look up, beside what it asks for and where."""
    if any_of_words(guide.names).search(_bare(text, guide)):
        return True
    hits = guide.index.search(text, limit=1) if names_subject(text, guide) else ()
    return bool(hits) and hits[0].score >= SURE


def continued(asked: Asked, subject: str, guide: Guide) -> Asked:
    """A question without a subject put to what was asked just before; any other one as it is."""
    text, words = normalised(asked.text), guide.search_words
    is_short = len(text) <= LONGEST_CONTINUATION and not names_subject(text, guide)
    places = steering_words(words).findall(text)
    if asked.has_subject or not is_short or asked.shape is Shape.LIST or not (asked.shapes or places):
        return asked
    shapes, bare = asked.shapes or shapes_of(subject, words), without_shapes(subject, words)
    if asks_for_both(text):
        return Asked(f"{''.join(places)}{bare}{TOGETHER}", asked.shapes)
    return Asked("".join((*places, steering_words(words).sub("", bare) if places else bare)), shapes)


def steering_words(words: SearchWords) -> re.Pattern[str]:
    """A pattern that finds the words by which a text names a place or a level."""
    return any_of_words(steering_of(words))


def steering_of(words: SearchWords) -> tuple[str, ...]:
    """The words by which a text names a place or a level."""
    return tuple(word for place in words.places for word in place.words)


@once
def pieces_of(text: str, guide: Guide) -> tuple[Piece, ...]:
    """The stretches of a message, between its marks."""
    return tuple(_pieces(guide.corrected(text), guide))


def _pieces(text: str, guide: Guide) -> Iterator[Piece]:
    cut = _CUT.split(text)
    marks = (*cut[1::2], "")
    for stretch, mark in zip(cut[::2], marks, strict=True):
        whole = _piece(stretch.strip(), mark or "", guide)
        if whole.text:
            yield from _halves(whole, guide) or (_between_places(whole, guide),)


def _piece(text: str, mark: str, guide: Guide) -> Piece:
    words = guide.search_words
    shapes, place = shapes_of(text, words), steering_words(words).search(text)
    is_question = bool(shapes) or "?" in mark or _ASKING.search(text) is not None
    return Piece(text, shapes, has_subject(text, guide), place[0] if place else "", is_question)


def _between_places(whole: Piece, guide: Guide) -> Piece:
    """What asks about two places compares them, unless it asks whether both may be had."""
    is_rule = any_of_words(guide.search_words.rule_words).search(whole.text) is not None
    if (is_rule and not whole.has_subject) or Shape.COMPARE in whole.shapes or len(places_named(whole.text, guide)) < 2:
        return whole
    return replace(whole, shapes=(Shape.COMPARE, *whole.shapes))


def asks_for_both(text: str) -> bool:
    """Whether the text asks if two things may be had together."""
    return _BOTH.search(text) is not None


def _halves(whole: Piece, guide: Guide) -> tuple[Piece, ...]:
    """The two things that a piece asks about at once (买数据和买保险都能补吗); none where it asks about one."""
    is_compared = not _OF_ONE.isdisjoint(whole.shapes) or asks_for_both(whole.text)
    parts = [part for part in _AND.split(whole.text) if part.strip()]
    if is_compared or len(parts) != 2 or not (whole.is_question and whole.has_subject):
        return ()
    if len({_best_article(part, guide) for part in parts} - {None}) < len(parts):
        return ()
    return tuple(
        replace(_piece(part, "", guide), shapes=whole.shapes, is_question=True, has_subject=True) for part in parts
    )


def _best_article(text: str, guide: Guide) -> tuple[str, str] | None:
    """The article that a part of a question names for certain."""
    if not any_of_words(guide.names).search(text):
        return None
    hits = guide.index.search(text, limit=1)
    return (hits[0].clause.document.id, hits[0].clause.article) if hits and hits[0].score >= SURE else None


def _fold(pieces: Sequence[Piece]) -> tuple[Asked, ...]:
    """The questions that name their subject, each with those that follow without one."""
    asked: list[Asked] = []
    waiting: tuple[Shape, ...] = ()
    place = ""
    for piece in pieces:
        place = piece.place or place
        if not piece.is_question:
            continue
        if piece.has_subject:
            text = piece.text if piece.place else f"{place}{piece.text}"
            shapes = piece.shapes or (asked[-1].shapes if asked and _SAME_AGAIN.search(piece.text) else ())
            asked.append(Asked(text, (*waiting, *shapes)))
            waiting = ()
        elif asked:
            asked[-1] = _joined(asked[-1], piece)
        else:
            waiting = (*waiting, *piece.shapes)
    return tuple(asked)


def _joined(asked: Asked, piece: Piece) -> Asked:
    """The question with what a piece without a subject asks of it, and where (…是什么意思，通州给多少)."""
    shapes = dict.fromkeys((*(asked.shapes or (Shape.LOOKUP,)), *piece.shapes))
    text = asked.text if piece.place in asked.text else f"{piece.place}{asked.text}"
    return replace(asked, text=text, shapes=tuple(shapes))


def places_named(text: str, guide: Guide) -> tuple[str, ...]:
    """The places and levels that a text names, in the order of the word list."""
    named = named_targets(normalised(text), guide.search_words)
    return tuple(place.target for place in guide.search_words.places if place.target in named)
