"""How many questions are still to come, to who asks for that: 还有几个问题啊, 问完没."""

import re

from bot.dialog.moves import Moment, Move, Then
from bot.dialog.repair_acts import TellHowManyLeft
from bot.dialog.state import State
from bot.understanding.text import normalize

_OF_QUESTIONS = re.compile(
    r"(?=.*(?:[答题道]|还[得要]填|完没完|问(?:题|得?[完几多到]|的?(?=$|[啊呀呢嘛]))))"
    r"(?=.*(?:(?:啥|什么|哪些)[要没]|几|多少|好多|多久|多长|快完|什么时候|啥时候|完没|完了没|完了[吗么]|没完))"
    r"(?!.*(?:个|一)问题(?:要|想)?[问请])"
    r"(?:请问|那|这|你们?|您|到底|究竟|总共|一共|拢共|大概|后面|下面|接下来|都|还|要|得|需要|再|剩下?|有|没|差"
    r"|回?[答复填选问]|我们?|咱们?|俺|几|多少|好多|多久|多长时间|时间|个|道|条|项|步|问题|题目?|才|能|可以|算|就|快|完|了"
    r"|到|第|的|什么|哪些|么|啊|呀|呢|嘛|啦|哦|吗|哪|啥时候|什么时候|[?,。 ])+"
)
_OF_ONES_OWN = re.compile(r"(?:那|还)?(?:我们?|咱们?|俺)(?:还)?有(?:几|好)(?:个|道)?(?:问题|题)")


def tell_how_many_left(state: State, moment: Moment) -> Move | None:
    """Say how many of the basic questions are left; None where that is not asked."""
    if not asks_how_many_left(moment.meaning.text):
        return None
    settled = state.profile.values.keys() | state.declined
    left = [name for name in moment.guide.flow.core if name not in settled]
    return Move(state, (TellHowManyLeft(len(left), is_done=state.pending is None),), Then.REPEAT)


def asks_how_many_left(text: str) -> bool:
    """Whether the text asks how many questions are left to answer; 我有几个问题 has some of its own."""
    return _OF_QUESTIONS.fullmatch(normalize(text)) is not None and not _OF_ONES_OWN.match(normalize(text))
