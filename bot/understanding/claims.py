"""Answers of yes or no: to 是否… (to 是否首次…: first_answers)."""

import re
from collections.abc import Sequence

from bot.understanding.completion import is_at_work, is_unfinished, wants_completion
from bot.understanding.first_answers import EITHER, answer_of, read_first
from bot.understanding.harm import (
    NOT_US,
    harm_of,
    is_of_harm,
    is_of_late_years,
    is_over_since,
    is_taken_off,
    of_late_years,
)
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, HEDGED, UNKNOWN, Answer
from bot.understanding.options import PUT_DOWN, chosen_by_digit, dictated
from bot.understanding.owners import own_clauses
from bot.understanding.polarity import Polarity, has_any, is_question, polarity_of, strip_fillers
from bot.understanding.questions import Question
from bot.understanding.relevance import clauses_about, echoes
from bot.understanding.reviews import is_review, review_of
from bot.understanding.rhetoric import only_looked_up, rhetorical
from bot.understanding.standing import is_asked_for, is_in_hand, is_of_name_on_paper, is_taken_away
from bot.understanding.text import Clause, Message

_FORMERLY = re.compile(r"^(?:我们|公司)?(?:以前|之前|曾经|原来|过去|早年|原先)(?:是|有|拿过|评过)")
_OF_RESULT = re.compile(r"成功|获奖|入选")
_TOOK_PART = re.compile(r"(?:参加|参与|报名|报了|报过|申报|申请|投标|参赛|参评|揭榜)[过了]?")
_WITH_RESULT = re.compile(
    r"成功|中[了标选]|没中|获奖|得奖|[^以]奖|入选|通过|拿[到下]|得了|揭了榜|揭榜[了成]|选上|没|未|不|落选"
)
_OF_PLAN = re.compile(r"揭榜挂帅")
_RETORT = re.compile(
    r"(?:不是|不对|不|[哎啊哦呃]呀?|我|刚才|刚刚|前面|上面|那个|是|可能)*"
    r"(?:[说写打记搞弄选点填看](?:错|反|岔)了?|错了|(?<=不是)不是|(?<=不)不|口误|更正(?:一下)?)[了啊哈呀]*"
)
_ENDED = re.compile(
    r"(?:今年|现在|目前|后来|如今)(?:就|又|却|都|已经?)?(?:断了|停了|断保|没再|不再|停掉)"
    r"|(?<!没)(?<!未)(?<!快)(?:过期|到期|失效|作废)了?$"
)
_OF_REVIEW = re.compile(r"(?:就|只|但|不过)*(?:评审|验收|审核)(?:还|也|都|就)*(?:没|未|在|正在)")
"""已经投用了，评审还没: what is not reviewed yet may be there all the same."""
_STILL_VALID = re.compile(r"(?:快要?|即将|马上|就要|眼看|明年|下个?月|年底)(?:就|才|要|也)*(?:到期|过期|失效)了?")
_OTHER_COVER = re.compile(
    r"(?<!没)(?<!没有)(?:买|投|保|交|上|有)[了过的是]{0,3}(?:财产|车|意外|雇主|团体|医疗|人身|寿|货运|工程|火灾)(?:一切|责任)?险"
)
_BOTH = re.compile(r"(?:都|全)(?:有|是|拿了?|齐|在)")


