"""Whether a clause affirms or denies, does so of an experience (登过, 没登过), or asks."""

import re
from enum import Enum

from bot.understanding.lexicon import Lexicon, once
from bot.understanding.text import Clause, Message


class Polarity(Enum):
    """What a clause says of a claim; SILENT when neither, HEDGED when perhaps."""

    YES = "yes"
    NO = "no"
    HEDGED = "hedged"
    SILENT = "silent"


_HARMLESS = re.compile(
    r"不过|不错|没错|不好意思|不仅|不但|不光|不只|无人|非常|没问题|不久|不少|不断|差不多|要不|没事|无锡|对不起|不客气|不管|无论|除非|非遗"
    r"|没准|不然|不如|不得不|无疑|莫非|非得|未来|未必|不同|无线|无形|不动产|无非|不愧|没的说|没说的|不瞒|不难|无损|没多久|无障碍|不锈|不日|没忘|忘不了|别忘"
)
_A_NOT_A = re.compile(r"(?<!现(?=在))([\u4e00-\u9fff])[没不]\1|有没有|是不是|有无|是否")
_TWICE = re.compile(
    r"(?:不是|并非|又不是|不可能|不会|哪能|怎么会|怎么可能|哪会|也不是)(?:说)?(?:没有?|未|无|不)|没有?(?:不|没)|无不|非不|不是从没|不是从未"
)
_DENIES = re.compile(
    r"没|不是|不在|不属|不算|不符|不具|不曾|不存在|不涉|并不|并非|从不|从来不|不能|不可能|不会|未|无(?!论)|非(?!常)|还不|尚不|不用|不够|不太|^不$|木有|零(?=处罚|记录|违法)"
    r"|不(?!一)|推[掉了]|(?:给|被|全)拒|拒[绝掉]|回绝|省了$|放弃|搁置|错过|拉倒|退保|作罢|(?:还|正|仍|都|也)在[建做办弄搞谈走准筹]|在(?:谈|洽谈|比价|询价|选型|商量)"
    r"|(?:报价|比价|询价|招标|选型|洽谈|考察)(?:中|阶段|着)|^(?:早就?|已经?|又|都|全|后来|给|去年|今年)*(?:退|停|断|撤|关|拆|废|黄)掉?了"
    r"|(?:为|是)零$|忘(?:了|记)?(?:买|续|交|投|办|登|报|签|申)|(?<!利[息率])太(?:贵|高|多)了?$"
)
_AFFIRMS = re.compile(
    r"有|是|对|过(?!期|来|去|程|渡|后|于)|了|已|完成|通过|拿到|取得|获得|办|买|做|到手|在手|下来|备案|认定|列入|入选|当然|肯定|确实|没问题|刚|首次|第一次|投"
)
_NOT_FIRST = re.compile(
    r"(?:不是|不算|不属于|并非|非|不再是|不能算|算不上|称不上|早过了|哪能|哪会|怎么会|怎么能)[\u4e00-\u9fff]{0,3}$"
)
_HEDGES = re.compile(
    r"可能|也许|大概|应该(?!是\d)|估计|好像|似乎|兴许|说不定|没准|八成|貌似|大约|据说|听说|印象中|差不多吧|算是吧|不一定"
)
_PERHAPS = re.compile(r"可能|也许|不一定|说不定|好像|似乎")
_ALREADY = re.compile(r"(?:早就?|都|我们)?已经?[\u4e00-\u9fff]+")
_PLANS_ONLY = re.compile(
    r"^(?:我们|公司|还)?(?:在|正)?(?:正要|马上|快要|就要|要去|打算|准备|计划|正准备|拟|想|预计|考虑|争取|马上|即将|快要)"
    r"|^(?:我们|公司)?(?:等|到|要)?(?:下个?[月周]|明年|年后|下半年|过[几两]天|改天|回头)(?:才|再|就)?(?:买|投|办|上|签|报|做|建|弄|搞|装)"
)
_DONE = re.compile(
    r"(?<![不通超经难越跳略绕])过(?!期|来|去|程|渡|后|于|两天|几天|段|年|不(?![少止只]))|(?:登|入|签|卖|开放|办|做|弄|搞|交易|成交|公开|上|进|出|申请|完成|通过|登记|入表|放|发布)(?:完|好)?了|完了"
)
_UNDONE = re.compile(
    r"(?:没有?|未|从没|从未|尚未|不曾|未曾|从来没有?|从来不|从不|压根没有?|根本没有?|一直没有?|都没有?|还没有?|也没有?|一[次单回个笔]都?没有?|并没有?|零)"
    r"[\u4e00-\u9fff]{0,8}?(?:过|登|入|签|卖|开放|公开|办|做|弄|搞|交易|成交|对外|放|申请|试|尝试|进|接触|碰|动|开张|搞定|干)"
    r"|一[次单回个笔批份](?:也|都)?没有?|没有?[\u4e00-\u9fff]{0,6}过"
)
_NTH = re.compile(
    r"第(?:[二三四五六七八九十]|[2-9]|\d\d|n)|[两三四五六七八九十2-9][次回单笔批份个](?!月)|[二三四五六七八九]度"
)
_LATER = re.compile(
    r"(?:回头|以后|之后|将来|改天|改日|到时候?|晚[点些]|过(?:阵子|段时间|几天)|等(?:等|一等|明年|以后))(?:我们)?再|等[^,]{1,8}(?:完|好|过|批|定|出来|下来)了?(?:以后|之后)?(?:再|才)"
    r"|(?:快|就要|即将|马上|眼看)要?(?:能|可以)?(?:签|卖|成|登|入|放|开|办|谈成)(?:约|合同|表|上|下来|完|好)?了?$"
)
_RENEWED = re.compile(r"(?<!没)(?:换证|换新证|续证|续期|旧证|老证)|证(?:书|快|就|也|要|都|又|刚)*(?:到期|过期)")
_CAME_BACK = re.compile(r"打回|退回|被退|被拒|驳回")
"""报上去两次都被打回来了 counts what came to nothing."""
_YEAR_TWICE = re.compile(r"年(?=年(?:[底初末中关报]|[上下]半|度))")
_LET_ALONE = re.compile(r"^(?:就|那)?更(?:别|不用|不要|甭|谈不上|不必)(?:说|提|谈|讲)?")
_LAST_DONE_YEARS = re.compile(r"已经?[\u4e00-\u9fff]{0,6}[一二两三四五六七八九十\d]年|[一二两三四五六七八九十\d]年前")


