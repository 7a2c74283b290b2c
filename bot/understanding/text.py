"""A message made ready for reading: one spelling for one thing, cut into clauses."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 2_000
_SEPARATOR = re.compile(r"[,，。;；!！?？\n…]+|(?<!\d)[~:]+|[~:]+(?!\d)|\.{2,}|—+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")
_MENTION = re.compile(r"^(?:\s*@[^\s@]{1,30}[\s\u2005]+)+")
_GROUPED = re.compile(
    r"(?<![\d.,a-z/:-])[1-9]\d{0,2}(?P<mark>[ '’])\d{3}(?:(?P=mark)\d{3})*(?![\d万亿千百w年月/:-])(?! \d)"
)
_EMOJI = re.compile(r"[\U0001f600-\U0001f64f\U0001f910-\U0001f92f\U0001f970-\U0001f97a\U0001f389\U0001f38a\ufe0f]")
_STICKER = re.compile(r"\[(?!强|ok|赞|胜利|握手|弱)[\u4e00-\u9fff]{1,4}\]")
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
_HAVE_NOT = re.compile(r"木有|冇|(?<![什怎这那多])么(?:有|得)(?![时间])|(?<!\d)米有|没得(?!到|过|奖|了|来)")
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
    "壹贰叁肆伍陆柒捌玖拾佰仟萬億圆兩貳參陸點倆負幣個這後週禮號節兒婦勞動聖誕時區縣鎮鄉東陽門澱豐臺順義興懷雲慶開發經濟註冊農曆陰閏臘過沒買辦認評"
    "審證劃籌領獎報檔線會國際處罰違嚴單類業務數據資產實檢測準備額費險談訂簽約還說話對錯應該從來問題現進們嗎裡給讓請見長電腦錢銀貸達級標確總講聽誰"
    "麼樣種無關係連邊頭緊繳納稅繼續園壓賣剛車輛醫療軟機構學術協聯雙創項選內網絡頁圖書館樓層間碼轉帳賬戶貴擔當購採與歲齡遠運輸營執設築體驗場環權記"
    "錄計",
    "一二三四五六七八九十百千万亿元两二三六点两负币个这后周礼号节儿妇劳动圣诞时区县镇乡东阳门淀丰台顺义兴怀云庆开发经济注册农历阴闰腊过没买办认评"
    "审证划筹领奖报档线会国际处罚违严单类业务数据资产实检测准备额费险谈订签约还说话对错应该从来问题现进们吗里给让请见长电脑钱银贷达级标确总讲听谁"
    "么样种无关系连边头紧缴纳税继续园压卖刚车辆医疗软机构学术协联双创项选内网络页图书馆楼层间码转账账户贵担当购采与岁龄远运输营执设筑体验场环权记"
    "录计",
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
    plain = _WITHIN_NUMBER.sub("", _THOUSANDS.sub("", _without_groups(_without_faces(plain))))
    plain = _WITHIN_ADDRESS.sub("", _BARE_POINT.sub("0.", plain))
    plain = _BESIDE_WORD.sub("", _BETWEEN_WORDS.sub(",", plain))
    for misheard, meant in _MISHEARD:
        plain = misheard.sub(meant, plain)
    return _OF_HIGH_TECH.sub("国家", _HESITATION.sub("", _HAVE_NOT.sub("没有", plain)))


def _without_faces(plain: str) -> str:
    """The text without the faces beside its words; a face alone stays, as it may be the answer."""
    return _STICKER.sub("", _EMOJI.sub("", plain)).strip() or plain


def _without_groups(plain: str) -> str:
    """4 326 500 and 4'326'500 as one number."""
    return _GROUPED.sub(lambda written: written[0].replace(written["mark"], ""), plain)


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