def read_yes_no_answer(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """True, false, or ASK, for a question that wants yes or no."""
    if (chosen := _exact(message, question)) is not None:
        return answer_of(chosen)
    clauses = [c for c in message.clauses if not is_question(c, lexicon) or _answers(c.text, question)]
    if len(clauses) < len(message.clauses) and not question.asks_first and not _opens_plainly(message, lexicon):
        return ASK
    about = clauses_about(own_clauses(_without_retort(clauses, lexicon), lexicon), question, lexicon)
    own = about if is_review(question) else _without_reviews(about)
    return read_first(own, clauses, question, lexicon) if question.asks_first else _plain(own, question, lexicon)


def is_retort(text: str) -> bool:
    """Whether a clause only takes back what was said before it."""
    return _RETORT.fullmatch(text) is not None


def _without_reviews(clauses: list[Clause]) -> list[Clause]:
    """The clauses without those on a review; all where none other is left."""
    return [clause for clause in clauses if not _OF_REVIEW.match(clause.text)] or clauses


def _answers(text: str, question: Question) -> bool:
    """Whether a clause that looks like a question says yes or no, or takes back what was said (不是不是我说错了)."""
    if is_retort(text):
        return True
    asked = rhetorical(text)
    return asked is False or (asked is True and (not question.asks_first or "过" in text))


def _opens_plainly(message: Message, lexicon: Lexicon) -> bool:
    """是的，顺便问下要什么材料: a plain yes or no, before a question of the user's."""
    first = message.clauses[0]
    core = strip_fillers(first.text, lexicon)
    return not is_question(first, lexicon) and core in (*lexicon.words.yes, *lexicon.words.no)


def _without_retort(clauses: Sequence[Clause], lexicon: Lexicon) -> Sequence[Clause]:
    """The clauses after the last that only takes back what went before (不是——哎我说错了，是第一次)."""
    for at in range(len(clauses) - 2, -1, -1):
        text = clauses[at].text
        if is_retort(text) or (at == 0 and strip_fillers(text, lexicon) in lexicon.words.correcting):
            return clauses[at + 1 :]
    return clauses


def _exact(message: Message, question: Question) -> bool | None:
    """What the number or the very words of an option say."""
    if (numbered := chosen_by_digit(message.plain, question.choices)) is not None:
        return numbered.value == "true"
    if (put_down := dictated(message.bare)) != message.bare and put_down in PUT_DOWN:
        return PUT_DOWN[put_down]
    for choice in question.choices:
        words = {word.lower() for word in (choice.label, *choice.words)}
        if message.bare in words and choice.value in ("true", "false"):
            return choice.value == "true"
    return None


def _plain(own: Sequence[Clause], question: Question, lexicon: Lexicon) -> Answer:
    if _is_cleared(own, question):
        return answer_of(False)
    own = of_late_years(own, question)
    said = _said(own, question, lexicon)
    told = set(said)
    if (open_end := _left_open(told, own, question)) is not None:
        return open_end
    if _has_ended(told, own):
        return answer_of(False)
    if len(told) == 1 and Polarity.HEDGED not in told:
        return answer_of(Polarity.YES in told)
    chosen = _on_subject(own, question, lexicon) if len(told) > 1 else None
    return chosen or _last_wins(said, own, question, lexicon)


def _is_cleared(own: Sequence[Clause], question: Question) -> bool:
    """Whether the bad news was of somebody else, or is so no more."""
    if is_of_harm(question) and any(NOT_US.fullmatch(clause.text) for clause in own):
        return True
    return bool(own) and is_taken_off(own[-1].text, question)


def _said(own: Sequence[Clause], question: Question, lexicon: Lexicon) -> list[Polarity]:
    """What the clauses say one after another, since the last that takes back what went before."""
    said: list[Polarity] = []
    for clause in own:
        polarity = claim_of(clause, question, lexicon)
        if polarity is Polarity.SILENT:
            continue
        if has_any(clause.text, ("其实", "说错", "更正", "不对")):
            said = []
        said.append(polarity)
    return said


def _left_open(told: set[Polarity], own: Sequence[Clause], question: Question) -> Answer | None:
    """What clauses leave open that only tell of taking part, or of a review that is not done."""
    if not told and any(_only_took_part(clause.text, question) for clause in own):
        return EITHER
    return UNKNOWN if is_review(question) and told == {Polarity.HEDGED} else None


def _has_ended(told: set[Polarity], own: Sequence[Clause]) -> bool:
    """Whether what was so is so no more by the last clause: 买过，今年断了."""
    is_told = len(own) > 1 and bool(told) and told <= {Polarity.YES, Polarity.HEDGED}
    return is_told and _ENDED.search(_STILL_VALID.sub("〇", own[-1].text)) is not None


def _on_subject(own: Sequence[Clause], question: Question, lexicon: Lexicon) -> Answer | None:
    """What the clauses with words of the question say, where others speak of something else; or an open end."""
    if wants_completion(question) and any(is_unfinished(c.text, question, lexicon) for c in own):
        return answer_of(False)
    if question.attribute is not None:
        return None
    said = {claim_of(c, question, lexicon) for c in own if echoes(c.text, question)} - {Polarity.SILENT}
    return answer_of(Polarity.YES in said) if len(said) == 1 and Polarity.HEDGED not in said else None


def _last_wins(said: Sequence[Polarity], own: Sequence[Clause], question: Question, lexicon: Lexicon) -> Answer:
    """去年买过，今年没买: the clause about now decides; else it isn't told."""
    if not said:
        return ASK
    if (
        _was_once(said, own)
        or _by_phrase(own[-1].text, question) is Polarity.NO
        or _is_only_planned(said, own, question, lexicon)
    ):
        return answer_of(False)
    return HEDGED if Polarity.HEDGED in said else _by_years(said, own, question, lexicon)


def _by_years(said: Sequence[Polarity], own: Sequence[Clause], question: Question, lexicon: Lexicon) -> Answer:
    """What the clauses say of the years that count, where some affirm and some deny."""
    if is_of_late_years(question):
        return answer_of(False) if said[-1] is Polarity.NO and is_over_since(own) else EITHER
    now = [c for c in own if has_any(c.text, ("今年", "现在", "目前", "如今"))]
    if now and (polarity := polarity_of(now[-1].text, lexicon)) in (Polarity.YES, Polarity.NO):
        return answer_of(polarity is Polarity.YES)
    return ASK


def _was_once(said: Sequence[Polarity], own: Sequence[Clause]) -> bool:
    """以前是，证早失效了，没再报: whether it was so once, and all that follows denies it."""
    return len(said) > 1 and _FORMERLY.match(own[0].text) is not None and set(said[1:]) == {Polarity.NO}


def _is_only_planned(said: Sequence[Polarity], own: Sequence[Clause], question: Question, lexicon: Lexicon) -> bool:
    """还不是，明年准备报: whether it is denied, and all that is left open is a plan."""
    if set(said) != {Polarity.NO, Polarity.HEDGED} or said[0] is not Polarity.NO:
        return False
    is_open = [clause for clause in own if claim_of(clause, question, lexicon) is Polarity.HEDGED]
    return all(has_any(clause.text, lexicon.words.planning) for clause in is_open)


def claim_of(clause: Clause, question: Question, lexicon: Lexicon) -> Polarity:
    """What one clause says of a claim: by the question's own phrases, else by affirming or denying."""
    text = clause.text
    if (asked := rhetorical(text)) is not None:
        return Polarity.YES if asked else Polarity.NO
    if _only_took_part(text, question) or only_looked_up(text) or is_of_name_on_paper(text, question):
        return Polarity.SILENT
    if is_review(question):
        return review_of(text, question, lexicon)
    return Polarity.HEDGED if _is_of_other_cover(text, question) else _by_state(text, question, lexicon)


def _by_state(text: str, question: Question, lexicon: Lexicon) -> Polarity:
    """What a clause says by how far the thing has come, else by its phrases and words."""
    if is_at_work(text, question) or is_in_hand(text, question):
        return Polarity.YES
    if is_unfinished(text, question, lexicon):
        return Polarity.NO
    if _is_open(text, question, lexicon):
        return Polarity.HEDGED
    own = Polarity.NO if is_taken_away(text, question) else _by_phrase(text, question)
    return _by_words(text, question, lexicon) if own is Polarity.SILENT else own


def _by_words(text: str, question: Question, lexicon: Lexicon) -> Polarity:
    """Whether the clause affirms or denies; merely to name the thing is to have it."""
    polarity = harm_of(text, lexicon) if is_of_harm(question) else polarity_of(text, lexicon)
    return Polarity.YES if polarity is Polarity.SILENT and strip_fillers(text, lexicon) in question.cues else polarity


def _is_of_other_cover(text: str, question: Question) -> bool:
    """买的是财产险, asked for 科技保险: what was bought may be another insurance."""
    return "科技保险" in question.prompt and "科技" not in text and _OTHER_COVER.search(text) is not None


def _only_took_part(text: str, question: Question) -> bool:
    """参加过揭榜挂帅 does not tell that it was won."""
    if text.startswith("光") and not is_of_harm(question) and not echoes(text, question):  # 光买了财产险
        return True
    if _TOOK_PART.search(text) is None or _OF_RESULT.search(question.prompt) is None:
        return False
    return _WITH_RESULT.search(_OF_PLAN.sub("", text)) is None


def _is_open(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether it is not decided yet, or what was so once says nothing of now: 以前是高新; a listing taken back."""
    if has_any(text, lexicon.words.pending) or is_asked_for(text, question, lexicon):
        return True
    if is_of_harm(question):
        return harm_of(text, lexicon) is Polarity.HEDGED
    return _FORMERLY.match(text) is not None


def _by_phrase(text: str, question: Question) -> Polarity:
    text = _STILL_VALID.sub("〇", text)
    no, yes = _longest(text, question.no_words), _longest(text, question.yes_words)
    if no and _BOTH.search(text) and has_any(text.replace(no, ""), question.cues):
        return Polarity.YES
    if not no and not yes:
        return Polarity.SILENT
    if len(no) >= len(yes):
        return Polarity.NO
    before = text[: text.find(yes)]
    return Polarity.NO if re.search(r"(?:没|没有|不|未|不是|还没)$", before) else Polarity.YES


def _longest(text: str, words: tuple[str, ...]) -> str:
    return max((w for w in words if w in text), key=len, default="")