def has_any(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in the text."""
    for word in words:  # noqa: SIM110  (asked a thousand times a message: a generator would double the time)
        if word in text:
            return True
    return False


def without_any(text: str, words: tuple[str, ...]) -> str:
    """The text without these words, the longer ones first."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "")
    return text


def masked(text: str) -> str:
    """The clause without the words that only look like a denial, and without A-not-A questions."""
    return _A_NOT_A.sub("〇", _HARMLESS.sub("〇", text))


def polarity_of(text: str, lexicon: Lexicon) -> Polarity:
    """What a clause says of a claim it names: 有, 是, 拿到了 affirm; 没有, 不是, 未 deny; two denials affirm."""
    words = lexicon.words
    core = strip_fillers(text, lexicon)
    if core in words.yes or text in words.yes:
        return Polarity.YES
    if core in words.no or text in words.no:
        return Polarity.NO
    if _TWICE.search(text):
        return Polarity.YES
    plain = masked(text)
    if _HEDGES.search(plain):
        return Polarity.HEDGED
    if _denies(plain, lexicon):
        return Polarity.NO
    return Polarity.YES if _AFFIRMS.search(plain) or "没错" in text else Polarity.SILENT


def _denies(plain: str, lexicon: Lexicon) -> bool:
    """Whether a clause without harmless words says no, or that it only is to come."""
    is_denied = _DENIES.search(plain) is not None or has_any(plain, lexicon.words.failed)
    return is_denied or _PLANS_ONLY.match(plain) is not None


def first_time_of(text: str, lexicon: Lexicon) -> Polarity:
    """Whether something is, or would be, done for the first time by a clause; YES also when it was never done."""
    plain = without_year_ends(text).replace("不过", "〇〇").replace("没少", "多次")
    if _TWICE.search(plain) and _DONE.search(plain):
        return Polarity.NO
    if _LET_ALONE.search(plain):
        return Polarity.YES
    first = _found(plain, lexicon.words.first)
    if first is not None:
        return Polarity.HEDGED if _PERHAPS.search(plain[:first]) else _of_first(plain, first, lexicon)
    return Polarity.HEDGED if _HEDGES.search(plain) else _of_experience(plain, lexicon)


def without_year_ends(text: str) -> str:
    """The text with 去年年底 shortened to 去年底: 年年 by itself means every year."""
    return _YEAR_TWICE.sub("", text)


def _of_experience(plain: str, lexicon: Lexicon) -> Polarity:
    """没登过 is YES, 登过 NO, 打算登 YES."""
    words = lexicon.words
    is_again = has_any(plain, words.again)
    if _RENEWED.search(plain):
        return Polarity.NO
    if is_again and _CAME_BACK.search(plain):
        return Polarity.HEDGED
    if _is_still_to_come(plain):
        return Polarity.YES
    if is_again:
        return Polarity.NO
    return Polarity.YES if has_any(plain, words.failed) else _of_past(plain, lexicon)


def _is_still_to_come(plain: str) -> bool:
    """没登过, 回头再登."""
    return _UNDONE.search(plain) is not None or ("过" not in plain and _LATER.search(plain) is not None)


def _of_past(plain: str, lexicon: Lexicon) -> Polarity:
    """第二次, 登过 and 已经登记 are NO, 打算登 YES, 以前 alone tells by what stands beside it."""
    if _NTH.search(plain) or _LAST_DONE_YEARS.search(plain):
        return Polarity.NO
    if "过" not in plain and has_any(plain, lexicon.words.planning):
        return Polarity.YES
    if _DONE.search(plain) or _ALREADY.match(plain):
        return Polarity.NO
    return _of_before(plain) if has_any(plain, lexicon.words.before) else Polarity.SILENT


def _of_first(plain: str, at: int, lexicon: Lexicon) -> Polarity:
    before = plain[:at]
    if re.search(r"(?:可|还|就|这)不是$", before) and "吗" in plain[at:]:
        return Polarity.YES
    if _NOT_FIRST.search(before):
        return Polarity.NO
    if has_any(plain[at:], ("早就", "已经过", "用过了", "用掉")) or has_any(before, ("过了", "早过", "早就不")):
        return Polarity.NO
    if has_any(plain, ("去年", "前年", "以前", "早年", "往年")) and not has_any(plain, lexicon.words.negations):
        return Polarity.HEDGED
    return Polarity.YES


def _of_before(plain: str) -> Polarity:
    """以前办的 was done, 之前也没有 was not."""
    if _DENIES.search(masked(plain)):
        return Polarity.YES
    return Polarity.NO if re.search(r"[过了的就]|有", plain) else Polarity.SILENT


def _found(text: str, words: tuple[str, ...]) -> int | None:
    places = [text.find(word) for word in words if word in text]
    return min(places) if places else None


def strip_fillers(text: str, lexicon: Lexicon) -> str:
    """The text without the particles and courtesies at both ends; never empty unless it was."""
    return stripped_forms(text, lexicon)[-1]


@once
def stripped_forms(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The text, and what is left each time that a particle is taken away at either end: 早上好呀, 早上好, 早上."""
    forms: dict[str, None] = {}
    for headless in _cut(text.strip(), lexicon, is_head=True):
        forms |= dict.fromkeys(_cut(headless, lexicon, is_head=False))
    return tuple(sorted(forms, key=len, reverse=True))


def _cut(text: str, lexicon: Lexicon, *, is_head: bool) -> list[str]:
    forms = [text]
    for _ in range(8):
        shorter = _shorter(forms[-1], lexicon.filler_set, is_head=is_head)
        if shorter == forms[-1]:
            break
        forms.append(shorter)
    return forms


def _shorter(core: str, fillers: frozenset[str], *, is_head: bool) -> str:
    for size in (3, 2, 1):
        if len(core) > size and (core[:size] if is_head else core[-size:]) in fillers:
            return core[size:] if is_head else core[:-size]
    return core


_ENDS_ASKING = re.compile(
    r"(?:能|可以|会|行|算|有|要|给|是)[^,]{0,14}(?:不|没|否)$(?<![能会行算有要给是说从来]不)(?<![还也都]没)|(?<=[儿的过了])算不$"
    r"|(?:说|提|讲|写|规定|明确|发布|出台|公布)过[^,的]{1,12}没有?$|(?<!没)(?<!不了)(?<!没有)多[大高长远][的个][^,]{1,4}$"
    r"|(?:能|可以|得|该)[^,]{2,10}还是(?:[只都也就得要能分按]|一[起次])[^,]{1,8}$|[从打]哪[^,]{1,8}(?:的|来|出来)$"
    r"|(?:鼓励|支持|欢迎|允许|补|给|奖|返|管|认|收|许|批)不$|[了过]没有?$|有(?:人|钱|地方|政策|专门|现成|统一|官方|合适)[^,]{0,8}没有?$"
    r"|(?:能|给|返|补|奖|领|拿|申请?)[^,]{0,4}(?<![好这那十])几[笔万千百个项样次家成十]+(?:块|元|钱|补贴)*$|^有[无冇]|真的?假的?$|是真是假$"
    r"|(?<![时动差现])(?P<asked>[\u4e00-\u9fff])[没不](?P=asked)(?!可|掉|完|了|着|上|到)"
)
_SURE_ENOUGH = frozenset(("可不嘛", "可不是嘛", "可不是吗", "可不是么", "可不咋的", "可不", "那可不", "那可不嘛"))
"""Yes, in the form of a question."""
_EITHER_ASKED = re.compile(
    r"(?<!不知道)(?<!不清楚)(?:(?<!我们)(?:是|算|按|给|发)[^,]{1,10}|(?P<verb>[领拿报交发给])[^,]{1,6}(?=还是[^,]{0,4}(?P=verb)))还是[^,]{1,10}$"
)
"""是发一次还是年年发 asks; it is no 是."""
_WEIGHED = re.compile(r"[^,]{2}(?:划算|合适|合算|好|多|高|快|省事)还是[^,]{2,10}$")
_ASKED_FOR = (
    r"(?:如果|要是|假如|若是?)(?:你们?|您)?(?:刚才|刚刚|前面|是|要|想|还)*[问指](?:的|到|起|我们?|咱们?|公司)*(?:是)?"
    r"(?![^,]{0,12}(?:搬|迁|换|变|改|能|给|领|买|评上|多少|怎|什么|啥|哪|呢|吗|[么不没]$))"
)
"""要是问高新，我们是: the question is supposed, what follows is so."""
SURE = re.compile(
    r"(?:如果|要是|假如)我?没(?:有)?[记算搞弄看说]错(?:的话)?|(?<=[\d零一二两三四五六七八九十百千])万一|万一(?=[百千])"
    rf"|(?<=[主重只需想还])要是|若(?:干|无)|{_ASKED_FOR}"
)
"""What only looks as if it supposed something: 主要是做软件, 二十万一."""
_TELLS = re.compile(r"我|咱|俺|[还没正着不了过]|[是在][^,]{1,8}呢$|^(?:早|有|是|对|无|干净)")
_SAID_NOT_ASKED = re.compile(
    r"[好这那]几|[十几]几|几(?=次|回|单|年|个|笔|千|百|万|十)|(?:什么|啥|谁|哪[级个样种项])[\u4e00-\u9fff]{0,4}(?:都|也)|没什么|没有(?:什么|啥子?)(?=资质|称号|头衔|荣誉|牌子)|没啥|多少都|怎么也|怎么都|什么的|啥的(?=$|[都也,])|(?<!有)没[\u4e00-\u9fff]{1,2}过(?:啥|什么)(?=$|,)"
    r"|多少[^,]{0,4}(?:忘|记不清|不记得|想不起)|(?:忘了?|记不清|不记得|想不起来?)[^,]{0,4}(?:多少|什么时候|哪天)"
)


def is_question(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the clause asks something."""
    return lexicon.remembered(clause.text, (is_question, clause.is_asked), lambda: _is_question(clause, lexicon))


def _is_question(clause: Clause, lexicon: Lexicon) -> bool:
    if clause.text in _SURE_ENOUGH or (clause.text in lexicon.words.yes and not clause.is_asked):
        return False
    if clause.is_asked or _ENDS_ASKING.search(clause.text) or _asks_what_about(clause.text, lexicon):
        return True
    if _WEIGHED.search(clause.text):
        return True
    if _EITHER_ASKED.search(clause.text) and not has_any(clause.text, lexicon.dont_know_within):
        return not lexicon.place_index.find(clause.text)
    return has_any(_SAID_NOT_ASKED.sub("〇", clause.text), lexicon.words.asking)


def supposes(text: str, lexicon: Lexicon) -> bool:
    """如果搬到亦庄 supposes; 如果没记错, 主要是 and 十万一 don't."""
    return has_any(SURE.sub("", text), lexicon.words.supposing)


def _asks_what_about(text: str, lexicon: Lexicon) -> bool:
    """通州的券呢, 搬到亦庄呢; but 我们在海淀呢 and 还没办呢 tell."""
    if not text.endswith("呢"):
        return False
    if supposes(text, lexicon) or "的话" in text:
        return True
    core = strip_fillers(text, lexicon)
    return not (core in lexicon.words.yes or core in lexicon.words.no or _TELLS.search(text))


def asks_back(message: Message, lexicon: Lexicon) -> bool:
    """Whether the message asks what the question means, or something else, rather than answering."""
    return any(has_any(clause.text, lexicon.words.asks_back) for clause in message.clauses)
