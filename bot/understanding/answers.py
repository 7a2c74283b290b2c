"""Reading a text as the answer to one question."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.understanding.amounts import find_amounts
from bot.understanding.claims import claim_of, read_yes_no_answer
from bot.understanding.companies import read_company_name
from bot.understanding.counts import read_count
from bot.understanding.dates import find_dates
from bot.understanding.days import read_date
from bot.understanding.firms import speaks_of_two
from bot.understanding.first_answers import EITHER, first_of
from bot.understanding.harm import is_long_ago, is_of_late_years
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, UNKNOWN, Answer, Outcome
from bot.understanding.misspelt import of_own_places, with_places_mended
from bot.understanding.negated import denies, read_denied
from bot.understanding.not_knowing import is_unknown
from bot.understanding.on_subject import disagree, of_its_time
from bot.understanding.options import chosen_by_digit, read_choice
from bot.understanding.place_roles import weigh_region
from bot.understanding.places import find_places, is_move_told, read_region, read_regions
from bot.understanding.polarity import Polarity, asks_back, is_question, strip_fillers, supposes
from bot.understanding.questions import PLACES, AnswerType, Question
from bot.understanding.reach import is_out_of_reach
from bot.understanding.relevance import is_about, is_bare, names_subject
from bot.understanding.retracted import without_retracted
from bot.understanding.rhetoric import leads_in
from bot.understanding.stance import weigh_stance
from bot.understanding.sums import read_amount
from bot.understanding.text import Clause, Message
from bot.understanding.tiers import read_set
from bot.understanding.titles import read_ladder
from bot.understanding.trades import weigh_trades
from bot.understanding.years import is_of_years, read_year

PUT_OFF, LONGEST_PUT_OFF = 0.8, 60
"""How surely a text, of so many characters at most, must sound like putting off for the question to be left open."""
SOME_DAY = date(2026, 1, 1)
"""Whether a date is told at all does not depend on the day."""
ASKED_BACK = Answer(Outcome.ASK, is_counter_question=True)
SECTOR = "sector"
REGION = "region"
GUESSED = 4
"""A clause longer than that which ends in 吧 is a guess (财务买的吧); 没有吧 and 买了吧 are answers."""
_OF_THE_SPEAKER = re.compile(
    r"我(?!们|司|公司|单位)|管|负责|经手|参与|关注|接触|接手|在弄|在做|在办|在搞|来|问|查|看|说"
)
_VOUCHES = re.compile(
    r"(?:你们?|您)?(?:要是|如果)?不信(?:的话)?(?:你们?|您)?(?:可以|尽管|就|去|自己|上网|随便)*(?:查|看|问|打听|$)"
)
_NO_FIGURES = (AnswerType.YES_NO, AnswerType.ORDERED, AnswerType.CHOICE, AnswerType.SET)
_OF_FIGURE = re.compile(r"多少钱|具体(?:是|有)?多少|具体数|数[额目]|[花交付投]了?多少|金额|什么时候|哪天|几号|几月")
"""花了多少忘了 leaves no question of yes or no open."""
_HEARD = re.compile(r"(?:好|好的|好吧|好嘞|行|行吧|哦+|噢+|ok|okay|了解|明白|收到|知道了|晓得了)[了啊呀哈]*")
"""好，按这个算: what was said is heard; it answers nothing, what follows does."""
_KEPT_BACK = re.compile(r"不[说报给留让许能想便]|不方便|不透露|保密|匿名|隐名")
_WHICH_POLICY = re.compile(r"(?:有|出)(?:什么|哪些|啥|没有)[^,]{0,6}(?:政策|补贴|奖励|支持|措施)")
_SAME = re.compile(
    r"(?:和|跟|与|同)?(?:注册地|注册地址|执照)?(?:都)?(?:一样|相同|同一个|一致|是一个地方|同上|在一起)(?:的)?"
)


def read_answer_of(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    """The message as an answer to the question."""
    message = _as_it_is(message, lexicon)
    if not message.clauses or (question.type is not AnswerType.COMPANY_NAME and speaks_of_two(message)):
        return ASK
    if (early := _no_answer(message, question, lexicon)) is not None:
        return early
    message = _of_what_is_known(message, question, lexicon)
    answer = _by_type(message, question, lexicon, today)
    is_open = answer.outcome is Outcome.ASK and not answer.candidates
    if is_open and asks_back(message, lexicon) and _is_of_question(message, question, lexicon):
        return ASKED_BACK
    return _unless_put_off(weigh_stance(answer, message, question, lexicon), message, question, lexicon)


def _of_what_is_known(message: Message, question: Question, lexicon: Lexicon) -> Message:
    """The message without a 不清楚 beside what does answer yes or no: that is no 不."""
    if question.type is not AnswerType.YES_NO:
        return message
    known = tuple(clause for clause in message.clauses if not is_unknown(clause.text, lexicon))
    is_told = len(known) < len(message.clauses) and any(
        _answers(clause, question, lexicon) and is_about(clause.text, question, lexicon) for clause in known
    )
    return message if not is_told else replace(message, clauses=known, plain=_joined(known))


def _unless_put_off(answer: Answer, message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The answer; UNKNOWN where it is open and the text sounds as if the speaker can't tell, or won't."""
    is_asked = any(is_question(clause, lexicon) for clause in message.clauses[1:])
    is_of_others = any(_names_only_others(clause, question, lexicon) for clause in message.clauses)
    if answer != ASK or is_asked or is_of_others or len(message.plain) > LONGEST_PUT_OFF:
        return answer
    return UNKNOWN if lexicon.deferrals.chances(message.plain).get("unknown", 0.0) >= PUT_OFF else answer


