"""What a text means: as an answer, as a command, as facts about the enterprise."""

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding.among_facts import answer_among
from bot.understanding.answers import read_answer_of
from bot.understanding.asides import read_aside
from bot.understanding.asked_to_change import asks_to_change
from bot.understanding.awards import of_awards
from bot.understanding.changes import find_change, likely_change, names_one_answer
from bot.understanding.claims import is_retort
from bot.understanding.facts import Statements, find_statements
from bot.understanding.firms import speaks_of_two
from bot.understanding.forms import Form, read_form
from bot.understanding.general import general_question
from bot.understanding.intents import Finding, find_intent
from bot.understanding.last_answer import correct_last
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import (
    ASK,
    NOTHING_EARLIER,
    UNKNOWN,
    Answer,
    Command,
    Earlier,
    Fact,
    Intent,
    Outcome,
    Understanding,
)
from bot.understanding.mending import mend
from bot.understanding.places import Role, find_places
from bot.understanding.polarity import has_any, is_question, supposes
from bot.understanding.put_right import put_right
from bot.understanding.questions import AnswerType, Question
from bot.understanding.references import day_meant, number_meant
from bot.understanding.retracted import without_retracted
from bot.understanding.skips import skipped_in
from bot.understanding.speech import divide
from bot.understanding.text import Message, split_message
from bot.understanding.topics import join_lists

__all__ = ["general_question", "read", "read_answer", "read_command"]

BESIDE_A_QUESTION = 0.65
"""How likely a command must be while a question is open: most texts then are answers."""
_GIVING_WAY = (Intent.NONE, Intent.SKIP, Intent.RESULTS, Intent.SHOW_PROFILE, Intent.MORE)
"""What a change that is found beside it, or another day, goes before."""
_TO_PASS = re.compile(r"通过|认证|评审|认定")
_PASSED = re.compile(
    r"(?:我们)?(?:早就?|已经?|都|刚|全|去年|今年|前年)*过了(?:的|啊|呀|哈|已经)?|(?:早|已|刚|都)过(?:啦|的)?|是的?|对"
)


def _prepared(text: str, lexicon: Lexicon) -> Message:
    return _in_parts(mend(split_message(text), lexicon), lexicon)


def _in_parts(message: Message, lexicon: Lexicon) -> Message:
    return join_lists(divide(message, lexicon), lexicon)


def read_answer(text: str, question: Question, lexicon: Lexicon, today: date) -> Answer:
    """The text as the answer to one question."""
    if lexicon.questions.get(question.id) is not question:
        return _read_answer(text, question, lexicon, today)
    key = (read_answer, question.id, today)
    return lexicon.remembered(text, key, lambda: _read_answer(text, question, lexicon, today))


def _read_answer(text: str, question: Question, lexicon: Lexicon, today: date) -> Answer:
    return read_answer_of(divide(mend(split_message(text), lexicon), lexicon), question, lexicon, today)


def read_command(text: str, lexicon: Lexicon, today: date | None = None) -> Command:
    """The command that the text gives; the day is only needed to read relative dates in a change."""
    message, day = _prepared(text, lexicon), today or date(2026, 1, 1)
    return _command(message, find_statements(without_retracted(message), lexicon, day), lexicon, day)


def read(
    text: str, question: Question | None, lexicon: Lexicon, today: date, earlier: Earlier = NOTHING_EARLIER
) -> Understanding:
    """Everything that the text means at once."""
    heard = _heard(text, question, lexicon, today, earlier.sums)
    message, command, statements, answer = heard.message, heard.command, heard.statements, heard.answer
    if (mended := put_right(message, (command, statements), earlier.known, lexicon, today)) is not None:
        command, statements = mended
        answer = None if question is None else answer_among(message, question, statements, lexicon, today)
    if _gives_way(command, message, lexicon) or (command.is_likely and _says_something(command, statements, answer)):
        command = Command(Intent.NONE)
    before = (earlier.answered, question)
    if (change := correct_last(message, (command, statements), before, lexicon, today)) is not None:
        command, statements = change, replace(statements, facts=())
    if question is not None:
        command = _beside(question, command, message, answer)
        answer = _by_command(command, answer, question, statements)
    facts = _with_change(_with_answer(statements.facts, question, answer, text), command, text)
    asks = command.intent in (Intent.NONE, Intent.CHANGE_ANSWER) and _asks(message, facts, lexicon)
    is_of_others = bool(statements.of_others) and not facts
    return Understanding(text, command, answer, facts, statements.unknown, asks, statements.unsettled, (), is_of_others)


