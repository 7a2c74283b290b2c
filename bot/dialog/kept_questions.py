"""Questions about what becomes of what the user tells: what is kept, for how long, who sees it, how to be rid of it."""

import re

from bot.dialog.flows import Guide
from bot.dialog.kept_acts import TellKept
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import State
from bot.understanding.meaning import Intent
from bot.understanding.polarity import has_any
from bot.understanding.text import normalize

_MINE = r"(?:我|咱|俺|公司|单位|企业)[\u4e00-\u9fff]{0,6}(?:数据|信息|资料|情况|内容|聊天|对话|回答|记录|话)"
_ASKS = re.compile(r"吗|么$|多久|几天|谁|哪|怎么|咋|如何|会不会|是否|是不是|有没有|\?")
_SHOWN = re.compile(r"哪些|什么|啥|拿来|列出|给我看")
"""What is kept is wanted itself, not how it is kept."""
_HANDLED = re.compile(
    rf"(?:你|您|谁|系统|机器人|助手|这里|平台|会)[\u4e00-\u9fff]{{0,8}}(?:保存|留存|存着|存了|记录|收集|留着|看到|看得到|看见|导出)"
    rf"[\u4e00-\u9fff]{{0,4}}{_MINE}|{_MINE}[\u4e00-\u9fff]{{0,4}}(?:谁|会|被|你|您)[\u4e00-\u9fff]{{0,4}}(?:保存|留|看|记|收集)"
    rf"|{_MINE}[\u4e00-\u9fff]{{0,4}}(?:存|留|保留|保存)(?:多久|几天|多长|在哪)|(?:怎么|如何|咋)(?:才能|能)?(?:删除?|导出|下载)[\u4e00-\u9fff]{{0,3}}{_MINE}"
)


def tell_kept(state: State, moment: Moment) -> Move | None:
    """Say what is kept, for how long, and how to see, take and delete it; None when that is not asked."""
    is_deletion = moment.meaning.command.intent is Intent.DELETE_DATA
    if is_deletion or not asks_of_kept(moment.meaning.text, moment.guide):
        return None
    return Move(state, (TellKept(),), Then.REPEAT)


def asks_of_kept(text: str, guide: Guide) -> bool:
    """Whether the text asks what becomes of what was told; 我们的数据存在哪家平台能补 is about a policy."""
    plain = normalize(text)
    is_asked = _ASKS.search(plain) is not None and _HANDLED.search(plain) is not None
    return is_asked and not _SHOWN.search(plain) and not has_any(plain, guide.lexicon.words.policy)
