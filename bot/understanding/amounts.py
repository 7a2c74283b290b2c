"""Sums of money in a text: exact, bounded or ranges, with the place where they stand."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.policy.money import Interval
from bot.understanding.limits import bounded, compared
from bot.understanding.numerals import DIGITS, parse_numeral

_NUMERAL = r"[\d零〇一二两三四五六七八九十百千万亿点半]"
_FOREIGN_UNITS = (
    "美元|美金|美刀|欧元|港币|港元|日元|日币|日圆|英镑|韩元|韩币|台币|新台币|澳元|澳币|加元|加币|新元|新加坡元|瑞士法郎|法郎|"
    "卢布|泰铢|卢比|林吉特|令吉|比索|比特币"
)
_RUN = re.compile(
    rf"(?P<sign>[¥$€£])?(?P<loose>[几数好上小大]{{0,2}}(?=[十百千万亿几数半]))?"
    r"(?P<broken>[点幺廿卅卌兆])?"
    rf"(?P<number>(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿半])(?:(?!(?<=[万亿])[一二两三四五六七八九][份笔张家次单套场季])(?:{_NUMERAL})|\.(?=\d)|个半(?=[万亿w])|[个多来余几](?=[多来余几]?个?[十百千万亿](?!分)|[多来余几]?个?w(?![a-z]))|[wk](?![a-z]))*)"
    rf"(?P<more>[多来余几]?)(?P<unit>(?:万元|亿元|元|块钱|块|圆|毛|角(?![大星形落度色广亭])|分钱|人民币|rmb|{_FOREIGN_UNITS})?)"
    r"(?:(?P<jiao>[\d零一二三四五六七八九])[角毛])?(?:零?(?P<fen>[\d零一二三四五六七八九])分)?"
    r"(?P<tail>[五六七八九一二三四两\d](?![\d万亿千百十年月日号个场份张笔家次单套期台回美欧港英澳]))?"
    r"(?P<after>整|人民币)?"
)
_DASH = re.compile(r"\s*(?:[-~到至—]|或者?)\s*")
_COUNTED = re.compile(
    r"^(?:年|月|日|号|天|周|季|家|次|回|单|条|项|个|人|岁|期|批|名|台|套|层|楼|%|％|倍|遍|份|笔|种|类|级|区|度|点|街|路|环|院|[a-z]"
    r"|分之|兆|[折成斤克升瓦伏只字股平](?=$|[的,、和左以])|公里|公斤|平方|平米|千?米(?!其)|吨|亩|秒|小时|分钟|瓦时|余?[件名]"
    r"|张(?!江|贴|罗)|位(?!于|列)|票(?!据|面)|辆|篇)"
)
_PERCENT_OR_ORDINAL = re.compile(r"(?:第|分之|l|[a-z]{2,}|\d[a-z])$")
_SLIP = re.compile(r"[多少漏落](?:说|写|打|报|按|输|数|算)了?(?:一?个|俩)$")
"""我少说了个十: a digit that was left out."""
_MIXED_AFTER = re.compile(r"^[廿卅卌]|^又[\d零一二两三四五六七八九十百千万]+分之")
_LABEL = re.compile(
    r"(?:编号|号码|[单票]号|(?:合同|保单|订单|流水|证书|凭证|登记|备案|批准|序列|手机|发票)号|文号|代码|账号|卡号|尾号|税号|邮编|工号"
    r"|电话|手机|微信|热线|分机|座机|传真|no\.?|qq)[是为: #]{0,3}$"
)
_LABEL_AFTER = re.compile(r"^(?:是|为)?(?:发票号|单号|编号|合同号|保单号|电话|手机号?|尾号)")
_AREA_CODE = re.compile(r"(?<!\d)0\d{2,3}-$")
_CODE = re.compile(r"0\d{2,}|1[3-9]\d{9}|\d{14,}")
_COMPARES = re.compile(r"(?:比|较|相比)[^,]{0,8}(?:年|〓|预算|计划|预期|原来|以前|之前|预计)|同比|环比")
_DIFFERS = re.compile(
    r"(?:[多少](?:交|花|付|买|采购|投|出)?|涨|降|增加?|减少?|高|低|省|上[涨升]|下[降跌])(?:了|出来?)?(?:大概|大约|差不多|将近|近|约|有)*$"
)
_YUAN_BEFORE = re.compile(r"(?:人民币|cny|rmb)[ :]*$")
_FOREIGN_BEFORE = re.compile(rf"(?:{_FOREIGN_UNITS}|us|hk|a|usd|hkd|eur|gbp|jpy|twd)[ :]*$")
_FOREIGN_AFTER = re.compile(rf"^ *(?:印度|印尼|俄罗斯|瑞士|新加坡|马来西亚)?(?:{_FOREIGN_UNITS})")
_NEIGHBOURS = re.compile(
    r"(?<![零〇一二两三四五六七八九十百千万点])([一二两三四五六七八九])([两二三四五六七八九])(?=[十百千万亿])"
)
_AND_A_HALF = re.compile(r"([\d一二两三四五六七八九])个半(?=[万亿w])")
_TEENS = re.compile(r"十([一二三四五六七八])([二三四五六七八九])(?=[万亿千百])")
_UNITS_ONLY = re.compile(r"[十百千万亿]+")
_WRITTEN_UNIT = re.compile(r"[万亿wk]")
_FOREIGN = frozenset(_FOREIGN_UNITS.split("|"))
_THAN = re.compile(r"(?:比|较)(?:去年|前年|上年|往年|原来|之前|上次|〓+)?的?那? ?$")
_PER = re.compile(
    r"(?:各|每(?!年)[家份套张台件个]|每个?月|月均|每季度?|每次|每单|每人|每份|每条|单价|平均|人均|每笔)[^\d零一二两三四五六七八九十]{0,4}$"
)
_LOOSE = re.compile(r"^[百千万](?=[一二三四五六七八九十])|^[百千万亿]$")
_NOT = re.compile(r"(?:不是|并非|不叫|不为|没有|没花|没到|哪有|不算)$")
_LEFT_OUT = re.compile(
    r"^(?:块钱?|元)?的?(?:都|也|先|得)?(?:(?:不算|不计|没算|不含)(?:在内|进[去来]|里面?)?(?:[的了啊哈呢]*$)|另算|单算|单独算|另外算|另计|除外|刨[掉开去]|扣[掉除]|剔除)"
)
"""代理费一万二不算: a sum that is left out."""
_SOME_OVER = re.compile(r"([一二两三四五六七八九]?十)几([万亿千]*)")
_BELOW_ZERO = re.compile(r"(?:负|(?:^|[^\d到至])[-−]) ?(?:人民币|¥)?$")
_UNITS = (Decimal(10**8), Decimal(10**4), Decimal(10**3), Decimal(1))
_LARGEST = Decimal(10**13)
_SMALLEST_BARE = Decimal(1_000)


@dataclass(frozen=True, slots=True)
class Mention:
    """A sum at a place of a text; `value` is None where it can't be told (50 without a unit, foreign money, 几十万)."""

    start: int
    end: int
    value: Decimal | Interval | None
    is_denied: bool = False
    has_unit: bool = True
    number: Decimal | None = None


