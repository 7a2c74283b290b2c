"""Answers that choose among options: by digit, by word, by a word that sounds the same."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, Answer, Outcome
from bot.understanding.numerals import parse_numeral
from bot.understanding.polarity import has_any, is_question, masked, strip_fillers, stripped_forms
from bot.understanding.questions import AnswerType, Choice, Question
from bot.understanding.relevance import is_bare, speaks_of
from bot.understanding.sounds import word_of_sound
from bot.understanding.text import Clause, Message
from bot.understanding.word_index import Hit, WordIndex

_ORDINAL = re.compile(
    r"(?:我?选|就|是|第|选项|选择|答案)*(?:第)?([0-9]{1,2}|[一二三四五六七八九十]{1,3}|[a-j])(?:个|项|号|条|种|类|那个|那项|选项|[.)、])*(?:吧|的|啊)?"
)
_FROM_END = re.compile(r"(?:我?选|就|是)*倒数第([0-9]|[一二三四五六七八九])(?:个|项|条|那个|选项)(?:吧|的|啊)?")
_CHOSEN = re.compile(r"选|第|项")
_NUMERALS = re.compile(r"[\d零一二两三四五六七八九十百千万亿几]")
_IS = r"(?:我们|我司|咱们?|公司|就|是|评的|拿的|属于|选|那|当然|肯定|已经|到了)*"
_STEP = r"的?(?:那|这)?(?:一)?(?:[个级档层种挡类款]|等级|级别|级的|档的|规模)*(?:的|了|企业|称号|荣誉|资质)*"
_TOP = re.compile(
    rf"{_IS}(?:最(?:高|大|顶级?|顶上|牛|厉害|上[面头边]|高级|顶端|上档次|有含金量|难评|难拿)|到顶|顶[格级尖]|头一[等级档]){_STEP}"
)
_BOTTOM = re.compile(
    rf"{_IS}(?:最(?:低|小|底|次|差|下[面头边]|初级|基础|入门|容易|好评|好拿|起步)|垫底|入门|起步){_STEP}"
)
_MIDDLE = re.compile(rf"{_IS}(?:中间|当中|居中|中不溜){_STEP}")
_DICTATED = re.compile(
    r"(?:[您你]|就|给我|帮我|直接|麻烦|请|那|先)*(?:填|写|选|记|勾|算|当)(?:成|作|上|个|的?是(?!就|吧|$))?(?P<put>.+?)"
    r"(?:(?:就|便)(?:行|好|成|可以|得)[了啦]?|即可)?[吧呗]?"
)
"""您直接填无就行 is 无."""
PUT_DOWN = {"是": True, "对": True, "有": True, "否": False, "不是": False, "无": False, "没有": False}
_LETTERS = "abcdefghij"
DENIED = re.compile(
    r"(?:不是|并非|没有?|非|不算|不属于|没评上?|没拿到?|没到|没评过|还没|不做|不搞|没做|不在|不走|没走|未获|未|不含|除了|够不上|达不到|不到|没到|够不着|离|跟|距|距离|就差|还差|还不是|算不上|没能评上|没申请|更(?:别|不用|不要|甭|不必)(?:说|提|谈))"
    r"(?:什么|到|是|个|买|投|采购|办|签|那个|国家级的?|做|搞|在|过|被认定为|认定|北京市?)?$"
)
_DENIED_AFTER = re.compile(
    r"^(?:企业|称号|的?资质|认定|证书?|资格)?(?:也|都|还|倒|都还|是|级|哪级都|哪个都)?(?:没有?|不是|不算|还没|未|没评|没拿|没批|差一点|没过|没中)"
)
_MEASURED = re.compile(
    r"\s*(?:值|现在|目前|已经|大概|大约|约|平均|年均|是|为|在|有|做到|降到|降至|到|了)*\s*\d+\.\d+(?!\d*\s*[万亿元千百块])(?![^,，;；!！]*达)"
)
_LACKS = re.compile(r"[^,，。;；!！\n]{0,8}?(?:没|未|不是|不算|不涉及)")


def chosen_by_digit(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The option that a message which is just a digit, ordinal or letter chooses by its place."""
    if not choices:
        return None
    said = text.strip().strip("。.、,，)）(（!！ ")
    written = _ORDINAL.fullmatch(said)
    if written is None:
        return _from_the_end(said, choices)
    number = _number(written[1])
    is_bare_numeral = not written[1].isascii() and not _CHOSEN.search(written[0]) and len(written[0]) == 1
    if number is None or not 1 <= number <= len(choices) or (is_bare_numeral and len(choices) < 2):
        return None
    return choices[number - 1]


