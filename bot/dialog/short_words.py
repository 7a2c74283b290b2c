"""What a text of a sign or two stands for: an emoji, a keycap, a mere 看看."""

import re
import unicodedata

from bot.dialog.state import State
from bot.search.characters import normalised

YES, NO = "是的", "不是"
_MEANT = {
    **dict.fromkeys("👍👌✅✔☑🙆💯🆗", YES),
    **dict.fromkeys("👎❌✖✘🙅🚫", NO),
    **dict.fromkeys("🙏💐🌹❤", "谢谢"),
    **dict.fromkeys("👋", "你好"),
    **dict.fromkeys("❓❔", "什么意思"),
    **dict.fromkeys("🤷", "不清楚"),
}
_JOINING = re.compile("[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\u2640\u2642\\s]")
_BRACKETED = {
    "[强]": YES,
    "[ok]": YES,
    "[好的]": YES,
    "[赞]": YES,
    "[弱]": NO,
    "[抱拳]": "谢谢",
    "[握手]": "你好",
    "[玫瑰]": "谢谢",
}
_RATHER = re.compile(
    r"(?:(?:哎|等等|等下|不对|不是|错了|说错了|不|算了)[,。 ]*){1,4}(?:应该)?还是"
    r"(?P<it>[^,。?吗呢么哪谁什]{2,12}?)(?:吧|的|啊)?[。!]*"
)
_LOOK = re.compile(r"(?:你|您|让我|给我|先|就|那|来)*(?:看看|看一下|看一看|瞧瞧|瞅瞅)(?:吧|呗|呢|啊|先)*[。!~]*")


def in_words(state: State, text: str) -> str:
    """The words that a sign, or a mere 看看, stands for; any other text as it is."""
    bare = _JOINING.sub("", text)
    if bare and len(set(bare)) == 1 and bare[0] in _MEANT:
        return _MEANT[bare[0]]
    if bare and bare.isdecimal():
        return unicodedata.normalize("NFKC", bare)
    if (said := _BRACKETED.get(bare.lower())) is not None:
        return said
    if (rather := _RATHER.fullmatch(normalised(text).strip())) is not None:
        return f"不对，是{rather['it']}"
    if _LOOK.fullmatch(normalised(text).strip()):
        return "看结果" if state.profile.values else "继续"
    return text
