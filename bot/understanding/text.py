"""A message made ready for reading: one spelling for one thing, cut into clauses."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 2_000
_SEPARATOR = re.compile(r"[,，。;；!！?？\n…]+|(?<!\d)[~:]+|[~:]+(?!\d)|\.{2,}|—+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")
_MENTION = re.compile(r"^(?:\s*@[^\s@]{1,30}[\s\u2005]+)+")
_WITHIN_NUMBER = re.compile(
    r"(?<=[\d零〇一二两三四五六七八九十百千万亿年月])\s+(?=[十百千万亿元块年月日号])|(?<=[年月])\s+(?=\d)"
)
_BETWEEN_WORDS = re.compile(
    r"(?<=[\u4e00-\u9fff）)”】])\s+(?=[\u4e00-\u9fff（(“【])"
    r"(?!以[上下内]|之[上下内]|左右|上下)"
)
_BARE_POINT = re.compile(r"(?<![\da-z.])\.(?=\d)")
_WITHIN_ADDRESS = re.compile(
    r"(?<=[省市区县州盟旗])\s+(?=(?:(?![在搬迁人我是有不])[\u4e00-\u9fff]){1,9}?(?:[市区县镇乡村]|街道|路|大?街|大道))"
)
_BESIDE_WORD = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]+(?=\d)|(?<=\d)[ \t]+(?=[\u4e00-\u9fff])")
_HAVE_NOT = re.compile(r"木有|(?<![什怎这那多])么(?:有|得)(?![时间])|(?<!\d)米有|没得(?!到|过|奖|了|来)")
_HESITATION = re.compile(
    r"(?:^|(?<=[,。]))(?:额|呃|唔|嗯+|就是说|那个)+[,]?(?=[\u4e00-\u9fff]{3})|(?<=[在是])那个(?=[\u4e00-\u9fff]{2})"
)
_CONNECTED = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:[嘛吧呢啊哈](?:然后|但是|而且|另外)?|然后|但是|而且|另外)(?=[\u4e00-\u9fffa-z\d]{4})(?!就是说)"
)
_MISHEARD = (
    (re.compile(r"我门"), "我们"),
    (re.compile(r"(?<=公司)再(?![次有来也不说])"), "在"),
    (re.compile(r"等记"), "登记"),
)
_OF_HIGH_TECH = re.compile(r"国家级的?(?=高新|高企|高技术|科技)")
_BULLET = re.compile(r"^\s*(?:[-–]\s+|[·•*▪●]\s*)")
_LONG = 24
_FORMAL = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟萬億圆兩貳參陸點倆負幣個這後週禮號節兒婦勞動聖誕時區縣鎮鄉東陽門澱豐臺順義興懷雲慶開發經濟註冊農曆陰閏臘",
    "一二三四五六七八九十百千万亿元两二三六点两负币个这后周礼号节儿妇劳动圣诞时区县镇乡东阳门淀丰台顺义兴怀云庆开发经济注册农历阴闰腊",
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a message between two marks; `is_asked` when a question mark ends it, `sentence` counts full stops."""

    text: str
    is_asked: bool = False
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """A message: as it was written, in one spelling, and in clauses."""

    raw: str
    plain: str
    clauses: tuple[Clause, ...]

    @property
    def bare(self) -> str:
        """The text without marks and spaces."""
        return "".join(clause.text for clause in self.clauses).replace(" ", "")


def split_message(text: str) -> Message:
    """The message in one spelling, in clauses; of a long text only the beginning is read."""
    raw = _MENTION.sub("", _INVISIBLE.sub("", text[:LONGEST])).strip()
    plain = normalize(raw)
    return Message(raw, plain, tuple(_clauses(plain)))


def normalize(text: str) -> str:
    """Half-width, lower-case, without spaces inside numbers; a space between Chinese words becomes a comma."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).lower()[:LONGEST].translate(_FORMAL).strip()
    plain = _WITHIN_NUMBER.sub("", _THOUSANDS.sub("", plain))
    plain = _WITHIN_ADDRESS.sub("", _BARE_POINT.sub("0.", plain))
    plain = _BESIDE_WORD.sub("", _BETWEEN_WORDS.sub(",", plain))
    for misheard, meant in _MISHEARD:
        plain = misheard.sub(meant, plain)
    return _OF_HIGH_TECH.sub("国家", _HESITATION.sub("", _HAVE_NOT.sub("没有", plain)))


def _clauses(plain: str) -> list[Clause]:
    found: list[Clause] = []
    at = sentence = 0
    for mark in (*_SEPARATOR.finditer(plain), None):
        end = len(plain) if mark is None else mark.start()
        stop = "" if mark is None else mark[0]
        pieces = [p for piece in _spoken(_BULLET.sub("", plain[at:end])) if (p := piece.strip(" \t\"'“”‘’:.、"))]
        found += [Clause(p, "?" in stop and i == len(pieces), sentence) for i, p in enumerate(pieces, 1)]
        sentence += bool(set(stop) & set("。;；!！?？\n"))
        at = end if mark is None else mark.end()
    return found


def _spoken(piece: str) -> list[str]:
    """A long piece without marks, as speech gives it, in the parts that particles and connectives divide."""
    return _CONNECTED.split(piece) if len(piece) >= _LONG else [piece]
