"""What a firm does, told in its own words: 手术机器人的夹爪, 大棚种草莓. No word list has all trades."""

from collections.abc import Collection, Mapping

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, UNKNOWN, Answer, Outcome
from bot.understanding.questions import Question
from bot.understanding.text import Message

SPEAKS, BESIDE, CONTRADICTS, UNHEARD = 0.45, 0.3, 0.85, 0.05
"""How sure of the likeliest trade to take it, of a second one to take it too, of another one to drop what words say."""
OTHER = "other"
NO_TRADE = frozenset({"ask", "unknown"})


def weigh_trades(answer: Answer, message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The answer by words, or the trades that the whole text sounds like where words tell none or clearly another."""
    if answer.candidates or answer.outcome is Outcome.UNKNOWN:
        return answer
    chances = lexicon.trades.chances(message.plain)
    likeliest, chance = next(iter(chances.items()), ("", 0.0))
    known = {choice.value for choice in question.choices} | NO_TRADE
    if likeliest not in known:
        return answer
    if answer.outcome is Outcome.ASK:
        return _heard(chances, likeliest, known) if chance >= SPEAKS else answer
    is_sure = chance >= CONTRADICTS and likeliest not in NO_TRADE
    return (
        _without_unheard(answer, chances)
        if is_sure and _is_heard_beside(likeliest, message, question, lexicon)
        else answer
    )


def _is_heard_beside(trade: str, message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether the text sounds like a trade without the words that name others: 无人机 only sounds like 无人车."""
    rest = message.plain
    for hit in reversed(lexicon.choice_words(question).find(rest)):
        if hit.meaning != trade:
            rest = rest[: hit.start] + "〇" + rest[hit.end :]
    return rest == message.plain or lexicon.trades.chances(rest).get(trade, 0.0) >= BESIDE


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
