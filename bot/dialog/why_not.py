"""The question why one does not get something: 为啥没得数据券, 凭什么不给我们保险补贴."""

import re
from dataclasses import replace

from bot.dialog.asked import Asked
from bot.search.words import Shape

_WHY = r"(?:为什么|为啥子?|为何|怎么会?|凭什么|凭啥|咋|干[嘛吗]|啥原因|什么原因)"
_NOT_GIVEN = (
    r"(?:没有?得?(?:我们?|咱们?)?(?:的份|份儿?)?|不给(?:我们?|咱们?)?|不让(?:我们?|咱们?)?(?:[领拿享报]|申[请报]|享受)?"
    r"|(?:拿|领|得|申请|申报|享受|看)不(?:到|了|上|成)|没(?:拿|领|给|发|算|轮|列|看|批|评|报|出|显示)(?:到|上|我们?|咱们?)*"
    r"|不能(?:[领拿报]|申[请报]|享受)|没(?:我们?|咱们?)(?:的(?:份|事))?|不符合|不够格|没份)"
)
_FIRST_WHY = re.compile(rf"{_WHY}(?P<what>[^,，。?？!]{{0,14}}?)(?:就|都|还|也|会|是)*{_NOT_GIVEN}")
_LAST_WHY = re.compile(rf"{_NOT_GIVEN}(?P<what>[^,，。?？!]{{0,14}}?)(?:是|到底)?{_WHY}(?:[啊呢呀的]|$|(?=[,，。?？]))")
_OF_THE_TEXT = re.compile(
    r"没有?(?:写|说|规定|公布|明确|提|上限|下限|门槛|限制|电话|号码|落地|出台|实施|细则|材料|文件|通知|证|看懂|听懂|回|反应|人[接管理])"
    r"|不给(?:个)?(?:电话|说法|解释|看)|有的企业|别人|人家|别家|其[他它]企业|他们"
)
_MEANT_OF_US = re.compile(r"我们?|咱们?|本公司|公司|结果里|怎样|到底|究竟|钱$")


def asks_why_not(text: str) -> bool:
    """Whether a text asks why the enterprise does not get something, and not what a document says or leaves unsaid."""
    is_asked = _FIRST_WHY.search(text) is not None or _LAST_WHY.search(text) is not None
    return is_asked and _OF_THE_TEXT.search(text) is None


def with_why_not(asked: Asked) -> Asked:
    """What is asked, put as the question whether one may have it, where it asks why not."""
    if not asks_why_not(asked.text):
        return asked
    rest = _MEANT_OF_US.sub("", _without_why(asked.text)).strip(" ,，。?？!呢啊呀的")
    return replace(asked, text=rest or asked.text, shapes=(Shape.WHO,))


def _without_why(text: str) -> str:
    for pattern in (_FIRST_WHY, _LAST_WHY):
        text = pattern.sub(lambda found: found["what"], text)
    return text