def _gives_way(command: Command, message: Message, lexicon: Lexicon) -> bool:
    """Whether 我回来了 or 接着问 only leads up to a question of the user's own."""
    if command.intent is not Intent.CONTINUE:
        return False
    phrases = lexicon.commands[Intent.CONTINUE].phrases
    return any(is_question(c, lexicon) and not has_any(c.text, phrases) for c in message.clauses)


def _beside(question: Question, command: Command, message: Message, answer: Answer | None) -> Command:
    """The command while a question is open: none where it is not likely enough, or is a word that answers."""
    is_none = command.likelihood < BESIDE_A_QUESTION or _is_word_of(message, question)
    return Command(Intent.NONE) if is_none or _takes_itself_back(command, message, answer) else command


def _takes_itself_back(command: Command, message: Message, answer: Answer | None) -> bool:
    """Whether a change of nothing named only puts right the answer just begun: 不是——哎我说错了，是第一次."""
    is_of_none = command.intent is Intent.CHANGE_ANSWER and command.slot is None
    is_answer = answer is not None and answer.value is not None
    return is_of_none and is_answer and any(is_retort(clause.text) for clause in message.clauses[1:-1])


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a text says to a question, whoever says it."""

    message: Message
    command: Command
    statements: Statements
    answer: Answer | None


def _heard(text: str, question: Question | None, lexicon: Lexicon, today: date, sums: tuple[str, ...]) -> _Heard:
    """What the text says to the question: many people send the same."""
    name = "" if question is None else question.id
    if question is not None and lexicon.questions.get(name) is not question:
        return _hear(text, question, lexicon, today, sums)
    return lexicon.remembered(text, (_hear, name, today, sums), lambda: _hear(text, question, lexicon, today, sums))


def _hear(text: str, question: Question | None, lexicon: Lexicon, today: date, sums: tuple[str, ...]) -> _Heard:
    form = read_form(mend(split_message(text), lexicon), lexicon, today)
    message = _in_parts(of_awards(form.rest, question), lexicon)
    pending = question.id if question is not None and question.attribute is not None else ""
    statements = _with_form(find_statements(without_retracted(message), lexicon, today, sums, pending), form)
    command = _command(message, statements, lexicon, today)
    if question is not None and command.intent is Intent.SKIP and _goes_on_elsewhere(message, question, lexicon):
        command = Command(Intent.NONE)
    answer = None if question is None else answer_among(message, question, statements, lexicon, today)
    return _Heard(message, command, statements, answer)


def _with_form(statements: Statements, form: Form) -> Statements:
    """What the message states, with the entries of a form: what is said beside them goes before."""
    if not form.facts and not form.unknown:
        return statements
    said = {fact.attribute for fact in statements.facts}
    facts = (*(fact for fact in form.facts if fact.attribute not in said), *statements.facts)
    return replace(statements, facts=facts, unknown=tuple(dict.fromkeys((*form.unknown, *statements.unknown))))


def _is_word_of(message: Message, question: Question) -> bool:
    """Whether the whole text is one of the words by which the open question is answered (注销了, to a title)."""
    words = (*question.yes_words, *question.no_words, *(word for c in question.choices for word in (c.label, *c.words)))
    return len(message.bare) > 1 and message.bare in words


def _says_something(command: Command, statements: Statements, answer: Answer | None) -> bool:
    """Whether a text that is likely a command tells a fact or answers, or asks about, the open question."""
    is_answer = answer is not None and (answer.outcome is not Outcome.ASK or answer.is_counter_question)
    return is_answer or bool(statements.facts) or command.slot is not None


def _says_passed(message: Message, question: Question) -> bool:
    """过了 after a question about something to pass is an answer, and no wish to go on."""
    is_of_passing = (
        question.type in (AnswerType.YES_NO, AnswerType.ORDERED) and _TO_PASS.search(question.prompt) is not None
    )
    return is_of_passing and all(_PASSED.fullmatch(clause.text) for clause in message.clauses)


def _goes_on_elsewhere(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether words of skipping answer the open question (过了), or skip another one by its name."""
    named = {name for clause in message.clauses if (name := skipped_in(clause.text, question.id, lexicon))}
    return _says_passed(message, question) or bool(named - {question.id})


