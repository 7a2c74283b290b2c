"""A message made ready for reading: one spelling for one thing, cut into clauses."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.english_dates import in_figures
from bot.understanding.units import with_units

LONGEST, SHORT = 2_000, 16
_SEPARATOR = re.compile(r"[,，。;；!！?？\n…]+|(?<!\d)[~:]+|[~:]+(?!\d)|\.{2,}|—+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")
_MENTION = re.compile(r"^(?:\s*@[^\s@]{1,30}[\s\u2005]+)+")
_GROUPED = re.compile(
    r"(?<![\d.,a-z/:-])[1-9]\d{0,2}(?P<mark>[ '’])\d{3}(?:(?P=mark)\d{3})*(?![\d万亿千百w年月/:-])(?! \d)"
)
_EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u26ff\ufe0f]+(?!\u20e3)")
_STICKER = re.compile(r"\[(?!强|ok|赞|胜利|握手|弱)[\u4e00-\u9fff]{1,4}\]")
_WITHIN_NUMBER = re.compile(
    r"(?<=[\d零〇一二两三四五六七八九十百千万亿年月])(?<![万亿](?= [十百千]))\s+(?=[十百千万亿元块年月日号])"
    r"|(?<=[年月])\s+(?=\d{1,2}(?![\d年]))"
)
_BETWEEN_WORDS = re.compile(
    r"(?<=[\u4e00-\u9fff）)”】])\s+(?=[\u4e00-\u9fff（(“【])"
    r"(?!以[上下内]|之[上下内]|左右|上下)"
)
_BARE_POINT = re.compile(r"(?<![\da-z.])\.(?=\d)")
_WITHIN_ADDRESS = re.compile(
    r"(?<=[省市区县州盟旗])\s+(?=(?:(?![在搬迁人我是有不])[\u4e00-\u9fff]){1,9}?(?:[市区县镇乡村]|街道|路|大?街|大道))"
)
_BESIDE_WORD = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<![月日号](?=[ \t]+\d{2,4}年))[ \t]+(?=\d)|(?<=\d)[ \t]+(?=[\u4e00-\u9fff])"
)
_HAVE_NOT = re.compile(
    r"哪(?:里|儿)?(?=[登入卖开做办买拿搞]过[啊呀呢,。?!]|[登入卖开做办买拿搞]过$)|木有|冇|(?<![什怎这那多])么(?:有|得)(?![时间])|(?<!\d)米有|没得(?!到|过|奖|了|来)"
    r"|[莫冒冇木]得(?!到|过|奖|了|来)|(?<![土树积草原硬])木(?=[登入卖开做办买拿搞评签交弄报])"
)
_NOT_UNDONE = re.compile(r"(?:也|并|又)?不(?:能|好|敢)说(?:就)?(?:是)?没有?(?=[登入卖开做办买拿搞评]过)")
"""也不能说没登过: it was."""
_HESITATION = re.compile(
    r"(?:^|(?<=[,。]))(?:额|呃|唔|嗯+|就是说|那个)+[,]?(?=[\u4e00-\u9fff]{3})|(?<=[在是])那个(?=[\u4e00-\u9fff]{2})"
)
_CONNECTED = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:[嘛吧呢啊哈](?:然后|但是|而且|另外)?|然后|但是|而且|另外)(?=[\u4e00-\u9fffa-z\d]{4})(?!就是说)"
)
_SPOKEN_OF = re.compile(
    r"(?:^|(?<=[,，。]))(?:前面|刚才|刚刚|之前|上面)?(?:你们?|您)?(?:如果|要是|若是)?(?:你们?|您)?(?:是)?(?:问|说)(?:的是|到|起|的)?"
    r"([\u4e00-\u9fff]{2,8})的话[,，]?"
)
"""要是问高新的话，我们不是: what is spoken of, and then what is said of it."""
_MISHEARD = (
    (re.compile(r"我门"), "我们"),
    (re.compile(r"(?<!仨)俩(?=[百千万亿])"), "两"),
    (re.compile(r"(?<!俩)仨(?=[百千万亿])"), "三"),
    (re.compile(r"唔[系係]"), "不是"),
    (re.compile(r"(?:^|(?<=[,。]))[系係](?![统列数里指])"), "是"),
    (re.compile(r"嘅"), "的"),
    (re.compile(r"咗"), "了"),
    (re.compile(r"喺"), "在"),
    (re.compile(r"(?<=[我你佢])哋"), "们"),
    (re.compile(r"唔知|唔清楚"), "不知道"),
    (re.compile(r"(?<=公司)再(?![次有来也不说])"), "在"),
    (re.compile(r"等记|登计"), "登记"),
    (re.compile(r"亦[装妆桩]"), "亦庄"),
    (re.compile(r"(?<![纳列写加投进引])入[标镖](?![准注识的])"), "入表"),
    (re.compile(r"(?<=没)麦(?=过|数据)|(?<!小)麦(?=过)"), "卖"),
    (re.compile(r"(?<=[没未次会])开方|开方(?=过)"), "开放"),
    (re.compile(r"失心(?!疯)"), "失信"),
    (re.compile(r"^再(?=[吗嘛不]+$)"), "在"),
    (re.compile(r"^([没有])\1+(?=$|[啊呢的])"), r"\1"),
    (re.compile(r"[啥撒]子(?!公司)"), "啥"),
    (re.compile(r"(?<=[是叫])个?撒(?=$|[,。?意东玩])|撒(?=意思|东西|玩意)|(?<=是)个嘛(?=$|[,。?意东玩])"), "啥"),
    (re.compile(r"(?<=是)个(?=啥|什么)"), ""),
    (re.compile(r"(?<=[有是对好没行])滴(?=$|[,。!有是对好没行])"), "的"),
)
_OF_HIGH_TECH = re.compile(r"国家级的?(?=高新|高企|高技术|科技)")
_BULLET = re.compile(r"^\s*(?:[-–]\s+(?!\d)|[·•*▪●]\s*)")
_LONG = 24
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億圆兩貳參陸點", "一二三四五六七八九十百千万亿元两二三六点")
_TRADITIONAL = str.maketrans(
    "沒數個據過們麼嗎這來業給開說問還記資區產題機報單會裏補剛請頭臺發證務費獎經項幾後對別結評辦謝國標專從錯刪貼認級計額錢規電準賣兒實幫現勵條話寫審場試爲創貸設莊領買險總換網應備營冊戶進關園統體測錄軟東時讓"
    "門驗車誰權樣邊號選術復採該聯罰講購賬處廠動銷幹書煩貴員內間籤稅無當轉張財續見陽聽掛際線種醫況學訓運質庫筆塊導確語變師執訴類價並檔駕夠興澱練於銀劃負責調遷團監歸長匯論雲碼編義適連順廢識構貨豐協裝輪約納屬"
    "駛誤廣繼檢議則療細喫範藥達舊傳優環帶圖預決氣與組鏈賽詢職橋濟勞徵響擔淨談歷頂慶鎮馬暫節佔亂獲輸斷稱臨頁視護諮唄腦習隱許龍鐵羣紀熱樓盤紅顯曉減嘍薦溝懷憑顧華蓋穩鍵丟親將貿寶貫毀戲須滿隊債圍脫徑壓絡畫壇擬"
    "緊幣撥終難養賃風禮覺礎織違擺雙訂離載綜釋黃紙農攤騙擱紹遊倉獨館飯強餘虛媽衆積寧掃態糾趕賠綠嘮疊倆儂鬥擾崗診牽嚴繞遞衝蘇鎖櫃欄簡啓繳譯課牀譜諾樂閒帥鄉晉鍾隨棄絕夥衛儲戰舉屆曬週婦聖誕縣註曆陰閏臘",
    "没数个据过们么吗这来业给开说问还记资区产题机报单会里补刚请头台发证务费奖经项几后对别结评办谢国标专从错删贴认级计额钱规电准卖儿实帮现励条话写审场试为创贷设庄领买险总换网应备营册户进关园统体测录软东时让"
    "门验车谁权样边号选术复采该联罚讲购账处厂动销干书烦贵员内间签税无当转张财续见阳听挂际线种医况学训运质库笔块导确语变师执诉类价并档驾够兴淀练于银划负责调迁团监归长汇论云码编义适连顺废识构货丰协装轮约纳属"
    "驶误广继检议则疗细吃范药达旧传优环带图预决气与组链赛询职桥济劳征响担净谈历顶庆镇马暂节占乱获输断称临页视护咨呗脑习隐许龙铁群纪热楼盘红显晓减喽荐沟怀凭顾华盖稳键丢亲将贸宝贯毁戏须满队债围脱径压络画坛拟"
    "紧币拨终难养赁风礼觉础织违摆双订离载综释黄纸农摊骗搁绍游仓独馆饭强余虚妈众积宁扫态纠赶赔绿唠叠俩侬斗扰岗诊牵严绕递冲苏锁柜栏简启缴译课床谱诺乐闲帅乡晋钟随弃绝伙卫储战举届晒周妇圣诞县注历阴闰腊",
)
"""The traditional characters of the words that the content and the examples have often."""


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


def blanked(text: str, start: int, end: int) -> str:
    """The text with a stretch of it blanked out, so that all else stays where it was."""
    return text[:start] + "〓" * (end - start) + text[end:]


def normalize(text: str) -> str:
    """Half-width, lower-case, without spaces inside numbers; a space between Chinese words becomes a comma."""
    return _normalize_short(text) if len(text) <= SHORT else _normalize(text)


def _normalize(text: str) -> str:
    plain = (
        unicodedata.normalize("NFKC", text[:LONGEST])
        .lower()[:LONGEST]
        .translate(_FORMAL)
        .translate(_TRADITIONAL)
        .strip()
    )
    plain = _without_groups(in_figures(_without_faces(plain)))
    plain = _WITHIN_NUMBER.sub("", _THOUSANDS.sub("", plain))
    plain = _WITHIN_ADDRESS.sub("", _BARE_POINT.sub("0.", plain))
    plain = _BESIDE_WORD.sub("", _BETWEEN_WORDS.sub(",", plain))
    plain = with_units(_SPOKEN_OF.sub(r"\1,", plain))
    for misheard, meant in _MISHEARD:
        plain = misheard.sub(meant, plain)
    plain = _NOT_UNDONE.sub("", _HAVE_NOT.sub("没有", plain))
    return _OF_HIGH_TECH.sub("国家", _HESITATION.sub("", plain))


_normalize_short = lru_cache(maxsize=2_048)(_normalize)


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