def _as_it_is(message: Message, lexicon: Lexicon) -> Message:
    """The message without what is taken back, and what is only supposed: 如果搬到亦庄."""
    message = without_retracted(message)
    real = tuple(c for c in message.clauses if not supposes(c.text, lexicon))
    real = tuple(c for c in real if not _VOUCHES.match(c.text) and not leads_in(c.text)) or real
    if len(real) > 1 and _HEARD.fullmatch(real[0].text):
        real = real[1:]
    return message if len(real) == len(message.clauses) else replace(message, clauses=real, plain=_joined(real))


def _joined(clauses: Sequence[Clause]) -> str:
    return ",".join(clause.text for clause in clauses)


def _no_answer(message: Message, question: Question, lexicon: Lexicon) -> Answer | None:
    """UNKNOWN or a question of the user's, where that is all that the message says."""
    if declined := [c for c in message.clauses if is_unknown(c.text, lexicon) or _is_beyond(c, question)]:
        return _unknown(message, declined, question, lexicon)
    if question.type is AnswerType.COMPANY_NAME and _keeps_name_back(message.plain):
        return UNKNOWN
    ends_asking = is_question(message.clauses[-1], lexicon) and asks_back(message, lexicon)
    if not ends_asking or _is_named(message, question):
        return None
    return ASKED_BACK if _is_of_question(message, question, lexicon) else ASK


def _keeps_name_back(plain: str) -> bool:
    return _KEPT_BACK.search(plain) is not None and "有限" not in plain


def _is_beyond(clause: Clause, question: Question) -> bool:
    """Whether the clause says that what would tell is out of reach; 拿不到证 answers a question of yes or no."""
    is_of_papers = question.type not in (AnswerType.YES_NO, AnswerType.ORDERED, AnswerType.SET)
    return is_of_papers and question.id != REGION and is_out_of_reach(clause.text) and not find_amounts(clause.text)


def _unknown(message: Message, declined: list[Clause], question: Question, lexicon: Lexicon) -> Answer | None:
    if all(not _is_beyond(c, question) and _is_of_others(c, message, question, lexicon) for c in declined):
        return None
    rest = [c for c in message.clauses if c not in declined]
    if question.type is AnswerType.YES_NO and disagree(rest, question, lexicon):
        return UNKNOWN
    return None if any(_answers(clause, question, lexicon) for clause in rest) else UNKNOWN


