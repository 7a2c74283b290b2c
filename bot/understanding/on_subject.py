"""What of a message is about the open question, and what is of something else: 去年融资五千万 dates no penalty."""

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.claims import claim_of
from bot.understanding.first_answers import first_of
from bot.understanding.lexicon import Lexicon
from bot.understanding.other_matters import is_of_other_matter
from bot.understanding.owners import own_clauses
from bot.understanding.polarity import Polarity, is_question
from bot.understanding.questions import Question
from bot.understanding.relevance import clauses_about, speaks_of
from bot.understanding.text import Clause, Message

_MERE_TIME = 5


def on_subject(message: Message, question: Question, lexicon: Lexicon) -> Message:
    """The message without the clauses that are not plainly about the question."""
    return _of(message, clauses_about(own_clauses(message.clauses, lexicon), question, lexicon))


def without_other_matters(message: Message, question: Question, lexicon: Lexicon) -> Message:
    """The message without the clauses that name something else by its own words."""
    return _of(message, [c for c in message.clauses if not _is_of_another(c.text, question, lexicon)])


def of_its_time(message: Message, question: Question, lexicon: Lexicon) -> Message:
    """The message without what is not plainly about the question, unless it is hardly more than a time: 三年前."""
    own = own_clauses(message.clauses, lexicon)
    return _of(message, [c for c in own if speaks_of(c.text, question, lexicon) or len(c.text) <= _MERE_TIME])


def _of(message: Message, clauses: Sequence[Clause]) -> Message:
    return replace(message, clauses=tuple(clauses), plain=",".join(clause.text for clause in clauses))


def _is_of_another(text: str, question: Question, lexicon: Lexicon) -> bool:
    named = lexicon.named_in(text)
    is_named = question.attribute is not None and bool(named) and question.id not in named
    return is_named or is_of_other_matter(text, question, lexicon)


def disagree(clauses: Sequence[Clause], question: Question, lexicon: Lexicon) -> bool:
    """业务说签过，商务说没签过: whether clauses say yes and no of what is asked."""
    claim = first_of if question.asks_first else claim_of
    told = {claim(c, question, lexicon) for c in clauses if not is_question(c, lexicon)}
    return {Polarity.YES, Polarity.NO} <= told
