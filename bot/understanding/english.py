"""English in the Chinese words that are read: never opened it is 从没开放过, RMB 2.4 million is RMB 240万."""

import re
from decimal import Decimal

_MEANING = "(?:plan(?:s|ned|ning)?|going|about|intend(?:ing)?|want|hop(?:e|ing)|expect(?:ing)?)"
_DEAL = "deal|order|sale|contract|transaction|trade|customer|client"
_RELEASED = "(?:opened|released|published|shared|open[ -]sourced)"
_CAPITALISED = "(?:capitali[sz]ed|booked|recogni[sz]ed|put)"
_PHRASES = (
    # yes, no, not knowing
    (
        "都没有", r"none of (?:these|them|the above|those)", r"neither(?: of them)?",
        r"nothing(?: of that| so far| yet| at all)?",
    ),
    (
        "不知道", r"(?:i )?(?:do not|don't|dont|dunno) (?:really )?know", r"no (?:idea|clue)", r"dunno",
        r"(?:i'm |i am |we're )?not (?:really )?sure", r"idk",
    ),
    (
        "要问一下", r"(?:i )?(?:have to|need to|will|gotta|must|let me|i'll) (?:ask|check|confirm|look)[a-z ]*",
        r"check with[a-z ]*",
    ),
    (
        "不方便说", r"(?:can't|cannot|can not|won't|prefer not to|rather not) (?:say|tell|share|disclose)",
        r"(?:not|isn't) convenient(?: to (?:say|tell|share|disclose))?", r"confidential", r"classified", r"nda",
    ),
    ("跳过", r"skip(?: (?:this|it|that))?(?: one)?", r"pass(?: on this)?"),
    (
        "是,", r"yes", r"yeah", r"yep", r"yup", r"sure", r"of course", r"correct", r"exactly", r"indeed",
        r"right", r"absolutely",
    ),
    ("没有,", r"nope", r"nah", r"not (?:at all|really)"),
    # moves, and what is over; they hold a time or a place, so they come before those
    (r"从\1搬到", r"(?:(?:have|has) )?(?:moved|relocated|transferred)(?: it)? from ([a-z]+)(?: district)? to"),
    ("搬到", r"(?:(?:have|has) )?(?:moved|relocated|transferred)(?: it)? to"),
    ("去年过期了", r"(?:expired|lapsed|ended) last year"),
    ("今年过期了", r"(?:expired|lapsed|ended) this year"),
    ("过期了", r"(?:has |have )?(?:expired|lapsed)"),
    # done, never done, planned
    ("从没", r"never(?: ever)?"),
    (
        "还没",
        r"(?:have not|haven't|havent|has not|hasn't|had not|hadn't|did not|didn't|didnt|not)(?: been)?(?: yet| so far)",
        r"not yet", r"yet to", r"still not",
    ),
    ("没有", r"(?:have not|haven't|havent|has not|hasn't|did not|didn't|didnt)(?: been)?"),
    ("不是", r"(?:is not|isn't|are not|aren't|am not|was not|wasn't|not)"),
    (
        "打算",
        rf"(?:are |is |'re |we're )?{_MEANING} to",
        r"will(?: be)?", r"would be", r"'ll",
    ),
    ("已经", r"already"),
    ("刚", r"just"),
    (
        "做过", r"(?:did|done|do|does|made|finished|completed) (?:it|so|that|this|one|once)",
        r"(?:has|have) been done", r"did", r"done", r"completed",
    ),
    ("卖过", r"(?:ever )?(?:sold|sell|selling)(?: it| them| any| data)?"),
    ("交易过", r"(?:ever )?traded", r"transacted", r"trading"),
    (
        "开放过",
        rf"(?:ever )?{_RELEASED}(?: up| it| them| any| data){{0,2}}(?: to (?:the )?(?:public|society|outside))?",
    ),
    ("社会", r"(?:to (?:the )?)?public"),
    (
        "入表过",
        rf"(?:ever )?{_CAPITALISED}(?: it| them)?(?: (?:on|onto|in|into) (?:the )?(?:balance sheet|books))?",
    ),
    ("资产负债表", r"balance sheet"),
    (
        "注册在", r"(?:was |were |is |are |got )?registered (?:in|at)", r"incorporated in",
        r"(?:based|located) (?:in|at)", r"licen[cs]e (?:is )?(?:in|at)",
    ),
    ("注册地址", r"regist(?:ered|ration) address"),
    ("登记过", r"registered", r"register"),
    # firsts
    ("第一次", r"(?:the |our |my )?(?:very )?first (?:time|one|ever|try|attempt|round)", r"1st time"),
    (
        "第一单",
        rf"(?:the |our |my )?(?:very )?(?:first|1st) (?:batch|{_DEAL})",
    ),
    ("首次", r"(?:the |our |my )?(?:very )?(?:first|1st)"),
    (
        "第二次",
        rf"(?:the |our |my )?(?:second|2nd|third|3rd|fourth|4th|fifth|5th|another) (?:time|one|batch|round|{_DEAL})",
    ),
    (
        "好几次", r"(?:many|several|a few|multiple|two|three|dozens of|lots of) (?:times|deals|orders|contracts)",
        r"twice",
    ),
    ("一次", r"(?:once|one time)"),
    ("以前", r"before", r"previously", r"earlier"),
    # when
    ("去年", r"last year"),
    ("前年", r"(?:the year before last|two years ago)"),
    ("今年", r"this year"),
    ("明年", r"next year"),
    ("上个月", r"last month"),
    ("本月", r"this month"),
    ("昨天", r"yesterday"),
    ("今天", r"today"),
    ("上周", r"last week"),
    (r"\1年", r"(?:in|since|during|fy) ?(20\d\d)(?![\d-])"),
    # what the firm is
    ("小巨人", r"little giants?"),
    (
        "高新技术企业", r"hntes?", r"high-?tech enterprises?", r"hi-?tech enterprises?",
        r"high(?: and)? new tech(?:nology)?(?: enterprises?)?",
    ),
    ("创新型中小企业", r"innovative smes?", r"innovative small[a-z -]*"),
    ("专精特新", r"(?:specialist|speciali[sz]ed)(?:[, a-z-]{0,60}?) (?:smes?|enterprises?|firms?)", r"zjtx"),
    (
        "市级", r"(?:beijing )?municipal(?:-level| level)?", r"city(?:-level| level)",
        r"provincial(?:-level| level)?",
    ),
    ("国家级", r"national(?:-level| level)?", r"state(?:-level| level)"),
    ("证书", r"certificates?", r"certified", r"certification"),
    ("总部", r"headquarters?", r"hq"),
    (
        "办公在",
        r"(?:our |the |my )?(?:offices?|teams?|staff|employees|people)(?: (?:sits?|works?|is|are))?(?: (?:in|at))?",
    ),
    ("工厂在", r"(?:our |the |my )?(?:factory|plant|warehouse|branch|lab)(?: (?:is|are))?(?: (?:in|at))?"),
    ("母公司", r"parent(?: company)?"),
    ("子公司", r"subsidiary", r"subsidiaries"),
    ("区", r"district", r"new area"),
    # commands
    ("重新开始", r"start (?:over|again|afresh|from scratch)", r"restart"),
    ("返回上一题", r"go back", r"previous question"),
    ("转人工", r"talk to (?:a |some)?(?:human|person|someone|somebody|agent)", r"real person", r"human agent"),
    ("删除我的资料", r"delete (?:all |everything|my |our )[a-z ]*"),
    ("看结果", r"show (?:me )?(?:the |my )?results?"),
    # links
    (",但是", r"but", r"however", r"though"),
    (",因为", r"because", r"since", r"as"),
    ("和", r"and", r"plus"),
    ("或者", r"or"),
    ("我们是", r"(?:we're|we are|i am|i'm|it's|it is|that's)"),
    ("我们", r"(?:we|our|ours|us|my)"),
    ("是", r"is", r"are", r"was", r"were"),
    ("在", r"in", r"at", r"near", r"on"),
    ("公司", r"company", r"firm"),
    ("不到", r"(?:less|fewer|lower) than", r"under", r"below", r"not quite"),
    ("超过", r"(?:more|higher|greater) than", r"over", r"above"),
    ("至少", r"at least", r"no less than"),
    ("最多", r"at most", r"up to", r"no more than"),
    ("大约", r"about", r"around", r"roughly", r"approximately", r"approx"),
    ("有", r"(?:we )?(?:have|has|hold|holds|got|obtained|own|received)"),
)  # fmt: skip
"""What is said for each Chinese word or phrase, in this order."""
_IDLE = (
    r"the|a|an|of|it|its|that|this|to|had|been|be|so|far|yet|ever|for|with|by|any|all|them|some|actually|well|oh|uh|um"
    r"|please|there|data"
)
_WORDS = tuple((re.compile(rf"(?<![a-z\d])(?:{'|'.join(said)})(?![a-z])"), chinese) for chinese, *said in _PHRASES)
_YET_TO_COME = re.compile(r"(?<=打算)(做|卖|开放|登记|入表|交易)过")
_DROPPED = re.compile(rf"(?<![a-z\d])(?:{_IDLE})(?![a-z])")
_ENGLISH_WORD = re.compile(r"(?<![a-z\d])[a-z]{2,}(?:'[a-z]+)?(?![a-z\d])")
_SPACES = re.compile(r"(?<=[\u4e00-\u9fff,]) +| +(?=[\u4e00-\u9fff,])")
_SIZES = {
    "hundred": 100, "thousand": 1_000, "grand": 1_000, "million": 10**6, "mio": 10**6, "mn": 10**6, "mln": 10**6,
    "billion": 10**9, "bn": 10**9,
}  # fmt: skip
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_NUMBER_WORD = rf"(?:{'|'.join((*_SMALL, 'hundred', 'thousand', 'million', 'billion', 'half', 'a', 'and'))})"
_IN_FIGURES = re.compile(rf"(?<![a-z\d.])(?P<figure>\d+(?:\.\d+)?) ?(?P<size>{'|'.join(_SIZES)}|m)(?![a-z])")
_IN_WORDS = re.compile(
    rf"(?<![a-z\d]){_NUMBER_WORD}(?:[ -]{_NUMBER_WORD})*[ -](?:hundred|thousand|million|billion)(?![a-z])"
)
_LEAST = 2
"""So many English words among Chinese are read as English; a single one there stands for itself (GPU)."""


