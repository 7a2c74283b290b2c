"""Saying once more what was said: the answer to a side question, the page of the result, or the open question."""

import re
from dataclasses import replace

from bot.dialog.acts import Act, Record
from bot.dialog.commands import show_result
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.result_acts import ShowResult
from bot.dialog.state import State
from bot.search.characters import normalised
from bot.understanding.meaning import Intent, Understanding

LONGEST_KEPT, LONGEST = 200, 30
_LEAD = (
    r"(?:不好意思|抱歉|麻烦|请|你|您|能不能|能|可以|可不可以|帮我|给我|把|我|刚才|刚刚|那个|上面|那|再|哎|呃|嗯|啊"
    r"|[,。 ])*"
)
_TAIL = r"(?:了|吗|么|吧|呢|啊|呀|一下|一遍|一次|好吗|行吗|可以吗|不|来着|看看|谢谢|[,。?!~ ])*"
_ONCE_MORE = (
    rf"{_LEAD}(?:"
    r"[再重](?:新)?(?:说|讲|发|问|念|复述|复|显示|打)(?:过?一?[遍次下]|送?一?[遍次条]|给我)(?:问题|题目|刚才的|这题)?"
    r"|重[说讲发问]|重新发(?:送)?|复述|重复(?:一下|一遍|下)?(?:刚才的?|上一?个?)?(?:问题|题目|这题|的话)?"
    r"|没(?:有)?(?:看清|听清|看明白|看到|看见|注意看|听见|听到|看全)(?:楚)?(?:题目?|问题)?|(?:看|听)漏了?|[看听]不清楚?"
    r"|(?:你|您)?(?:刚才|刚刚|刚)?(?:问|说|讲)(?:的|了|我)*(?:是)?(?:什么|啥)(?:问题)?|(?:问题|题目|这题)(?:是)?(?:什么|啥)"
    r"|上(?:一|面)(?:条|句|个消息|条消息)(?:再|重)(?:发|说)|(?:上次|前面)?(?:的|那)*(?:问题|题目?)(?:我)?(?:漏看|没看|没注意|没看清)"
    r"|(?:上次|前面)(?:的|那)*(?:问题|题)(?:是)?(?:什么|啥)|什么来着|啥来着|(?:问题|题目)再(?:发|说|问)"
    rf"){_TAIL}"
)
_AGAIN = re.compile(rf"{_ONCE_MORE}(?:{_ONCE_MORE})?")
_OF_QUESTION = re.compile(r"题|问的|问了|问我|你问")
_OPTIONS = re.compile(
    rf"{_LEAD}(?:看看?|列|列出|发|显示|给|有|调出|展开)*(?:全部|所有|完整|哪些|哪几个|什么|一下)*的?(?:选项|选择|列表|清单)(?:再?(?:列|发|看|说|给|显示)(?:出来)?|有哪些|是什么|呢)*{_TAIL}"
)
_SHOWING = frozenset({Intent.HELP, Intent.HUMAN, Intent.SHOW_PROFILE, Intent.PROOF, Intent.AS_OF, Intent.WHY})


def echoed(state: State, text: str) -> str:
    """The text whose answer is wanted once more, where only that is said; any other text as it is."""
    plain = normalised(text).strip()
    is_of_question = state.pending is not None and _OF_QUESTION.search(plain) is not None
    is_wanted = (
        bool(state.echo) and not is_of_question and len(plain) <= LONGEST and _AGAIN.fullmatch(plain) is not None
    )
    return state.echo if is_wanted else text


def say_again(state: State, moment: Moment) -> Move | None:
    """The open question in full, or the page last shown; None when the text does not ask to hear it again."""
    plain = normalised(moment.meaning.text).strip()
    if len(plain) > LONGEST:
        return None
    wants_options = _OPTIONS.fullmatch(plain) is not None and state.pending is not None
    if not wants_options and not _AGAIN.fullmatch(plain):
        return None
    state = replace(state, misses=0)
    if state.pending is not None:
        return Move(state, (), Then.ASK)
    if not state.shown:
        return Move(state)
    return show_result(state, replace(moment, on=state.shown_on or moment.on), page=max(1, state.page))


def remembered(state: State, meaning: Understanding, acts: tuple[Act, ...]) -> State:
    """The state with the text of this turn, where it was answered without anything being recorded."""
    if any(isinstance(act, ShowResult) for act in acts):
        return _with_echo(state, f"第{state.page}页")
    is_shown = meaning.command.intent in _SHOWING
    is_told = (meaning.asks or is_shown) and bool(acts) and not any(isinstance(act, Record) for act in acts)
    return _with_echo(state, meaning.text[:LONGEST_KEPT] if is_told else "")


def _with_echo(state: State, echo: str) -> State:
    return state if echo == state.echo else replace(state, echo=echo)
