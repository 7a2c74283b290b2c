"""Commands: what the user wants done with the conversation. A question about a policy is never one."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.understanding.command_words import CommandWords
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Intent
from bot.understanding.polarity import has_any, is_question, strip_fillers, stripped_forms
from bot.understanding.text import Clause, Message

_STRICT = (Intent.DELETE_DATA, Intent.RESTART)
_STEPS = (Intent.BACK, Intent.SKIP)
_COURTESIES = (Intent.GREET, Intent.THANKS, Intent.BYE)
"""What stands beside a question as well as alone."""
_ORDER = (
    Intent.DELETE_DATA,
    Intent.UNDO_RESTART,
    Intent.RESTART,
    Intent.HUMAN,
    Intent.BACK,
    Intent.SHOW_PROFILE,
    Intent.RESULTS,
    Intent.SKIP,
    Intent.WHY,
    Intent.PROOF,
    Intent.CONTINUE,
    Intent.MORE,
    Intent.HELP,
)
_PLEA = re.compile(r"^(?:请问|你|您|那|我)?(?:能不能|能否|可不可以|可否|可以|能|麻烦|帮|请|给|把|要不|咱)")
_ASKS_ONLY_LEAVE = re.compile(r"(?:吗|么|嘛|不|行吗|可以吗|好吗|行不|行不行|可以不|成吗|能不能|可不可以|\?)$")
_WHAT_IS_GIVEN = re.compile(r"政策|补贴|奖励|奖金|资金|钱|支持|扶持|申报|条件|配套|资助|优惠|券")
_DONE_ALREADY = re.compile(
    r"(?:已经?|早就)[\u4e00-\u9fff]{0,6}(?:删|清|抹|销毁)(?:除|空|掉|完)?了?$|客户|用户|旧数据|原始数据|历史数据"
)
_KEEPS = re.compile(
    r"(?:别|不要|不用|不想|不是要|不必|甭|无需|不需要|没想|没说要|没让|(?<!能)不能|不准|先不|(?<!会)不会|怕|舍不得)"
    r"[\u4e00-\u9fff]{0,8}(?:删|清|抹|重|丢|扔|作废|从头|注销)|[^删]不删|保留|留着|误删|还在"
)
_KEEPS_NOTHING = re.compile(r"(?:不想|不要|别|不愿意?|不希望|不许|不让)[\u4e00-\u9fff]{0,6}(?:保留|留|存)")
_OF_LOSS = {
    Intent.DELETE_DATA: re.compile(r"[删清抹销毁擦移忘掉存留授记扔丢除碎撤]|[a-z]{2}"),
    Intent.RESTART: re.compile(r"[清废重头始零换另再新归全家个]|[a-z]{2}"),
}
"""Without any of these nothing is thrown away, however it sounds."""
LIKELY, SURE, BEYOND_DOUBT, SAID = 0.4, 0.75, 0.95, math.inf
"""How sure the classifier must be of a command that no words speak for, of another one than the words say, and of none
against the words; a command of which it is that sure is as good as said. What is said goes beyond any of them."""
_ALSO_MINE = re.compile(r"我的|我们|我填|我说|我这|咱")


@dataclass(frozen=True, slots=True)
class Finding:
    """A command found in a message; `is_said` when staff's words for it stand there, else it is only so likely.

    `none_is_likely`: the classifier takes the message for no command at all, and is quite sure of that.
    """

    intent: Intent
    is_said: bool = False
    none_is_likely: bool = False
    likelihood: float = 1.0


@dataclass(frozen=True, slots=True)
class _Heard:
    """The command that a message sounds like, and how surely."""

    intent: Intent
    chance: float

    @property
    def is_none(self) -> bool:
        """Whether it surely is no command."""
        return self.intent is Intent.NONE and self.chance >= BEYOND_DOUBT


def find_intent(message: Message, lexicon: Lexicon) -> Finding:
    """The command that the message gives: by the words that staff keep, and by what such messages mostly are.

    A correction of an answer is found by its words elsewhere; here it is only likely.
    """
    if not message.clauses:
        return Finding(Intent.NONE)
    wholes = _wholes(message, lexicon)
    if (whole := _whole_intent(message, wholes, lexicon)) is not Intent.NONE:
        return Finding(whole, is_said=True)
    return _weighed(_by_words(message, lexicon), message, lexicon)


def _by_words(message: Message, lexicon: Lexicon) -> Intent:
    said = _said(message, lexicon)
    for intent in _ORDER:
        words = lexicon.commands.get(intent)
        if words is not None and _gives(said, intent, words, lexicon):
            return intent
    return Intent.NONE


def _weighed(said: Intent, message: Message, lexicon: Lexicon) -> Finding:
    """What the words say, unless the classifier is sure of something else that it knows as well."""
    if not _may_be_heard(said, message, lexicon):
        return Finding(said, is_said=True)
    heard = _heard(message, lexicon)
    intent = heard.intent if heard.chance >= _enough(said, heard.intent) else said
    chance = SAID if intent is said else heard.chance
    if intent in _STRICT and not _may_be_lost(intent, chance, message, lexicon):
        return Finding(Intent.NONE)
    if intent is not said and _speaks_against(heard, message, lexicon):
        return Finding(said, said is not Intent.NONE)
    is_said = intent is not Intent.NONE and chance >= BEYOND_DOUBT
    return Finding(intent, is_said, heard.is_none, 1.0 if is_said else heard.chance)


def _may_be_heard(said: Intent, message: Message, lexicon: Lexicon) -> bool:
    """Whether the classifier knows the command, or may hear another one in it: 这个说不好，您接着问 skips."""
    return said in lexicon.intents.classes or (said is Intent.CONTINUE and len(message.clauses) > 1)


def _enough(said: Intent, likely: Intent) -> float:
    """How sure the classifier must be against what the words say; nothing is thrown away on words alone."""
    if likely is Intent.NONE and said is Intent.CONTINUE:
        return SAID
    if said in (Intent.NONE, Intent.CONTINUE):
        return LIKELY
    return BEYOND_DOUBT if likely is Intent.NONE and said not in _STRICT else SURE


def _speaks_against(heard: _Heard, message: Message, lexicon: Lexicon) -> bool:
    """Whether the message speaks against a command that is only heard: a courtesy beside a question, say."""
    if heard.intent in _COURTESIES and any(is_question(clause, lexicon) for clause in message.clauses):
        return True
    words = lexicon.commands.get(heard.intent)
    if heard.intent is Intent.SKIP and words is not None and words.is_never(lexicon.command_words_in(message.plain)):
        return True
    is_sure = heard.intent is Intent.HUMAN and heard.chance >= SURE
    return not is_sure and all(_is_vetoed(clause, message, heard.intent, lexicon) for clause in message.clauses)


def _heard(message: Message, lexicon: Lexicon) -> _Heard:
    name, chance = lexicon.intents.likeliest(message.plain)
    return _Heard(Intent(name or Intent.NONE), chance)


def _may_be_lost(intent: Intent, chance: float, message: Message, lexicon: Lexicon) -> bool:
    """Whether nothing in the message speaks against throwing away what was told; 你们保存我的数据吗 only asks."""
    is_said = chance == SAID
    if chance < SURE or not (is_said or _OF_LOSS[intent].search(message.plain)):
        return False
    if _KEEPS.search(message.plain) and not _KEEPS_NOTHING.search(message.plain):
        return False
    asked = [clause for clause in message.clauses if is_question(clause, lexicon)]
    return all(_is_plea(clause) and (is_said or _PLEA.match(clause.text)) for clause in asked)


def _wholes(message: Message, lexicon: Lexicon) -> list[Intent | None]:
    """For each clause the command whose whole words it is."""
    return [_of_core(clause.text, lexicon) or _courtesy(clause.text, lexicon) for clause in message.clauses]


def _of_core(text: str, lexicon: Lexicon) -> Intent | None:
    bare = text.replace(" ", "")
    half = bare[: len(bare) // 2]
    if half and bare == half * 2:
        bare = half
    for form in (text, *stripped_forms(bare, lexicon)):
        if (intent := lexicon.whole_commands.get(form)) is not None:
            return intent
    return None


def _courtesy(bare: str, lexicon: Lexicon) -> Intent | None:
    """谢谢解答, 你好各位: a courtesy with a little more, that neither asks nor tells."""
    if (
        len(bare) > 10
        or is_question(Clause(bare), lexicon)
        or lexicon.cue_index.find(bare)
        or has_any(bare, lexicon.words.policy)
    ):
        return None
    for size in (6, 5, 4, 3, 2):
        intent = lexicon.whole_commands.get(bare[:size]) or lexicon.whole_commands.get(bare[-size:])
        if intent is Intent.THANKS:
            return intent
    return None


def _whole_intent(message: Message, wholes: list[Intent | None], lexicon: Lexicon) -> Intent:
    """The command where every clause is one or a courtesy, or only fillers stand beside it."""
    together = _of_core(message.bare, lexicon) if len(message.clauses) > 1 or "?" in message.plain else None
    if together is not None:
        return together
    known = [w for w in wholes if w is not None]
    rest = [c for c, w in zip(message.clauses, wholes, strict=True) if w is None and not _is_filler(c.text, lexicon)]
    return _first_of(known) if known and not rest else Intent.NONE


def _first_of(given: Sequence[Intent]) -> Intent:
    """The command that counts of several; to skip and say goodbye is to go."""
    firm = [intent for intent in given if intent not in _COURTESIES]
    if firm == [Intent.SKIP] and Intent.BYE in given:
        return Intent.BYE
    if firm:
        return min(firm, key=_rank)
    return next((intent for intent in (Intent.BYE, Intent.THANKS) if intent in given), given[0])


def _rank(intent: Intent) -> int:
    return _ORDER.index(intent) if intent in _ORDER else len(_ORDER)


def _is_filler(text: str, lexicon: Lexicon) -> bool:
    core = strip_fillers(text, lexicon)
    return core in lexicon.filler_set or core in lexicon.words.yes or core in lexicon.words.agree


@dataclass(frozen=True, slots=True)
class _Said:
    """A message with the words of commands in it: each clause with its core and its words, and those of the whole.

    `across` are the words in a short message of several clauses, taken without its marks.
    """

    message: Message
    clauses: tuple[tuple[Clause, str, frozenset[str]], ...]
    spotted: frozenset[str]
    across: frozenset[str]


def _said(message: Message, lexicon: Lexicon) -> _Said:
    spotted_in = lexicon.command_words_in
    clauses = tuple((c, strip_fillers(c.text, lexicon), spotted_in(c.text)) for c in message.clauses)
    is_short = 1 < len(clauses) <= 3 and len(message.bare) <= 30
    return _Said(message, clauses, spotted_in(message.plain), spotted_in(message.bare) if is_short else frozenset())


def _gives(said: _Said, intent: Intent, words: CommandWords, lexicon: Lexicon) -> bool:
    if words.is_never(said.spotted):
        return False
    return any(not _is_vetoed(clause, said.message, intent, lexicon) for clause in _asked_for(said, words))


def _asked_for(said: _Said, words: CommandWords) -> Iterator[Clause]:
    """The clauses, or the whole of a short message, that hold the command's words."""
    for clause, core, spotted in said.clauses:
        if core in words.whole or words.is_named(spotted):
            yield clause
    if said.across and words.is_put_together(said.across):
        yield Clause(said.message.bare, any(c.is_asked for c in said.message.clauses))