def _from_the_end(text: str, choices: Sequence[Choice]) -> Choice | None:
    """倒数第二个: the option by its place from the end of the list; a step (倒数第二级) may be meant the other way."""
    counted = _FROM_END.fullmatch(text)
    number = None if counted is None else _number(counted[1])
    return choices[-number] if number is not None and 1 <= number <= len(choices) else None


def _number(written: str) -> int | None:
    if written in _LETTERS:
        return _LETTERS.index(written) + 1
    number = parse_numeral(written)
    return None if number is None else int(number)


def read_choice(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The option of a choice or ordered question that the message affirms; several: ASK among them."""
    choice = exact_choice(message, question, lexicon)
    if choice is not None:
        return Answer(Outcome.VALUE, choice.value)
    told = [c for c in message.clauses if not is_question(c, lexicon) and _may_choose(c.text, question, lexicon)]
    affirmed = affirmed_values(told, question, lexicon)
    if not affirmed and (several := _shared(told, question, lexicon)):
        return Answer(Outcome.ASK, candidates=several)
    if len(affirmed) == 1:
        return Answer(Outcome.VALUE, affirmed[0])
    if affirmed:
        return Answer(Outcome.ASK, candidates=affirmed)
    return by_likeness(message, question, lexicon)


def _may_choose(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause is about the question, or has a word for an option that is more than 是 or 没有."""
    if question.attribute is None or speaks_of(text, question, lexicon):
        return True
    return any(not is_bare(hit.word, lexicon) for hit in lexicon.choice_words(question).find(text))


def dictated(text: str) -> str:
    """What a text wants to have put down, 无 of 您直接填无就行; any other as it is."""
    put_down = _DICTATED.fullmatch(text)
    return text if put_down is None else put_down["put"]


def at_the_end_of_the_ladder(message: Message, question: Question, lexicon: Lexicon) -> Choice | None:
    """The option that is chosen by its place among ordered ones: 最高的那个, 最小那档, 中间那级."""
    steps = [choice for choice in question.choices if choice.value != "none"]
    if question.type is not AnswerType.ORDERED or len(steps) < 3:
        return None
    for form in stripped_forms(message.bare, lexicon):
        for pattern, step in ((_TOP, steps[-1]), (_BOTTOM, steps[0]), (_MIDDLE, steps[1] if len(steps) == 3 else None)):
            if pattern.fullmatch(form):
                return step
    return None


def _shared(clauses: Sequence[Clause], question: Question, lexicon: Lexicon) -> tuple[str, ...]:
    """The options for which a word that the clauses name stands at once: 小微 is 微型 or 小型."""
    shared = lexicon.shared_words(question)
    hits = (hit for clause in clauses for hit in lexicon.choice_words(question).find(clause.text)) if shared else ()
    named = next((hit.word for hit in hits if hit.word in shared), "")
    return shared.get(named, ())


def exact_choice(message: Message, question: Question, lexicon: Lexicon) -> Choice | None:
    """The option that the whole message names, by its digit, label or one of its words."""
    text = message.plain
    if (choice := chosen_by_digit(text, question.choices)) is not None:
        return choice
    core = strip_fillers(message.bare, lexicon)
    shared = lexicon.shared_words(question).keys()
    forms = {text, core, message.bare, dictated(message.bare)}
    for choice in question.choices:
        names = {word.lower() for word in (choice.label, choice.value, *choice.words)} - shared
        if forms & names:
            return choice
    return at_the_end_of_the_ladder(message, question, lexicon)


def affirmed_values(clauses: Sequence[Clause], question: Question, lexicon: Lexicon) -> tuple[str, ...]:
    """The values that the clauses name and don't deny, in the order said."""
    found: dict[str, None] = {}
    for clause in clauses:
        if found and has_any(clause.text, lexicon.words.correcting) and not has_any(clause.text, ("还有", "另外")):
            found = {}
        for value in values_in(clause.text, question, lexicon):
            found.setdefault(value)
    return tuple(found)


def values_in(clause: str, question: Question, lexicon: Lexicon) -> tuple[str, ...]:
    """The values of one question that a clause affirms."""
    return tuple(value for _, value in hits_of(clause, question, lexicon) if value is not None)


def hits_of(clause: str, question: Question, lexicon: Lexicon) -> tuple[tuple[Hit[str], str | None], ...]:
    """The option words of one question in a clause, each with its value, or with None where it is denied.

    Words for `none` (没有, 没评上) are no options here: they deny the others.
    """
    shared = lexicon.shared_words(question)
    hits = [h for h in lexicon.choice_words(question).find(clause) if h.meaning != "none" and h.word not in shared]
    found = []
    for i, hit in enumerate(hits):
        before = clause[hits[i - 1].end if i else 0 : hit.start]
        after = clause[hit.end : hits[i + 1].start if i + 1 < len(hits) else len(clause)]
        is_denied = bool(DENIED.search(before) or _DENIED_AFTER.match(after))
        found.append((hit, None if is_denied else hit.meaning))
    return tuple(found)


def denied_behind(text: str, values: Sequence[str], choices: Sequence[Choice]) -> tuple[str, ...]:
    """Those of the values that a text denies behind each word it has for them: 标准合同没搞."""
    return _of_tails(text, values, choices, _LACKS)


def measured_in(text: str, values: Sequence[str], choices: Sequence[Choice]) -> tuple[str, ...]:
    """Those of the values of which a text only gives a figure, which is no yes: PUE 1.2."""
    return _of_tails(text, values, choices, _MEASURED)


def _of_tails(text: str, values: Sequence[str], choices: Sequence[Choice], pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Those of the values whose every word in the text has the pattern behind it."""
    words = WordIndex((word.lower(), c.value) for c in choices for word in (c.label, *c.words) if len(word) > 1)
    hits = [hit for hit in words.find(text) if hit.meaning in values]
    stops = [*(hit.start for hit in hits[1:]), len(text)]
    tails = [(hit.meaning, text[hit.end : stop]) for hit, stop in zip(hits, stops, strict=False)]
    others = {value for value, tail in tails if not pattern.match(masked(tail))}
    return tuple(dict.fromkeys(value for value, _ in tails if value not in others))


def by_likeness(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The option that the whole of a short message sounds like; those that merely look like it are candidates."""
    core = strip_fillers(message.bare, lexicon)
    words = lexicon.choice_words(question)
    if not 2 <= len(core) <= 16 or _NUMERALS.search(core) or any(hit.meaning != "none" for hit in words.find(core)):
        return ASK
    sounded = word_of_sound(core, lexicon.choice_sounds(question))
    if sounded is not None and (value := words.get(sounded)) is not None:
        return Answer(Outcome.VALUE, value)
    return Answer(Outcome.ASK, candidates=_look_alikes(core, question, lexicon))


def _look_alikes(core: str, question: Question, lexicon: Lexicon) -> tuple[str, ...]:
    names = [
        word
        for choice in question.choices
        for word in (choice.label, *choice.words)
        if len(word) > 2 and abs(len(word) - len(core)) <= 1
    ]
    close = process.extract(core, names, scorer=fuzz.ratio, score_cutoff=70, limit=3)
    values = (lexicon.choice_words(question).get(name.lower()) for name, _, _ in close)
    return tuple(dict.fromkeys(v for v in values if v is not None))


def read_several(text: str, choices: Sequence[Choice]) -> tuple[str, ...] | None:
    """The options that a list of digits or letters chooses (1 3; 1、3和4); None when it is no such list."""
    parts = [
        p
        for p in re.split(r"[\s,，、.。;；和与及跟还有以及+/]+", re.sub(r"^(?:我们|我)?(?:选|要|看|第)+", "", text))
        if p
    ]
    if not parts:
        return None
    spans: list[str] = []
    for part in parts:
        chosen = _span(part, choices)
        if chosen is None:
            return None
        spans += chosen
    return tuple(dict.fromkeys(spans))


def _span(part: str, choices: Sequence[Choice]) -> list[str] | None:
    ends = re.fullmatch(r"(\d{1,2})[-~到至](\d{1,2})", part)
    if ends is not None and 1 <= int(ends[1]) <= int(ends[2]) <= len(choices):
        return [c.value for c in choices[int(ends[1]) - 1 : int(ends[2])]]
    if re.fullmatch(r"\d{2,}", part) and int(part) > len(choices) and len(choices) < 10:
        return _of_each_digit(part, choices)
    choice = chosen_by_digit(part, choices)
    return None if choice is None else [choice.value]


def _of_each_digit(part: str, choices: Sequence[Choice]) -> list[str] | None:
    """13 as 1 and 3, where there are not so many options."""
    digits = [int(digit) for digit in part]
    return [choices[digit - 1].value for digit in digits] if all(1 <= d <= len(choices) for d in digits) else None