def _asks(message: Message, facts: tuple[Fact, ...], lexicon: Lexicon) -> bool:
    """Whether the text is a question to the bot: by its form, or by naming a policy of some place (深圳数据券)."""
    if any(is_question(c, lexicon) for c in message.clauses):
        return not speaks_of_two(message)
    places = [m for c in message.clauses for m in find_places(c.text, lexicon)]
    return not facts and any(m.role is Role.OF_POLICY for m in places)


def _command(message: Message, statements: Statements, lexicon: Lexicon, today: date) -> Command:
    if (aside := read_aside(message.raw, today)) is not None:
        return aside
    found = find_intent(message, lexicon)
    is_no_wish = _is_no_wish(found, message, lexicon)
    change = None if is_no_wish else find_change(message, statements, lexicon, today)
    if change is not None and not found.is_said:
        return change
    if _is_to_change(found.intent, message, lexicon):
        return _unless_supposed(likely_change(message, statements, lexicon, today, found.likelihood), message, lexicon)
    if found.intent in _GIVING_WAY and (other := change or _as_of(message, today)) is not None:
        return other
    number = number_meant(message) if found.intent in (Intent.PROOF, Intent.MORE) else None
    return Command(found.intent, number=number, likelihood=found.likelihood)


def _is_no_wish(found: Finding, message: Message, lexicon: Lexicon) -> bool:
    """Whether the message surely is no command, nor asks how to change an answer."""
    return found.none_is_likely and not asks_to_change(message.plain, lexicon)


def _unless_supposed(change: Command, message: Message, lexicon: Lexicon) -> Command:
    is_supposed = any(supposes(clause.text, lexicon) for clause in message.clauses)
    return Command(Intent.NONE) if is_supposed else change


def _is_to_change(intent: Intent, message: Message, lexicon: Lexicon) -> bool:
    """Whether an answer is to be changed, in these words or by beginning anew with it alone."""
    return intent is Intent.CHANGE_ANSWER or (intent is Intent.RESTART and names_one_answer(message, lexicon))


def _as_of(message: Message, today: date) -> Command | None:
    """The wish for another day, where one is named."""
    on = day_meant(message, today)
    return None if on is None else Command(Intent.AS_OF, answer=Answer(Outcome.VALUE, on))


def _by_command(command: Command, answer: Answer | None, question: Question, statements: Statements) -> Answer | None:
    """The answer that a command leaves of it: skipping is not knowing, any other command but 看结果 answers nothing.

    A correction only answers where it is of the open question, or that is told besides.
    """
    if command.intent is Intent.SKIP:
        return UNKNOWN
    leaves_it = command.intent in (Intent.NONE, Intent.RESULTS, Intent.WHY)
    is_of_it = command.slot in ("amount", "date", "company_name", question.id)
    is_told = is_of_it or any(fact.attribute == question.id for fact in statements.facts)
    is_stated = is_told and answer is not None and answer.value is not None and command.intent is Intent.CHANGE_ANSWER
    return answer if leaves_it or is_stated else ASK


def _with_answer(
    facts: tuple[Fact, ...], question: Question | None, answer: Answer | None, text: str
) -> tuple[Fact, ...]:
    if question is None or question.attribute is None or answer is None:
        return facts
    name = question.attribute.name
    kept = tuple(fact for fact in facts if fact.attribute != name)
    if answer.value is None:
        return kept if answer.is_hedged or answer.candidates else facts
    said = next((fact.said for fact in facts if fact.attribute == name), text)
    return (*kept, Fact(name, answer.value, said))


def _with_change(facts: tuple[Fact, ...], command: Command, text: str) -> tuple[Fact, ...]:
    if (
        command.slot is None
        or command.answer is None
        or command.answer.value is None
        or command.slot in ("amount", "date", "company_name")
    ):
        return facts
    kept = tuple(fact for fact in facts if fact.attribute != command.slot)
    return (*kept, Fact(command.slot, command.answer.value, text))