def find_amounts(text: str) -> tuple[Mention, ...]:
    """The sums in a normalised clause, from left to right; a range is one mention."""
    found: list[Mention] = []
    at = 0
    while run := _RUN.search(text, at):
        mention = _mention(text, run)
        at = max(run.end(), run.start() + 1)
        if mention is not None:
            joined = _joined(text, found[-1], mention) if found else None
            found[-1:] = [joined] if joined else [*found[-1:], mention]
    return tuple(found)


def _mention(text: str, run: re.Match[str]) -> Mention | None:
    before, after = text[: run.start()], text[run.end() :]
    if _is_no_sum(run, text):
        return None
    value, has_unit = _value(run)
    has_unit = has_unit or bool(_YUAN_BEFORE.search(before))
    if not has_unit and _is_bare_digit(run, text):
        return None
    number = value if isinstance(value, Decimal) else None
    if _PER.search(before):
        value = None
    elif _is_unclear(run, before, after):
        value = number = None
    if isinstance(value, Decimal):
        is_compared = _THAN.search(before) is not None
        told = _told(value, before, after, is_bare=not has_unit)
        value = compared(value, run["more"] + after) if is_compared else told
    return Mention(run.start(), run.end(), value, _is_denied(before, after), has_unit, number)


def _is_denied(before: str, after: str) -> bool:
    return _NOT.search(before) is not None or _LEFT_OUT.match(after) is not None