def _is_vetoed(clause: Clause, message: Message, intent: Intent, lexicon: Lexicon) -> bool:
    """Whether the clause rather asks about a policy, or tells what was done."""
    about_policy = has_any(clause.text, lexicon.words.policy)
    if intent in _STRICT:
        return _is_strictly_vetoed(clause, message, about_policy=about_policy, lexicon=lexicon)
    if intent in _STEPS:
        return (about_policy and not re.search(r"[这那]题|上一?题|前一题", clause.text)) or (
            is_question(clause, lexicon) and not _is_plea(clause)
        )
    if intent is Intent.HUMAN:
        return about_policy and not has_any(clause.text, ("转人工", "找人工", "人工客服", "客服", "懂行", "真人"))
    if intent is Intent.RESULTS:
        return _is_about_others(clause, lexicon)
    return intent in (Intent.HELP, Intent.MORE, Intent.CONTINUE) and about_policy


def _is_about_others(clause: Clause, lexicon: Lexicon) -> bool:
    """小巨人能拿多少 asks about a kind of company, 我们能拿多少 about this one."""
    named = [w for w in lexicon.words.policy if w in clause.text and not _WHAT_IS_GIVEN.fullmatch(w)]
    return bool(named) and not re.search(r"我|咱|俺", clause.text)


def _is_strictly_vetoed(clause: Clause, message: Message, *, about_policy: bool, lexicon: Lexicon) -> bool:
    if is_question(clause, lexicon) and (about_policy or not _is_plea(clause)):
        return True
    if _DONE_ALREADY.search(clause.text) or (about_policy and not _ALSO_MINE.search(clause.text)):
        return True
    asked = [c for c in message.clauses if is_question(c, lexicon) and not _is_plea(c)]
    return any(has_any(each.text, lexicon.words.policy) for each in asked)


def _is_plea(clause: Clause) -> bool:
    """能不能把我的资料删了 is a request, though it has the form of a question."""
    text = clause.text
    inner = _ASKS_ONLY_LEAVE.sub("", text)
    if re.search(r"会不会|要不要|需不需要|是否|多久|怎么|如何|什么|哪|还能|还算|影响|会|多少|为什么", inner):
        return False
    return bool(_PLEA.match(text) or _ASKS_ONLY_LEAVE.search(text) is None or inner != text)
