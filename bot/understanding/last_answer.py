"""A correction that names nothing takes back the answer given last: 说错了，不是首次; 改成没有."""

import re
from datetime import date

from bot.understanding.answers import read_answer_of
from bot.understanding.facts import Statements
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Command, Intent, Outcome
from bot.understanding.polarity import is_question, strip_fillers
from bot.understanding.questions import Question
from bot.understanding.relevance import names_subject
from bot.understanding.text import Message, split_message

_OPENS = re.compile(
    r"^(?:啊|哎呀?|噢|哦|诶|等等|等下|稍等|慢着|嗯|刚才|刚刚|前面|上一?[题个]|我|那个)*"
    r"(?:不对(?![外应等接口称公])|不不|错了|[说写填选点答搞弄记]错了?|更正|纠正|口误|手误|改(?![制造革进善装编天日名动正口变签]))(?:一下|下|过来)?(?:[成为到]|了)?(?:应该?是|应为)?"
)
_CLOSES = re.compile(r"(?:刚才|刚刚|前面|我)*[说写填选点答搞弄记]错了$")


def correct_last(
    message: Message,
    said: tuple[Command, Statements],
    names: tuple[str, Question | None],
    lexicon: Lexicon,
    today: date,
) -> Command | None:
    """The change of the answer given last, without a slot where only 不对 is said; None when it is no such change.

    `said` is what the message is otherwise, `names` the attribute answered last and the question that is open.
    """
    last, pending = lexicon.questions.get(names[0]), names[1]
    if last is None or not _may_correct(said, pending) or (rest := _corrected(message, lexicon)) is None:
        return None
    if not rest.clauses:
        return Command(Intent.CHANGE_ANSWER)
    if _is_of_another(rest, last, pending, lexicon):
        return None
    answer = read_answer_of(rest, last, lexicon, today)
    if answer.outcome in (Outcome.VALUE, Outcome.INTERVAL):
        return Command(Intent.CHANGE_ANSWER, last.id, answer)
    return Command(Intent.CHANGE_ANSWER, last.id) if answer.candidates or _names(rest, last, lexicon) else None


def _may_correct(said: tuple[Command, Statements], pending: Question | None) -> bool:
    """Whether it is no other command, and tells nothing but of the open question."""
    command, statements = said
    is_free = command.intent in (Intent.NONE, Intent.CHANGE_ANSWER)
    return is_free and all(pending is not None and fact.attribute == pending.id for fact in statements.facts)


def _corrected(message: Message, lexicon: Lexicon) -> Message | None:
    """What the message says beside the words that take something back; None when it has none of them."""
    texts = [clause.text for clause in message.clauses]
    cut = [_CLOSES.sub("", _OPENS.sub("", text)) for text in texts]
    if cut == texts or any(is_question(clause, lexicon) for clause in message.clauses):
        return None
    kept = (text for text in cut if text and strip_fillers(text, lexicon) not in lexicon.filler_set)
    return split_message(",".join(kept))


def _is_of_another(rest: Message, last: Question, pending: Question | None, lexicon: Lexicon) -> bool:
    """Whether the words are those of the open question, or of any but the one answered last."""
    if _names(rest, last, lexicon):
        return False
    is_named = bool(lexicon.cue_index.find(rest.plain)) or bool(lexicon.place_index.find(rest.plain))
    return is_named or (pending is not None and names_subject(rest.plain, pending))


def _names(rest: Message, question: Question, lexicon: Lexicon) -> bool:
    is_place = question.id == "region" and bool(lexicon.place_index.find(rest.plain))
    return is_place or names_subject(rest.plain, question)
