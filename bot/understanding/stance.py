"""How an answer of yes or no sounds as a whole, beside what its single words say.

八字还没一撇, 证都裱起来了: no word list has all the ways to say yes and no. Where the words say nothing, a classifier
may, if it is sure; where it is sure of the contrary of what they say, it is asked again rather than recorded.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from bot.understanding.completion import is_unfinished
from bot.understanding.harm import is_of_harm, is_taken_off
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, UNKNOWN, Answer, Outcome
from bot.understanding.negated import denies
from bot.understanding.options import PUT_DOWN, chosen_by_digit, dictated
from bot.understanding.other_matters import has_sum, is_of_other_matter
from bot.understanding.owners import own_clauses
from bot.understanding.polarity import Polarity, first_time_of, has_any, is_question, strip_fillers
from bot.understanding.questions import AnswerType, Question
from bot.understanding.relevance import is_bare, names_another
from bot.understanding.rhetoric import leads_in, only_looked_up, rhetorical
from bot.understanding.standing import is_not_held, is_of_name_on_paper, is_of_title
from bot.understanding.text import Message

YES, NO = Answer(Outcome.VALUE, value=True), Answer(Outcome.VALUE, value=False)
STANCES = {"not_before": YES, "before": NO, "yes": YES, "no": NO, "unknown": UNKNOWN, "unclear": ASK}
LONGEST = 80
NO_ANSWER = 0.9
"""How surely a text must sound like a remark beside the matter for what its words say not to be taken."""
VERBS = {
    "first_registration": re.compile(r"登"),
    "first_listing": re.compile(r"入[了过]?[账表]|列报|科目|入过"),
    "first_trade": re.compile(r"卖|交易|成交|出售"),
    "first_open": re.compile(r"开放|公开|对外|共享|放[过了出]|开(?:过|了)?(?=$|[,啊呢呀])"),
}
"""What is done for each of the four firsts: 没卖 says nothing of the listing."""

_COUNTED_ELSE = re.compile(
    r"(?:第[一二三四五]|头[一]?|首|[两三几])[次回趟](?:[跟和与同向找]?你们?|来[问聊]|[问聊]|用(?:这个|你)|打交道|打电话|咨询|见面|参加|参展|来这)"
)
_VENUE = re.compile(r"北数所|数交所|交易所|交易中心|合规平台")
_WHY = re.compile(r"干[嘛吗]|为什么|为啥|要不要|能不能")


class Ear(NamedTuple):
    """How sure a classifier must be to speak where the words say nothing, to have what they say asked again, and to be
    believed against them."""

    speaks: float
    contradicts: float
    overrules: float


OF_FIRSTS, OF_CLAIMS = Ear(0.6, 0.9, 0.98), Ear(0.65, 0.98, 1.1)
"""Of first times there are more examples, and fewer ways to say them, than of all else that can be so or not."""
OF_HARM = 0.9
"""Nobody is cleared by a faint sound of it either: 还在里面."""


def weigh_stance(answer: Answer, message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The answer, or what the whole text sounds like where the answer is open or surely the opposite."""
    if not _may_be_weighed(answer, message, question) or _speaks_plainly(message, question, lexicon):
        return answer
    sound = _Sound(*(lexicon.firsts if question.asks_first else lexicon.claims).likeliest(message.plain))
    if answer.outcome is Outcome.ASK:
        return sound.answer if _may_speak(sound, question) else answer
    return _against(answer, sound, message, question, lexicon) if answer.outcome is Outcome.VALUE else answer


@dataclass(frozen=True, slots=True)
class _Sound:
    """What a text sounds like, and how surely."""

    name: str
    chance: float

    @property
    def answer(self) -> Answer:
        """The answer that it sounds like."""
        return STANCES.get(self.name, ASK)


def _ear(question: Question) -> Ear:
    return OF_FIRSTS if question.asks_first else OF_CLAIMS


def _may_speak(sound: _Sound, question: Question) -> bool:
    """Whether it is sure enough where the words say nothing; nobody is taken for an offender by the sound of it."""
    if is_of_harm(question):
        return sound.chance >= OF_HARM and sound.answer.value is not True
    return sound.chance >= _ear(question).speaks


