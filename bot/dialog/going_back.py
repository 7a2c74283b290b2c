"""Going back over several questions, or to one by its number or its name: 退回三步, 上上题, 回到注册地那题."""

import re
from dataclasses import replace

from bot.dialog.acts import Notice, Tell
from bot.dialog.commands import leads_back
from bot.dialog.flows import Guide
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import Pending, PendingKind, State, Step
from bot.dialog.tracking import steps_from
from bot.search.characters import normalised
from bot.understanding.meaning import Intent
from bot.understanding.numerals import parse_numeral

LONGEST = 20
_COUNT = r"([一二两三四五六七八九十]|\d{1,2})"
_BACK = r"(?<!被)(?:返回|退回|回退|后退|倒退|撤回|退|倒|回|往回走?|往前[退倒翻]?)"
_STEPS = re.compile(rf"{_BACK}(?:去|到|掉)?(?:前面?)?{_COUNT}(?:步|题|道题?|个?问题|个?问)")
_FAR_BEFORE = re.compile(r"(?P<far>[上前]{2,6})(?:一?[题步问道]|个(?:问题|题|问|步)|那[题道个])")
_NUMBERED = re.compile(
    rf"(?:回|退|倒|返|从|重答|重做)[^,。]{{0,3}}第{_COUNT}(?:个?问题|题|问|步|道题?)|最(?:开始|开头|前面?|早)(?:的)?那?一?[题步问道个]|回到?(?:开头|起点|最初|最开始)"
)
_MERELY_NUMBERED = re.compile(
    rf"(?:我?想?要?|请)?(?:返回|退回|跳回|回|退|倒)(?:到|去)?第{_COUNT}(?:个?问题|题|问|步|道题?)(?:吧|去)?[。!]*"
)
_UNDO = re.compile(r"(?:我要|请|帮我)?(?:撤销|撤回|undo)(?:一下|吧|掉)?[。!]*")
_NAMED = re.compile(
    r"(?:返回|退回|回|倒回|跳回|退)(?:去|到|答)+(?P<to>[^,。]{2,12}?)(?:这|那)?一?(?:个|道)?(?:问题|题|问|步|那里|那儿|那边)"
    r"|(?:重新|再)(?:答|填|选|回答)(?:一下|一遍|一次)?(?P<anew>[^,。]{2,12}?)(?:这|那)?一?(?:个|道)?(?:问题|题|问)?(?:吧)?$"
    r"|^(?P<it>[^,。]{2,12}?)(?:这|那)?一?(?:个|道)?(?:问题|题|问)?(?:我)?(?:要|想)?(?:重新|再)(?:答|填|选|回答)(?:一下|一遍|一次)?(?:吧)?$"
)


def go_back(state: State, moment: Moment) -> Move | None:
    """The question that the text wants to go back to, put anew; None when it wants none, or just the one before."""
    plain = normalised(moment.meaning.text).replace(" ", "")
    if len(plain) > LONGEST or (moment.meaning.facts and not _MERELY_NUMBERED.fullmatch(plain)):
        return None
    if (name := _named(plain, moment.guide)) is not None:
        return _to_question(name, state)
    if _UNDO.fullmatch(plain) and state.set_aside is None and moment.meaning.command.intent is Intent.UNDO_RESTART:
        return step_back(state, 1, moment.guide)
    if (count := _count(plain, state, moment.guide)) is None:
        return None
    return step_back(state, count, moment.guide)


def _count(plain: str, state: State, guide: Guide) -> int | None:
    """How many questions back the text wants to go."""
    if (steps := _STEPS.search(plain)) is not None:
        return int(parse_numeral(steps[1]) or 1)
    if (far := _FAR_BEFORE.search(plain)) is not None:
        return len(far["far"])
    if (numbered := _NUMBERED.search(plain)) is None:
        return None
    at = int(parse_numeral(numbered[1]) or 1) if numbered[1] else 1
    return max(0, len(_valid(state, guide)) - at + 1)


def _valid(state: State, guide: Guide) -> tuple[Step, ...]:
    return tuple(step for step in state.steps if leads_back(step, state, guide))


def step_back(state: State, count: int, guide: Guide) -> Move:
    """The state as it was so many questions ago, or at the first question when there were fewer."""
    steps = _valid(state, guide)
    if not steps or count < 1:
        return Move(state, (Tell(Notice.NOTHING_BEFORE),), Then.REPEAT)
    step = steps[-count] if count <= len(steps) else steps[0]
    said = Notice.BACK if count == 1 else Notice.BACK_SEVERAL if count <= len(steps) else Notice.BACK_TO_FIRST
    state = replace(
        state,
        profile=step.profile,
        declined=step.declined,
        pending=step.pending,
        steps=steps[:-count] if count <= len(steps) else (),
        topics=step.topics,
        passed_topics=step.passed_topics,
        misses=0,
    )
    return Move(state, (Tell(said),), Then.NEXT if step.pending is None else Then.ASK)


def _named(plain: str, guide: Guide) -> str | None:
    """The attribute whose question the text names."""
    found = _NAMED.search(plain)
    words = "" if found is None else found["to"] or found["anew"] or found["it"]
    if not words:
        return None
    hits = guide.lexicon.cue_index.find(words)
    names = [name for hit in hits for name in hit.meaning if name in guide.lexicon.questions]
    order = [*guide.flow.core, *names]
    by_label = (n for n in order if n in guide.lexicon.questions and words in guide.knowledge.attributes[n].label)
    return next(iter(sorted(names, key=order.index)), None) or next(by_label, None)


def _to_question(name: str, state: State) -> Move:
    """That question alone is put anew; all other answers stay."""
    pending = Pending(PendingKind.QUESTION, name)
    return Move(
        replace(state, steps=steps_from(state), pending=pending, misses=0), (Tell(Notice.BACK_TO_ONE),), Then.ASK
    )
