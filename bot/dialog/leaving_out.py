"""Answers that are not to be kept, called by name: 把小巨人删了, 保费那条去掉."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialog.flows import Guide
from bot.dialog.moves import Moment, Move, Then, some_of
from bot.dialog.state import State
from bot.dialog.tracking import record_facts, steps_from
from bot.understanding.polarity import is_question
from bot.understanding.text import Clause, normalize
from bot.understanding.word_index import Hit

_GONE = r"(?:删(?:掉|了|除|去)|去掉|划掉|抹掉|拿掉|清掉|撤掉|不要了|别[记算]了?|不[记算]了)"
_MARKS = re.compile(r"[,，。!！.~ ]+")
_NAMED = re.compile(
    rf"(?:(?:麻烦|请|帮我|你|给我|把|将)*(?P<what>.{{1,16}}?)(?:给我|先|都|也|再|就)*{_GONE}"
    rf"|{_GONE}(?P<after>.{{2,16}}?))(?:掉|了|吧|啦|呗)*"
)
_AROUND = re.compile(
    r"我们?|的|那|这|一?[条项个题样]|刚才|刚刚|前面|上面|说|填|记|写|答|过|回答|答案|记录|金额|认定|[和跟与及、]|还有|都"
)
_AND = re.compile(r"[和跟与及、]|还有")
LONGEST_REST = 1


def leave_out(state: State, moment: Moment) -> Move | None:
    """Leave the answers open that the text wants gone by name; None for any other text."""
    plain = _MARKS.sub("", normalize(moment.meaning.text))
    found = _NAMED.fullmatch(plain)
    if found is None or is_question(Clause(plain), moment.guide.lexicon):
        return None
    names = _named_in(found["what"] or found["after"] or "", state, moment.guide)
    if not names:
        return None
    steps, profile = steps_from(state), state.profile
    for name in names:
        profile = profile.without(name)
    state, record = record_facts(replace(state, profile=profile), (), names, moment.guide)
    return Move(replace(state, steps=steps, misses=0), some_of(record), Then.REPEAT)


def _named_in(what: str, state: State, guide: Guide) -> Sequence[str]:
    """The attributes that are known and named by the words, several by 和, where these name nothing besides."""
    rest = what
    hits = guide.lexicon.cue_index.find(what)
    for hit in reversed(hits):
        rest = rest[: hit.start] + rest[hit.end :]
    if len(_AROUND.sub("", rest)) > LONGEST_REST:
        return ()
    meant = [_meant_by(hit, what, state, guide) for hit in hits]
    names = [name for name in dict.fromkeys(meant) if name]
    return names if all(meant) and (len(names) == 1 or _AND.search(rest)) else ()


def _meant_by(hit: Hit[tuple[str, ...]], what: str, state: State, guide: Guide) -> str:
    """The one attribute of which something is known that a word stands for; empty where it is none, or several."""
    known = [name for name in hit.meaning if name in state.profile.values]
    called = [name for name in known if guide.knowledge.attributes[name].label in what]
    return (called or known)[0] if len(called or known) == 1 else ""