def _is_bare_digit(run: re.Match[str], text: str) -> bool:
    """一 in 一直: a numeral that is one character of a text."""
    return len(run["number"]) == 1 and run["number"] in DIGITS and run[0] != text


def _is_unclear(run: re.Match[str], before: str, after: str) -> bool:
    """What is written as no sum in yuan is: 点五, 五兆, 一百又三分之一, a loss, 三万元欧元."""
    if run["broken"] or _BELOW_ZERO.search(before) or _MIXED_AFTER.match(after):
        return True
    return bool(_FOREIGN_BEFORE.search(before) or _FOREIGN_AFTER.match(after))


def _is_no_sum(run: re.Match[str], text: str) -> bool:
    """第3, 90%, 五家: a number that counts something else than money."""
    before = text[: run.start()]
    if _is_together(text, run) or _is_reference(run, before, text[run.end() :]) or _is_difference(text, run):
        return True
    if _SLIP.search(before):
        return True
    if _PERCENT_OR_ORDINAL.search(before) and not (_YUAN_BEFORE.search(before) or _FOREIGN_BEFORE.search(before)):
        return True
    return not run["unit"] and not run["sign"] and bool(_COUNTED.match(text[run.end() :]))


def _is_reference(run: re.Match[str], before: str, after: str) -> bool:
    """发票号04417823, 电话13812345678: digits that name something; no sum begins with a zero."""
    if run["unit"] or run["sign"] or not run["number"].isdigit() or not run["number"].isascii():
        return False
    is_labelled = _LABEL.search(before) is not None or _AREA_CODE.search(before) is not None
    return is_labelled or _CODE.fullmatch(run["number"]) is not None or (_LABEL_AFTER.match(after) is not None)


def _is_difference(text: str, run: re.Match[str]) -> bool:
    """比去年多了8万 tells no sum of this year."""
    before = text[: run.start()]
    return _COMPARES.search(before) is not None and _DIFFERS.search(before) is not None


def _told(number: Decimal, before: str, after: str, *, is_bare: bool) -> Decimal | Interval | None:
    """The sum with the bounds around it; None where it needs a unit that it lacks, or is beyond all sense."""
    if number > _LARGEST or (is_bare and 0 < number < _SMALLEST_BARE):
        return None
    return bounded(number, before, after)


def _is_together(text: str, run: re.Match[str]) -> bool:
    """一块 between things added up (加一块二十六万) is no money."""
    return run["number"] == "一" and run["unit"] == "块" and not text[run.end() :].startswith("钱")


def _value(run: re.Match[str]) -> tuple[Decimal | Interval | None, bool]:
    """What is written, None where it can't be told; and whether it has a unit."""
    if run["unit"] in _FOREIGN or (run["sign"] or "¥") != "¥":
        return None, True
    has_unit = bool(run["unit"] or run["sign"] or _WRITTEN_UNIT.search(run["number"]))
    if _is_rough(run):
        return (_about(run) if has_unit else None), has_unit
    plain = _without_fillers(run["number"])
    spread = _spread(plain)
    return (_exactly(run, plain) if spread is None else spread), has_unit


def _is_rough(run: re.Match[str]) -> bool:
    return _is_loose(run) or "几" in run["number"] or run["more"] == "几"


def _is_loose(run: re.Match[str]) -> bool:
    return bool(run["loose"]) or _LOOSE.search(run["number"]) is not None


def _about(run: re.Match[str]) -> Interval | None:
    """几十万 and 十几万 as the range that they mean."""
    if _is_loose(run):
        return _roughly(run["loose"] or "", run["number"])
    return _tens(_without_fillers(run["number"]))


