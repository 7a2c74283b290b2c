"""The step of the 专精特新 ladder and the sectors of business, from how people say them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.understanding.levels import without_other_levels
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, Answer, Outcome
from bot.understanding.options import affirmed_values, by_likeness, exact_choice, hits_of
from bot.understanding.other_matters import is_of_other_matter
from bot.understanding.own_titles import of_titles
from bot.understanding.owners import own_clauses
from bot.understanding.polarity import Polarity, has_any, is_question, polarity_of
from bot.understanding.questions import Question
from bot.understanding.relevance import is_bare, names_another
from bot.understanding.rhetoric import rhetorical
from bot.understanding.standing import heard_standing, is_not_granted, is_not_held
from bot.understanding.text import Clause, Message
from bot.understanding.word_index import Hit

_NOW = re.compile(r"现在|目前|如今|掉|降|只剩|变成|后来|改成")
APPLIED = re.compile(
    r"[想要]评(?!审)|(?:申报|申请)(?!成功|通过|下来|到|上|过了)|被刷|刷(?:了)?下来|落选|没选上|没评审?过"
)
WISHED = re.compile(
    r"(?:(?<!不)[想要盼]|希望|打算|准备|争取|力争|计划|梦想)(?:着|能|早日|尽快|再|以后|将来|也|去|明年|今年)*(?:成为?|变成|当上?|评上?(?!审)|升[级到为]|冲)"
)
LOST = re.compile(
    r"(?<![没未才快将要])(?<!明年)(?<!下月)(?<!下个月)(?<!年底)(?:到期|过期)|(?<![没未])失效|没续|(?<![没未])取消|(?<![没未被])撤销|摘牌|没复核|复核没|不再是|不是了|没保住|掉了"
    r"|(?:今年|现在|目前|后来|如今)(?:就|已经?|都|又|却)?(?:没有?了|不是|丢了)"
)
_LEFT_OVER = re.compile(r"(?:现在|目前|如今)?(?:[只就还]剩|[只就]留)")
_LAST_YEARS = re.compile(r"去年|前年|以前|之前|原来|曾|往年|评过|拿过")
_NO_MORE = re.compile(
    r"(?:但是?|不过|可|可是)?(?:今年|现在|目前|后来|如今)(?:就|已经?|都|又|却)*(?:没有?了?|不是了?|丢了|没续上?)"
)
_KEPT = re.compile(r"现在|目前|只剩|只有|还有|如今|降|掉到")
_NOTHING = re.compile(
    r"(?:啥|什么(?!的)|哪个|哪级|哪样|任何)[\u4e00-\u9fff]{0,6}(?:没|不是|无)|一[个级项]也?都?没"
    r"|没有?(?:啥|什么|任何)?(?:这|那)?(?:类|种|些)?(?:资质|称号|头衔|荣誉|牌子)[的呢啊哈呀]*$"
)
_APART = re.compile(
    r"不沾边|不搭边|沾不上|不着边|八竿子打不着|没(?:那|这)个?(?:命|本事|实力|资格|福气)|够不[上着]|不够格|算不上|高攀|想都(?:没|不)敢?想|(?:还)?没评(?:呢|过)"
)
_OF_THE_REST = re.compile(r"往上|上面|以上|更高|再高|别的|其[他它余]|另外|剩下")
_NOT_EVEN = re.compile(
    r"(?:连|^(?!.*连))(?:个|最低的?)?([\u4e00-\u9fff]{2,9}?)(?:企业|中小企业)?(?:都|也)(?:没|不是|不算|够不)"
)
_ONCE = re.compile(r"(?:我们|公司|咱们?|我司)*(?:最早|一开始|起初|以前|原来|之前|早先|过去|早年|原先|从前|前几年)")
_BY_NOW = re.compile(r"现在|如今|目前|后来|(?:去年|今年|前年)[^,]{0,4}(?:转|改)|转(?:做|型|行|去|到)|改(?:做|行)")
_OF_TALK = re.compile(r"[它这那](?:个|题|句|条)?$|[看听读弄搞]懂|明白|意思|[问说提讲算]它|问的?$|说的?$|提了?$")
"""不是这个, 没看懂: a no to what was said, and none to the title."""
_JOIN = re.compile(
    r"^(?:的|行业的?|领域的?|用的?|类的?|方向的?|产业的?|相关的?|方面的?|场景的?|企业的?|型|级|化|器|业)?$"
)


def read_tier(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The step of an ordered ladder that is held now: the highest, or the last where it says what it is now."""
    choice = exact_choice(message, question, lexicon)
    if choice is not None:
        return Answer(Outcome.VALUE, choice.value)
    message = without_other_levels(of_titles(message, question), question, lexicon)
    return _step_told(message, question, lexicon) if message.clauses else ASK