def _against(answer: Answer, sound: _Sound, message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The answer by the words, what it sounds like against them, or ASK where neither is sure."""
    is_unclear = sound.name == "unclear"
    if is_unclear and sound.chance >= NO_ANSWER and len(message.clauses) == 1:
        return ASK
    is_opposed = sound.answer.value is (not answer.value) or (question.asks_first and is_unclear)
    if not is_opposed or sound.chance < _ear(question).contradicts:
        return answer
    is_believed = sound.chance >= _ear(question).overrules and not _is_counted(message, question, lexicon)
    return sound.answer if is_believed else ASK


def _is_counted(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """没有，是第二次: it says of a first time how often."""
    is_again = question.asks_first and has_any(message.plain, lexicon.words.again)
    return is_again and first_time_of(message.plain, lexicon) is Polarity.NO


def _speaks_plainly(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether the words settle it: they only name it, ask, tell of something else, or answer in a known form."""
    if _says_little(message, question, lexicon) or _tells_else(message, question, lexicon):
        return True
    if _asks(message, question, lexicon):
        return True
    is_of_others = question.attribute is not None and not own_clauses(message.clauses, lexicon)
    return is_of_others or any(_is_plain(clause.text, question, lexicon) for clause in message.clauses)


def _says_little(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether it is a word for yes, a mere name, or only leads up to something."""
    is_mere_name = question.asks_first and lexicon.cue_index.get(message.plain) is not None
    if is_mere_name or _is_plain_word(message.bare, question, lexicon):
        return True
    return all(only_looked_up(clause.text) or leads_in(clause.text) for clause in message.clauses)


def _may_be_weighed(answer: Answer, message: Message, question: Question) -> bool:
    """Whether it is a short free answer to a plain question of yes or no, which the words do not settle otherwise."""
    if question.type is not AnswerType.YES_NO or not question.prompt or denies(question.prompt):
        return False
    is_settled = answer.is_counter_question or answer.is_hedged or bool(answer.candidates)
    is_picked = chosen_by_digit(message.plain, question.choices) is not None
    return not is_settled and not is_picked and len(message.plain) <= LONGEST


def _is_plain_word(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether the text is a word for yes and for nothing else, or wants yes or no to be put down."""
    if dictated(text) in PUT_DOWN and dictated(text) != text:
        return True
    is_other = question.asks_first and text in lexicon.words.exists_or_not
    return text in lexicon.words.yes and not is_other


def _is_plain(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause answers in a form that is known for what it says: 敢不买吗, 还在路上."""
    if question.asks_first:
        return rhetorical(text) is False
    if is_of_name_on_paper(text, question) or is_taken_off(text, question):
        return True
    return rhetorical(text) is not None or is_unfinished(text, question, lexicon)


def _asks(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether it is a question itself; 哪家都没买 only looks like one."""
    is_marked = question.asks_first or message.plain.endswith(("吗", "么", "?")) or _WHY.search(message.plain)
    if not is_marked:
        return False
    asked = [clause for clause in message.clauses if is_question(clause, lexicon)]
    return any(clause.is_asked or rhetorical(clause.text) is None for clause in asked)


def _tells_else(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether it takes back, names another matter, tells a sum not asked for, or a title like the one asked about."""
    if strip_fillers(message.clauses[0].text, lexicon) in lexicon.words.correcting:
        return True
    if _names_else(message, question, lexicon) or _names_title(message, question, lexicon):
        return True
    if question.asks_first and _is_first_of_other(message.plain):
        return True
    return not question.asks_first and has_sum(message.plain)


def _names_else(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether it tells what is done for another of the four firsts, or names another claim than the one asked about."""
    if question.id in VERBS and _tells_of_doing(message.plain):
        return not names_doing(message.plain, question.id)
    if question.attribute is None:
        return False
    is_named = any(names_another(c.text, question, lexicon) for c in message.clauses)
    return is_named or all(is_of_other_matter(c.text, question, lexicon) for c in message.clauses)


def _tells_of_doing(text: str) -> bool:
    """Whether the text has the verb of one of the four firsts, or tells where one was done."""
    return _VENUE.search(text) is not None or any(names_doing(text, name) for name in VERBS)


def _is_first_of_other(text: str) -> bool:
    """Whether it counts how often something else was done: 第一次和你们打交道."""
    return _COUNTED_ELSE.search(text) is not None


def names_doing(text: str, name: str) -> bool:
    """Whether the text has the verb of this one of the four firsts: 没卖 that of the trade."""
    return name in VERBS and VERBS[name].search(text) is not None


def speaks_of_first(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause is bare, speaks of what the question asks about, or of a first time of no other thing."""
    if names_doing(text, question.id) or is_bare(text, lexicon):
        return True
    return has_any(text, lexicon.words.first) and not lexicon.cue_index.find(text)


def _names_title(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether it names another title, or says of the one asked about that it is not held yet, or no more."""
    if is_of_title(question) and any(is_not_held(clause.text, lexicon) for clause in message.clauses):
        return True
    others = (word for word in lexicon.words.other_titles if not any(word in cue for cue in question.cues))
    return has_any(message.plain, tuple(others))
