"""A question how an answer may be changed, which wishes to change it: 注册地怎么改, 前面填的能改吗, 选错了怎么办."""

import re

from bot.understanding.lexicon import Lexicon

_WHICH = (
    r"(?:我们?|咱们?|想|要|把|修改|更改|改|刚刚|刚才|刚|之前|前面|前头|上面|先前|那|这|个|些|的|一|题|道|项|条|栏|〓|[填选说报写答点]"
    r"|答案|选项|信息|资料|金额|数字|数额|内容|日期|名字|名称|,)*"
)
_HOW = r"(?:还|能不能|可不可以|能|可以|怎么|怎样|咋|如何|在?哪(?:里|儿)?|该)+"
_CHANGE = r"(?:修改|更改|更正|纠正|改正|改|重[新]?[填选答报])(?:一?下|掉)?"
_WISH = re.compile(
    rf"(?P<which>{_WHICH}){_HOW}{_CHANGE}(?P<what>{_WHICH})[吗呢啊呀么嘛?]*"
    rf"|{_WHICH}[填选点说写报答搞弄]错了?(?:的话)?,?(?:{_HOW}{_CHANGE}|怎么办|咋办|咋整|咋弄|怎么弄|怎么整)[吗呢啊呀么嘛?]*"
)
_OF_AN_ANSWER = re.compile(r"〓|刚|之前|[前上]面|前头|先前|[那这]一?[个题道项]|答案|[填选报答点]的|我的")


def asks_to_change(plain: str, lexicon: Lexicon) -> bool:
    """Whether a text asks how, or whether, an answer of the user's own can be changed, and nothing else."""
    named = plain
    for hit in sorted(lexicon.cue_index.find(plain), key=lambda hit: -hit.start):
        named = f"{named[: hit.start]}〓{named[hit.end :]}"
    wish = _WISH.fullmatch(named)
    if wish is None:
        return False
    which = f"{wish['which'] or ''}{wish['what'] or ''}"
    return wish["which"] is None or _OF_AN_ANSWER.search(which) is not None
