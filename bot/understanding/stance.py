"""How an answer of yes or no sounds as a whole, beside what its single words say.

八字还没一撇, 证都裱起来了: no word list has all the ways to say yes and no. Where the words say nothing, a classifier
may, if it is sure; where it is sure of the contrary of what they say, it is asked again rather than recorded.
"""

from bot.understanding.completion import is_unfinished
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, UNKNOWN, Answer, Outcome
from bot.understanding.negated import denies
from bot.understanding.questions import AnswerType, Question
from bot.understanding.rhetoric import rhetorical
from bot.understanding.text import Message

YES, NO = Answer(Outcome.VALUE, value=True), Answer(Outcome.VALUE, value=False)
STANCES = {"not_before": YES, "before": NO, "yes": YES, "no": NO, "unknown": UNKNOWN, "unclear": ASK}
SPEAKS_OF_FIRSTS, SPEAKS, CONTRADICTS = 0.6, 0.75, 0.85
"""How sure the classifier must be to speak where the words say nothing, and to have it asked again."""
LONGEST = 80


def _is_plain(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause answers in a form that is known for what it says: 敢不买吗, 还在路上."""
    if question.asks_first:
        return False
    return rhetorical(text) is not None or is_unfinished(text, question, lexicon)


def weigh_stance(answer: Answer, message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The answer, or what the whole text sounds like where the answer is open or surely the opposite."""
    is_apt = question.type is AnswerType.YES_NO and not denies(question.prompt)
    is_settled = answer.is_counter_question or answer.is_hedged or bool(answer.candidates)
    is_settled = is_settled or any(_is_plain(clause.text, question, lexicon) for clause in message.clauses)
    if not is_apt or is_settled or len(message.plain) > LONGEST:
        return answer
    classifier = lexicon.firsts if question.asks_first else lexicon.claims
    name, chance = next(iter(classifier.chances(message.plain).items()))
    heard = STANCES.get(name, ASK)
    if answer.outcome is Outcome.ASK:
        return heard if chance >= (SPEAKS_OF_FIRSTS if question.asks_first else SPEAKS) else answer
    is_opposed = answer.outcome is Outcome.VALUE and heard.value is not answer.value
    return ASK if is_opposed and chance >= CONTRADICTS else answer