def in_chinese(text: str) -> str:
    """The lower-case text with the English that is known in Chinese; unknown words stay."""
    text = _IN_WORDS.sub(_of_words, _IN_FIGURES.sub(_of_figures, text))
    if len(_ENGLISH_WORD.findall(text)) < (1 if text.isascii() else _LEAST):
        return text
    read = text.replace("’", "'")
    for said, chinese in _WORDS:
        read = said.sub(chinese, read)
    return _YET_TO_COME.sub(r"\1", _SPACES.sub("", _DROPPED.sub("", read))).strip()


def _of_figures(written: re.Match[str]) -> str:
    size = _SIZES.get(written["size"], 10**6)
    return _in_wan(Decimal(written["figure"]) * size)


def _of_words(written: re.Match[str]) -> str:
    """Two hundred and fifty thousand as 25万; half a million as 50万."""
    whole = part = Decimal(0)
    for word in re.split(r"[ -]", written[0]):
        if word in _SMALL:
            part += Decimal(_SMALL[word])
        elif word == "half":
            part = Decimal("0.5")
        elif word == "hundred":
            part = (part or Decimal(1)) * 100
        elif word in _SIZES:
            whole, part = whole + (part or Decimal(1)) * _SIZES[word], Decimal(0)
    return _in_wan(whole + part)


def _in_wan(yuan: Decimal) -> str:
    return f"{(yuan / 10_000).normalize():f}万" if yuan >= 10_000 else f"{yuan:f}元"
