"""By what words the user calls the companies spoken of: 先查母公司, 改核二号, 换子公司, 从头查第二家."""

import re
from dataclasses import dataclass

from bot.dialog.state import State
from bot.understanding.numerals import parse_numeral

_KIN = r"(?:全资|控股)?[子母分孙]公司|总公司|集团(?:公司|总部|本部)?|总部|(?:兄弟|姐妹|关联|参股|控股|新|老)公司"
_COUNTED = r"第[一二三四五1-5](?:家(?:公司|企业|单位)?|个(?:公司|企业|单位|主体))"
_NUMBERED = r"[一二三四五1-5]号(?:公司|企业|单位|主体)?"
_LOOK = r"(?:查询?|核对?|看|问|算|测|说|聊|咨询|评估|了解)"
_TURNS = re.compile(
    rf"(?:(?:改|换|转)(?:查询?|核对?|看|问|算|测|说|聊|咨询|评估|成|到|为|做)*"
    rf"|(?:先|现在|接下来|接着|下面|然后|再|这回|这次|从头|重新|开始|单独)(?:来|帮我们?|给我们?|请|就|要|只|单)*(?:换成?|{_LOOK}))"
    rf"(?:一?下|的是|成|到)*(?:我们?的?|那个|那家)?(?P<who>{_KIN}|{_COUNTED}|{_NUMBERED})"
    r"(?:[这那](?:边|家|个))?(?:的(?:情况)?)?(?=$|[,。;:!、?]|吧|了|啊|哈)"
)
_ASKED_FOR = re.compile(
    rf"(?:帮|替|代|给|为)(?:我们?|咱们?)?(?:下面|旗下|名下)?的?(?P<who>{_KIN})(?:来)?(?:问|查|看|咨询|打听|了解|算|测|申报)"
)
_MEANT = (
    re.compile(
        rf"(?:{_LOOK}|申报|申请|办理?|领|报)的?(?:主体|单位|企业|公司|对象)?(?:主要|其实|应该|就|只)*(?:不是(?:{_KIN})[,，]?(?:而|就)?)?(?:是|为)"
        rf"(?:我们?的?)?(?:[^,，。;!?]{{1,8}}的)?(?P<who>{_KIN})(?=$|[,，。.;!? ]|的(?:情况|事)|自己|本身|这[边家])"
    ),
    re.compile(rf"(?:以|用|按)(?:我们?的?)?(?P<who>{_KIN})(?:的|为)?(?:名义|身份|主体|口径)(?![^,，。]*[吗么不?]$)"),
)
"""这回要问的是注册在朝阳的总公司, 申报主体是子公司, 以母公司名义报."""
_DONE_WITH = re.compile(
    r"(?:不|别)(?:再|用|要|想)?(?:查|核|看|问|算|测|管|说|聊|要)了|作罢|作废|完了|结束|到此为止|放(?:到)?一?边|搁一?边|撇开"
)
_AFRESH = re.compile(
    r"作废|清空|清掉|清零|清了|归零|抹掉|(?:别|不要?|勿|不再|没必要)(?:再|接着|继续)?(?:沿用|套用|带上|参考|用)"
    r"|(?:都|全|全部|通通)(?:不要|不算|别用|丢掉|扔掉)|从头|从零|重新|重来|另一套|另起"
)
NUMBER = r"第[一二三四五]家"
_NAMED = re.compile(rf"（(?P<who>{_KIN})）$")


@dataclass(frozen=True, slots=True)
class Calling:
    """A company to which a text turns: what it is called there, its number if it has one, the text behind.

    `is_afresh`: what was said before is not to count any more. `is_left`: the company before is done with.
    """

    who: str
    number: int | None
    rest: str
    is_afresh: bool
    is_left: bool


def turned_to_in(plain: str) -> Calling | None:
    """The company to which a text turns by a word for it; None where it turns to none."""
    turns = tuple(_TURNS.finditer(plain))
    if not turns:
        return None
    found = turns[-1]
    who = found["who"]
    is_left, is_afresh = _DONE_WITH.search(plain) is not None, _AFRESH.search(plain) is not None
    if re.fullmatch(_NUMBERED, who) and not (is_left or is_afresh):
        return None
    digits = re.search(r"[一二三四五1-5](?=号|家|个)", who)
    number = None if digits is None else parse_numeral(digits[0])
    rest = plain[found.end() :].lstrip("吧了啊哈,。;:!、?")
    return Calling(who, None if number is None else int(number), rest, is_afresh, is_left)


def spoken_for_in(plain: str) -> str:
    """The word for the company that a first text is about (先查母公司, 替子公司问); empty where it has none."""
    for words in (_ASKED_FOR, *_MEANT):
        if (asked_for := words.search(plain)) is not None:
            return asked_for["who"]
    calling = turned_to_in(plain)
    return "" if calling is None or calling.number is not None else calling.who


def kin_of(state: State) -> str:
    """The word for its place in the family by which the company is called: 子公司; empty where there is none."""
    named = _NAMED.search(state.company)
    return "" if named is None else named["who"]


def with_own_number(text: str, number: str) -> str:
    """The text with the company that has this number as the user's own: 第一家在亦庄 is 我们公司在亦庄."""
    if set(re.findall(NUMBER, text)) != {number}:
        return text
    said = r"在|是|注册|住所|没|有|被|首次|第一次|科技|数据|保费|高新|专精"
    return re.sub(rf"(?<![\u4e00-\u9fff]){number}(?:公司|企业|单位)?(?:的)?(?={said})", "我们公司", text)


def with_own_kin(text: str, kin: str) -> str:
    """The text with the company that is called so as the user's own: 子公司在丰台 is 我们公司在丰台."""
    theirs = r"有限|股份|(?:旗下|下属|下面|名下|的)*[子母分孙]公司"
    word = rf"(?:我们?的?|这家|这个)?{re.escape(kin)}(?!{theirs})(?:[这那](?:边|家|个))?"
    return re.sub(word, "我们公司", text)
