"""What a firm does, told in its own words: 手术机器人的夹爪, 大棚种草莓. No word list has all trades."""

from collections.abc import Collection, Mapping

from bot.understanding.classifier import Classifier
from bot.understanding.meaning import ASK, UNKNOWN, Answer, Outcome
from bot.understanding.questions import Question
from bot.understanding.text import Message

SPEAKS, BESIDE, CONTRADICTS, UNHEARD = 0.45, 0.3, 0.85, 0.05
"""How sure of the likeliest trade to take it, of a second one to take it too, of another one to drop what words say."""
OTHER = "other"
NO_TRADE = frozenset({"ask", "unknown"})


def weigh_trades(answer: Answer, message: Message, question: Question, classifier: Classifier) -> Answer:
    """The answer by words, or the trades that the whole text sounds like where words tell none or clearly another."""
    if answer.candidates or answer.outcome is Outcome.UNKNOWN:
        return answer
    chances = classifier.chances(message.plain)
    likeliest, chance = next(iter(chances.items()), ("", 0.0))
    known = {choice.value for choice in question.choices} | NO_TRADE
    if likeliest not in known:
        return answer
    if answer.outcome is Outcome.ASK:
        return _heard(chances, likeliest, known) if chance >= SPEAKS else answer
    is_sure = chance >= CONTRADICTS and likeliest not in NO_TRADE
    return _without_unheard(answer, chances) if is_sure else answer


def _without_unheard(answer: Answer, chances: Mapping[str, float]) -> Answer:
    """The answer without the trades that the text does not sound like at all."""
    if not isinstance(answer.value, frozenset):
        return answer
    kept = frozenset(value for value in answer.value if chances.get(value, 0.0) >= UNHEARD)
    return Answer(Outcome.VALUE, kept) if kept else ASK


def _heard(chances: Mapping[str, float], likeliest: str, known: Collection[str]) -> Answer:
    if likeliest in NO_TRADE:
        return UNKNOWN if likeliest == "unknown" else ASK
    if likeliest != OTHER and OTHER in chances:
        chances = {name: chance for name, chance in chances.items() if name != OTHER}
    beside = {name for name, chance in chances.items() if chance >= BESIDE and name in known and name not in NO_TRADE}
    return Answer(Outcome.VALUE, frozenset({likeliest, *beside}))