def _is_of_others(clause: Clause, message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether what is not known is something else than what is asked, by its own words or by those before it."""
    at = message.clauses.index(clause)
    is_how_much = at > 0 and _OF_FIGURE.search(clause.text) is not None and not names_subject(clause.text, question)
    said = (clause, message.clauses[at - 1]) if is_how_much else (clause,)
    return any(_names_only_others(each, question, lexicon) for each in said)


def _names_only_others(clause: Clause, question: Question, lexicon: Lexicon) -> bool:
    """Whether what is not known is something else than what is asked."""
    if question.type in _NO_FIGURES and _OF_FIGURE.search(clause.text) and question.attribute is not None:
        return True
    named = lexicon.named_in(clause.text)
    return question.attribute is not None and bool(named) and question.id not in named


def _is_of_question(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether the user asks about the open question: by its words, or in words of no subject (什么意思, 怎么算)."""
    if question.attribute is None:
        return True
    return any(
        names_subject(c.text, question) or is_bare(c.text, lexicon)
        for c in message.clauses
        if asks_back(Message("", c.text, (c,)), lexicon)
    )


def _answers(clause: Clause, question: Question, lexicon: Lexicon) -> bool:
    """不清楚详情，反正是海淀的: whether a clause beside the not-knowing has something definite."""
    if question.id in PLACES:
        return bool(find_places(clause.text, lexicon))
    match question.type:
        case AnswerType.AMOUNT:
            return any(mention.value is not None for mention in find_amounts(clause.text))
        case AnswerType.COMPANY_NAME:
            return "有限" in clause.text
        case AnswerType.YES_NO:
            return _is_definite(clause, question, lexicon)
        case AnswerType.ORDERED | AnswerType.CHOICE | AnswerType.SET:
            return bool(lexicon.choice_words(question).find(clause.text))
        case AnswerType.DATE:
            return _is_dated(clause)
        case AnswerType.COUNT:
            return False
        case _ as unreachable:
            assert_never(unreachable)


def _is_dated(clause: Clause) -> bool:
    return any(mention.value is not None for mention in find_dates(clause.text, SOME_DAY))


def _is_definite(clause: Clause, question: Question, lexicon: Lexicon) -> bool:
    """登过，具体哪天忘了 tells what is asked; 我没管过，不清楚 doesn't."""
    is_guess = clause.text.endswith("吧") and len(clause.text) > GUESSED
    if is_guess or is_question(clause, lexicon) or _OF_THE_SPEAKER.search(clause.text):
        return False
    claim = first_of if question.asks_first else claim_of
    return claim(clause, question, lexicon) in (Polarity.YES, Polarity.NO)


def _is_named(message: Message, question: Question) -> bool:
    return question.type in (AnswerType.ORDERED, AnswerType.CHOICE, AnswerType.SET) and len(message.clauses) > 1


def _by_type(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    match question.type:
        case AnswerType.CHOICE:
            return _choice(message, question, lexicon, today)
        case AnswerType.ORDERED:
            return _ordered(message, question, lexicon)
        case AnswerType.SET:
            return _set(message, question, lexicon)
        case AnswerType.YES_NO:
            return _yes_no(message, question, lexicon, today)
        case AnswerType.AMOUNT:
            return read_amount(message, question, lexicon, today)
        case AnswerType.COUNT:
            return read_count(message, question, lexicon)
        case AnswerType.DATE:
            return read_date(message, question, lexicon, today)
        case AnswerType.COMPANY_NAME:
            return read_company_name(message, lexicon)
        case _ as unreachable:
            assert_never(unreachable)


def _choice(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    """The option that is named, else of a question about years the one for the year that is named."""
    if question.id == REGION:
        return _region(message, question, lexicon)
    answer = read_choice(message, question, lexicon)
    if answer.outcome is not Outcome.ASK or not is_of_years(question) or is_question(message.clauses[-1], lexicon):
        return answer
    value = read_year(of_its_time(message, question, lexicon).bare, question, today, lexicon)
    return answer if value is None else Answer(Outcome.VALUE, value)


def _ordered(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    is_ladder = question.attribute is None or question.id == "specialized_tier"
    return (read_ladder if is_ladder else read_choice)(message, question, lexicon)


def _yes_no(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    is_denied = question.attribute is None and denies(question.prompt)
    answer = (read_denied if is_denied else read_yes_no_answer)(message, question, lexicon)
    if answer.value is not True or is_denied or not is_of_late_years(question):
        return answer
    return EITHER if any(is_long_ago(clause.text, today) for clause in message.clauses) else answer


def _set(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    if question.id in PLACES:
        return _regions(message, question, lexicon)
    by_words = read_set(message, question, lexicon)
    return weigh_trades(by_words, message, question, lexicon) if question.id == SECTOR else by_words


def _region(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    chosen = chosen_by_digit(message.plain, question.choices)
    if chosen is not None:
        return Answer(Outcome.VALUE, chosen.value)
    message = with_places_mended(message, lexicon)
    own = tuple(c for c in of_own_places(message.clauses, lexicon) if not _asks_of_policy(c, lexicon))
    if all(is_question(c, lexicon) for c in own or message.clauses):
        return ASK
    by_words = read_region(replace(message, clauses=own), lexicon)
    is_settled = by_words.outcome is Outcome.VALUE and is_move_told(message, lexicon)
    weighed = by_words if is_settled else weigh_region(by_words, message.clauses, lexicon)
    return weighed if not own or _is_place_named(weighed.value, own, lexicon) else by_words


def _is_place_named(district: object, clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether the clauses name the district, or may mean it; nothing is named anyhow."""
    places = (mention.place for clause in clauses for mention in find_places(clause.text, lexicon))
    return district is None or any(district in place.regions for place in places)


def _asks_of_policy(clause: Clause, lexicon: Lexicon) -> bool:
    """通州有什么政策 tells nothing of where the own company is."""
    return is_question(clause, lexicon) and _WHICH_POLICY.search(clause.text) is not None


def _regions(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    chosen = chosen_by_digit(message.plain, question.choices)
    if any(_SAME.fullmatch(strip_fillers(c.text, lexicon)) for c in message.clauses):
        return UNKNOWN
    if chosen is not None:
        return Answer(Outcome.VALUE, frozenset({chosen.value}))
    own = tuple(of_own_places(message.clauses, lexicon))
    return read_regions(message if len(own) == len(message.clauses) else replace(message, clauses=own), lexicon)