def _exactly(run: re.Match[str], plain: str) -> Decimal | None:
    number = parse_numeral(plain)
    return None if number is None else _in_unit(number, run["unit"], run["tail"]) + _small_change(run)


def _without_fillers(written: str) -> str:
    return re.sub(r"[个多来余]", "", _AND_A_HALF.sub(_half_more, written))


def _half_more(written: re.Match[str]) -> str:
    """一个半亿 as 一点五亿, 2个半亿 as 2.5亿."""
    return f"{written[1]}{'.' if written[1].isascii() else '点'}{'5' if written[1].isascii() else '五'}"


def _roughly(loose: str, unit: str) -> Interval | None:
    """几十万 and 数十万 are from twenty to below a hundred, 上百万 a hundred or more, 近百万 below that."""
    size = parse_numeral(unit if unit[0] == "十" else "一" + unit) if _UNITS_ONLY.fullmatch(unit) else None
    if size is None:
        return None
    if loose[-1:] in ("几", "数"):
        return Interval(2 * size, 10 * size, high_open=True)
    if loose == "上":
        return Interval(low=size)
    return Interval(high=size, high_open=True) if loose in ("近", "小") else None


def _tens(text: str) -> Interval | None:
    """十几万 is from ten to below twenty, 三十几万 from thirty to below forty; 几十万 is not told."""
    written = _SOME_OVER.fullmatch(text)
    low = None if written is None else parse_numeral(written[1] + written[2])
    step = None if written is None else parse_numeral("十" + written[2])
    return None if low is None or step is None else Interval(low, low + step, high_open=True)


def _small_change(run: re.Match[str]) -> Decimal:
    return _digit(run["jiao"]) / 10 + _digit(run["fen"]) / 100


def _digit(written: str | None) -> Decimal:
    return Decimal(0 if written is None else int(written) if written.isascii() else DIGITS[written])


def _in_unit(number: Decimal, unit: str, tail: str | None) -> Decimal:
    size = {"毛": Decimal("0.1"), "角": Decimal("0.1"), "分钱": Decimal("0.01")}.get(unit)
    if size is None:
        size = {"万元": Decimal(10_000), "亿元": Decimal(10**8)}.get(unit, Decimal(1))
    return number * size + _digit(tail) * size / 10


def _spread(text: str) -> Interval | None:
    """三四十万 is from thirty to forty; 十七八万 from seventeen to eighteen."""
    for pattern in (_TEENS, _NEIGHBOURS):
        pair = pattern.search(text)
        if pair is None or DIGITS[pair[2]] <= DIGITS[pair[1]]:
            continue
        low = parse_numeral(text[: pair.start(2)] + text[pair.end(2) :])
        high = parse_numeral(text[: pair.start(1)] + text[pair.end(1) :])
        if low is not None and high is not None and low < high:
            return Interval(low, high)
    return None


def _joined(text: str, first: Mention, second: Mention) -> Mention | None:
    """Two numbers with a dash or 到 between them are one range; the first takes the second's unit (30到40万)."""
    if not _DASH.fullmatch(text[first.end : second.start]) or second.number is None or first.number is None:
        return None
    low, high = first.number, second.number
    if not first.has_unit and second.has_unit and low < 10_000:
        low *= next((unit for unit in _UNITS if high >= unit and low * unit < high), Decimal(1))
    value = Interval(low, high) if low < high else None
    return Mention(first.start, second.end, value, first.is_denied, second.has_unit)


def in_unit_of(mention: Mention, earlier: Mention) -> Mention:
    """A corrected figure without a unit in the unit of the one that it corrects (85.6万写错了，是58.6)."""
    if mention.has_unit or mention.number is None or earlier.number is None or mention.number >= _SMALLEST_BARE:
        return mention
    unit = next((unit for unit in _UNITS if earlier.number >= unit), Decimal(1))
    if not earlier.has_unit or unit < _UNITS[1]:
        return mention
    return replace(mention, value=mention.number * unit, number=mention.number * unit, has_unit=True)