def _step_told(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The step that clauses on titles tell."""
    message = replace(message, clauses=tuple(part for c in message.clauses for part in _since_left(c)))
    own = own_clauses(message.clauses, lexicon)
    is_lost = _is_lost(message, own, question, lexicon)
    held = _held(own, lexicon, is_lost=is_lost)
    if (step := _granted_step(message, own, held, question, lexicon)) is not None:
        return Answer(Outcome.VALUE, step)
    if is_lost and not _ends_with_none(own, question, lexicon):
        return _lost_step(own, question) or _unnamed_step(message, held, question, lexicon)
    if _holds_none(message, own, held, question, lexicon):
        return Answer(Outcome.VALUE, question.choices[0].value)
    return _unnamed_step(message, held, question, lexicon)


def _held(own: Sequence[Clause], lexicon: Lexicon, *, is_lost: bool) -> list[Clause]:
    """The clauses of what is held; where something was lost those that say so of now."""
    return [c for c in own if _is_held(c, lexicon) and (not is_lost or _KEPT.search(c.text))]


def _ends_with_none(own: Sequence[Clause], question: Question, lexicon: Lexicon) -> bool:
    """市级的到期没续，现在啥称号都没了: whether the last clause says that nothing is left."""
    return bool(own) and _denies_all(own[-1].text, question, lexicon)


def _lost_step(own: Sequence[Clause], question: Question) -> Answer | None:
    """Every step to choose from, where the one that is held no more is named."""
    is_named = any(has_any(clause.text, question.cues) and LOST.search(clause.text) for clause in own)
    return Answer(Outcome.ASK, candidates=tuple(choice.value for choice in question.choices)) if is_named else None


def _is_lost(message: Message, own: Sequence[Clause], question: Question, lexicon: Lexicon) -> bool:
    """Whether a text says that a step is held no more; 高新到期了 says it of another title."""
    told = (clause.text for clause in message.clauses if not names_another(clause.text, question, lexicon))
    return any(LOST.search(text) for text in told) or any(lost_since(a.text, b.text) for a, b in pairwise(own))


def _granted_step(
    message: Message, own: Sequence[Clause], held: Sequence[Clause], question: Question, lexicon: Lexicon
) -> str | None:
    """The highest step that the clauses name as given, the last where they say what it is now; None for none."""
    order = [choice.value for choice in question.choices]
    open_ones = [a for a, b in pairwise(own) if leaves_open(b.text, question, lexicon)]
    granted = [c for c in held if c not in open_ones and not sounds_ungranted(c.text, question, lexicon)]
    affirmed = [value for value in affirmed_values(granted, question, lexicon) if value != order[0]]
    if not affirmed:
        return None
    return affirmed[-1] if _NOW.search(message.plain) else max(affirmed, key=order.index)


def sounds_ungranted(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether the steps in a text sound as if none was granted; where it denies some and not others, its words tell."""
    told = [value for _, value in hits_of(text, question, lexicon)]
    is_mixed = None in told and len(set(told)) > 1
    return bool(told) and not is_mixed and is_not_granted(text, lexicon)


def leaves_open(after: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause names nothing and sounds as if the step that the one before it names is not held: 还没发证."""
    is_of_others = _names_a_step(after, question, lexicon) or names_another(after, question, lexicon)
    if is_of_others or _OF_THE_REST.search(after):
        return False
    return is_not_held(after, lexicon)


def _since_left(clause: Clause) -> tuple[Clause, ...]:
    """小巨人没复核过只剩市级了 as what is gone and what is left."""
    at = _LEFT_OVER.search(clause.text)
    if at is None or not at.start():
        return (clause,)
    return replace(clause, text=clause.text[: at.start()]), replace(clause, text=clause.text[at.start() :])


def lost_since(before: str, after: str) -> bool:
    """Whether a clause says that what the one before it tells of earlier years is held no more (今年没有)."""
    return _LAST_YEARS.search(before) is not None and _NO_MORE.fullmatch(after) is not None


def _holds_none(
    message: Message, own: Sequence[Clause], held: Sequence[Clause], question: Question, lexicon: Lexicon
) -> bool:
    """Whether a text says that no step is held: it denies all, 专精特新 没有, or a bare no opens it."""
    if any(_denies_all(clause.text, question, lexicon) for clause in own if _tells(clause, lexicon)):
        return True
    if _denies_by_a_bare_no(message, own, question, lexicon):
        return True
    if not held or len(held) < len(message.clauses) or not _is_bare_no(held[0], lexicon):
        return False
    return not any(_speaks_of_titles(clause.text, question, lexicon) for clause in held[1:])


def _denies_by_a_bare_no(message: Message, own: Sequence[Clause], question: Question, lexicon: Lexicon) -> bool:
    """专精特新，没有; or 母公司是小巨人，我们没有: no is all that is said of the own company after another one's."""
    if any(a.text in question.cues and _is_bare_no(b, lexicon) for a, b in pairwise(own)):
        return True
    return bool(own) and message.clauses[0] not in own and all(_is_bare_no(clause, lexicon) for clause in own)


def _tells(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a clause does not ask, or only in form: 哪级都没评."""
    if not is_question(clause, lexicon):
        return True
    return rhetorical(clause.text) is False or _NOTHING.search(clause.text) is not None


def _speaks_of_titles(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause names a title, or says 可能."""
    titles = (*question.cues, *lexicon.words.other_titles)
    return has_any(text, titles) or polarity_of(text, lexicon) is Polarity.HEDGED


def _unnamed_step(message: Message, clauses: Sequence[Clause], question: Question, lexicon: Lexicon) -> Answer:
    """Which step is meant by a text that names none: by its sound; or the steps to choose from."""
    if len(clauses) < len(message.clauses) or _is_of_others(message, clauses, question, lexicon):
        return ASK
    if any(has_any(c.text, question.cues) or _is_bare_yes(c, lexicon) for c in clauses):
        return Answer(Outcome.ASK, candidates=tuple(choice.value for choice in question.choices[1:]))
    alike = by_likeness(message, question, lexicon)
    if alike.outcome is not Outcome.ASK or not _may_have_none(message, question, lexicon):
        return alike
    return heard_standing(message, question.choices[0].value, lexicon) or alike


def _is_of_others(message: Message, clauses: Sequence[Clause], question: Question, lexicon: Lexicon) -> bool:
    """Whether a text speaks of another title, or of another matter altogether."""
    if has_any(message.plain, lexicon.words.other_titles):
        return True
    return bool(clauses) and all(is_of_other_matter(c.text, question, lexicon) for c in clauses)


def _may_have_none(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether a text speaks only of the own company and names no step."""
    is_own = len(own_clauses(message.clauses, lexicon)) == len(message.clauses)
    return is_own and not any(_names_a_step(c.text, question, lexicon) for c in message.clauses)


def _is_held(clause: Clause, lexicon: Lexicon) -> bool:
    text = clause.text
    return not (
        has_any(text, lexicon.words.pending)
        or APPLIED.search(text)
        or WISHED.search(text)
        or LOST.search(text)
        or is_question(clause, lexicon)
        or is_not_held(text, lexicon)
    )


def _is_bare_no(clause: Clause, lexicon: Lexicon) -> bool:
    return (
        not _OF_TALK.search(clause.text)
        and polarity_of(clause.text, lexicon) is Polarity.NO
        and is_bare(clause.text, lexicon)
    )


def _is_bare_yes(clause: Clause, lexicon: Lexicon) -> bool:
    """有, 评上了, 有证书的: one of the steps, but which is not told."""
    rest = clause.text.replace("评上", "").replace("证书", "").replace("证", "")
    return polarity_of(clause.text, lexicon) is Polarity.YES and is_bare(rest, lexicon)


def _denies_all(text: str, question: Question, lexicon: Lexicon) -> bool:
    """没有专精特新, 专精特新哪级都没评, 啥也没评上; but 没评上小巨人 says nothing of the steps below."""
    if (lowest := _NOT_EVEN.search(text)) is not None and lowest[1] in question.choices[1].words:
        return True
    if _names_a_step(text, question, lexicon):
        return False
    if has_any(text, question.cues) and rhetorical(text) is None:
        return polarity_of(text, lexicon) is Polarity.NO
    return not _is_of_another_matter(text, question, lexicon) and _denies_anything(text, question)


def _denies_anything(text: str, question: Question) -> bool:
    """Whether a clause that names no title says that there is none: 够不着, 啥也没评上."""
    if rhetorical(text) is False or _APART.search(text):
        return True
    return _NOTHING.search(text) is not None or any(word in text for word in question.choices[0].words if len(word) > 2)


def _is_of_another_matter(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause has a word for another thing that is asked about: 数据登记证没拿到."""
    return any(len(hit.word) > 1 and question.id not in hit.meaning for hit in lexicon.cue_index.find(text))


def _names_a_step(text: str, question: Question, lexicon: Lexicon) -> bool:
    return any(hit.meaning != question.choices[0].value for hit, _ in hits_of(text, question, lexicon))


def read_set(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The options that the message names, of a question that allows several."""
    choice = exact_choice(message, question, lexicon)
    if choice is not None:
        return Answer(Outcome.VALUE, frozenset({choice.value}))
    told = [c for c in message.clauses if not is_question(c, lexicon)]
    found = sectors_in([c for c in told if not is_given_up(c, told)], question, lexicon)
    if found:
        return Answer(Outcome.VALUE, found)
    like = by_likeness(message, question, lexicon)
    return Answer(Outcome.VALUE, frozenset({like.value})) if isinstance(like.value, str) else like


def is_given_up(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether a clause tells of the time before another one's: 以前做电商，现在做AI."""
    at = clauses.index(clause)
    return _ONCE.match(clause.text) is not None and any(_BY_NOW.search(later.text) for later in clauses[at + 1 :])


def sectors_in(clauses: Sequence[Clause], question: Question, lexicon: Lexicon) -> frozenset[str]:
    """The businesses named: of a compound the last part (医疗大模型 is AI), `other` only if nothing else."""
    heads: list[str] = []
    for clause in clauses:
        heads += _heads(
            clause.text, [hit for hit, value in hits_of(clause.text, question, lexicon) if value is not None]
        )
    named = {head for head in heads if head != "other"}
    return frozenset(named or heads)


def _heads(clause: str, hits: Sequence[Hit[str]]) -> list[str]:
    heads: list[Hit[str]] = []
    for hit in hits:
        if heads and _JOIN.match(clause[heads[-1].end : hit.start]):
            if hit.meaning in ("other", "manufacturing") and heads[-1].meaning not in ("other", "manufacturing"):
                heads[-1] = Hit(heads[-1].start, hit.end, heads[-1].word, heads[-1].meaning)
                continue
            heads.pop()
        heads.append(hit)
    return [hit.meaning for hit in heads]
