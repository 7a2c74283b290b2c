"""Places that are spelt by ear: 石井山 is 石景山, 注测地 is 注册地, 从文门 is 崇文门."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import eq

from pypinyin import lazy_pinyin

from bot.understanding.lexicon import Lexicon
from bot.understanding.owners import own_clauses
from bot.understanding.sounds import loose_sound
from bot.understanding.text import Clause, Message, blanked

LONGEST_MENDED = 160
_RUNS = re.compile(r"[\u4e00-\u9fff]{2,}")
_AT = re.compile(r"(?<=注册|办公|公司)再")
_BESIDE = re.compile(r"〓的?(?:隔壁|邻居|楼上公司)")
_WORDS = {"zhuce": "注册", "bangong": "办公", "zhizhao": "执照", "dengji": "登记"}
_BEFORE = re.compile(r"(?:^|[在于到是归属地]|北京市?|注册)$")
_BEHIND = re.compile(r"^(?:区|$|[那这]|的?(?:企业|公司|单位|工?厂)|的$|办公|注册|呢|吧|啊|了$|有|上班)")
_REAL_WORDS = frozenset(("大型", "大行", "通知", "海店", "房产", "同城", "平台", "平股"))
_LONG, _LONGEST = 3, 8


def with_places_mended(message: Message, lexicon: Lexicon) -> Message:
    """The message with the names put for what sounds like them and shares a character; known names stay."""
    if len(message.plain) > LONGEST_MENDED:
        return message
    clauses = tuple(_mended(_with_whole_names(clause, lexicon), lexicon) for clause in message.clauses)
    return message if clauses == message.clauses else replace(message, clauses=clauses)


def of_own_places(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Clause]:
    """The clauses of the own company; a place named after others (总部基地, 京东总部) makes no other company."""
    veiled = [replace(clause, text=_BESIDE.sub("〓旁边", _veiled(clause.text, lexicon))) for clause in clauses]
    own = {id(clause) for clause in own_clauses(veiled, lexicon)}
    return [clause for clause, hidden in zip(clauses, veiled, strict=True) if id(hidden) in own]


def _veiled(text: str, lexicon: Lexicon) -> str:
    for hit in lexicon.place_index.find(text):
        text = blanked(text, hit.start, hit.end)
    return text


def _with_whole_names(clause: Clause, lexicon: Lexicon) -> Clause:
    """四景山 is 石景山, though it has 景山 in it: a name of which one character is another of the same sound."""
    text = clause.text
    for hit in lexicon.place_index.find(text):
        for start in range(max(0, hit.start - 1), hit.start):
            typed = text[start : hit.end]
            word = lexicon.loose_place_sounds.get(loose_sound("".join(lazy_pinyin(typed))))
            is_slip = word is not None and len(word) == len(typed) >= _LONG and _may_begin(text[:start])
            if word is not None and is_slip and sum(map(eq, word, typed)) == len(word) - 1:
                return replace(clause, text=text[:start] + word + text[hit.end :])
    return clause


def _mended(clause: Clause, lexicon: Lexicon) -> Clause:
    veiled = _veiled(clause.text, lexicon)
    text = clause.text
    for run in _RUNS.finditer(veiled):
        mended = _run(run[0], veiled[: run.start()], veiled[run.end() :], lexicon.loose_place_sounds)
        text = text[: run.start()] + mended + text[run.end() :]
    text = _AT.sub("在", text)
    return clause if text == clause.text else replace(clause, text=text)


def _run(run: str, before: str, behind: str, index: Mapping[str, str]) -> str:
    syllables, at, parts = lazy_pinyin(run), 0, list[str]()
    if len(syllables) != len(run):
        return run
    while at < len(run):
        word = _word_at(run, at, syllables, index) if _may_begin(before + "".join(parts)) else None
        word = word or _cue_at(run, at, syllables)
        if word is not None and len(word) == 2 and word not in _WORDS.values():
            word = word if _BEHIND.match(run[at + 2 :] + behind) else None
        parts.append(word or run[at])
        at += len(parts[-1])
    return "".join(parts)


def _may_begin(before: str) -> bool:
    return _BEFORE.search(before) is not None


def _word_at(run: str, at: int, syllables: Sequence[str], index: Mapping[str, str]) -> str | None:
    """The name that the characters from here on sound like: two of them sound just so, more may do so loosely."""
    for size in range(min(_LONGEST, len(run) - at), 1, -1):
        typed = run[at : at + size]
        word = index.get(loose_sound("".join(syllables[at : at + size])))
        if word is None or len(word) != size or typed in _REAL_WORDS or typed[0] in "那这哪":
            continue
        is_same = size >= _LONG or "".join(lazy_pinyin(word)) == "".join(syllables[at : at + size])
        if is_same and 3 * sum(map(eq, word, typed)) >= size:
            return word
    return None


def _cue_at(run: str, at: int, syllables: Sequence[str]) -> str | None:
    word = _WORDS.get("".join(syllables[at : at + 2]))
    return word if word is not None and any(map(eq, word, run[at : at + 2])) else None
