"""What was told first and is then said to be somebody else's: 登过，都是子公司登的; 有证，证是母公司的."""

import re
from collections.abc import Sequence

from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import Polarity, polarity_of
from bot.understanding.relevance import content_of
from bot.understanding.text import Clause

_LEAD = r"(?:但是?|不过|可是?|只是|只不过|然而|其实|实际上?|那|就|也就|都|全|均|统统|基本上?|主要|当时|当年|说白了)*"
_THING = (
    r"(?:(?:登记)?证书?|合同|牌子|名[字头]|抬头|主体|单子|账|报表|资质|称号|认定|保单|发票|东西|这事儿?|数据"
    r"|申请人|权利人|登记人)?[上里]?的?"
)
_OF = (
    r"(?:是|算|属于|由|归|在|走的?是?|用的?是?|以|挂的?在?是?|写的?是?|算在|记在|落在|放在"
    r"|(?:[登入卖买签放办做评拿投建交得领]|开放|公开)[过了]?的(?:人|主体|公司)?[都全]?是)"
)
_OURS = r"(?:(?:我们|咱们?|我司|我公司|公司)的?)?(?:另外?)?(?:一?个|一?家)?(?:下面的?)?"
_BY_THEM = re.compile(rf"{_LEAD}{_THING}{_LEAD}{_OF}{_OURS}")
_THEY = re.compile(rf"{_LEAD}{_THING}{_LEAD}{_OURS}")
_FOR_THEM = re.compile(rf"{_LEAD}是?[帮替代]着?(?:别的)?{_OURS}")
_IN_THEIR_NAME = re.compile(rf"{_LEAD}是?[给为]{_OURS}")
_DONE_SO = re.compile(r"[^,我咱也]{0,6}[登办入报]的")
_THEIR_DEED = re.compile(r"(?:公司|企业|单位|那边|那家|自己|名下)*[^,我咱也]{0,10}")
_THEIRS = re.compile(r"(?:公司|企业|单位|那边|那家|自己)*(?:[^,我咱也]{0,8}的|名下)")
_DID = re.compile(
    r"(?:公司|企业|单位|那边|那家|自己)*(?:去年|前年|今年|早就?|已经?|先)*(?:[登入卖买签放办做评拿投建交得领过进]|登记|入表|开放|公开|通过|被[列罚判处][进入]?)[了过]"
    r"|(?:才|倒|那边)?(?:是|有)|(?:是|算)?(?:首次|第一次|头一[次回])[^,我咱]{0,6}"
)
_HELPS = re.compile(
    r"要求|让|叫|逼|催|安排|推荐|介绍|建议|牵头|出钱|出资|付|审|批|验|帮|委托|发的|问|找|见证|客户|地址|员工|运营|运维|使用|平台"
)
"""Whoever has it done, pays for it or examines it is not who did it: 股东要求登的."""
_DEALS = re.compile(r"^(?:客户|甲方|对方|下游|经销商|代理商|渠道商|上游|供应商|合作)")
_DEALT = re.compile(r"[买要用下采签]|在用")
"""What a customer bought is what was sold to it."""
_CONTRASTS = re.compile(r"^(?:但是?|不过|可是?|只是|只不过|然而|其实|都|全|均)")
_NOT_BY_US = re.compile(
    rf"{_LEAD}(?:不是|并不是|并非)(?:我们|我司|咱们?|我公司|本公司|公司)(?:公司|这边|本部|名下|单位)*"
    r"(?:[登入卖买签放办做评拿投建交得领申报过的]|登记|开放|公开|申请)*"
)
_BY_AN_AGENT = re.compile(r"代理|中介|委托|外包|律所|事务所|找人|请人|服务商|机构")
_US = re.compile(r"我们|我司|咱|我公司|本公司|自己")
_SELF = ("集团", "总部", "总公司")
"""What may be said of the own company itself: 是集团公司."""
_SHORT = 4


def without_attributed(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Clause]:
    """The clauses without those that a later one says to be another company's, and without that one."""
    dropped: set[int] = set()
    for at in range(1, len(clauses)):
        if _is_attributing(at, clauses, lexicon):
            dropped |= {at, *_told_before(at, clauses, lexicon)}
    return [clause for at, clause in enumerate(clauses) if at not in dropped]


def _is_attributing(at: int, clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether a clause says no more than that what the one before it tells is somebody else's."""
    text, told = clauses[at].text, clauses[at - 1].text
    if _NOT_BY_US.fullmatch(text):
        return not any(_BY_AN_AGENT.search(later.text) for later in clauses[at + 1 :])
    if names_their_deed(text, lexicon):
        return True
    before, other, after = _parted(text, lexicon)
    if not other:
        return False
    if not after:
        return _BY_THEM.fullmatch(before) is not None and _is_corrected(text, other, told, lexicon)
    is_short = _THEY.fullmatch(before) is not None and _DID.fullmatch(after) is not None
    return is_short and _HELPS.search(after) is None and _US.search(told) is None


def names_their_deed(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause says that somebody else did it, or has it: 都是子公司登的, 母公司名下的."""
    before, other, after = _parted(text, lexicon)
    if not after or _is_part_of_others(other, after):
        return False
    if _FOR_THEM.fullmatch(before) or (_IN_THEIR_NAME.fullmatch(before) and _DONE_SO.fullmatch(after)):
        return True
    is_theirs = _THEY.fullmatch(before) is not None and _THEIRS.fullmatch(after) is not None
    return is_theirs or (_BY_THEM.fullmatch(before) is not None and _THEIR_DEED.fullmatch(after) is not None)


def _is_part_of_others(other: str, after: str) -> bool:
    """Whether somebody else only had it done, paid, examined it or bought it."""
    return _HELPS.search(after) is not None or (_DEALS.match(other) is not None and _DEALT.search(after) is not None)


def _is_corrected(text: str, other: str, told: str, lexicon: Lexicon) -> bool:
    """Whether 是子公司 alone says who it was, and not what we are."""
    if _CONTRASTS.match(text) or _NOT_BY_US.fullmatch(told):
        return True
    return not other.startswith(_SELF) and _US.search(told) is None and polarity_of(told, lexicon) is Polarity.YES


def _parted(text: str, lexicon: Lexicon) -> tuple[str, str, str]:
    """A clause in what stands before the first word for somebody else, that word (the longest), and what follows."""
    found = [(text.find(word), -len(word)) for word in lexicon.words.others if word in text]
    if not found:
        return text, "", ""
    start, size = min(found)
    return text[:start], text[start : start - size], text[start - size :]


def _told_before(at: int, clauses: Sequence[Clause], lexicon: Lexicon) -> list[int]:
    """The clauses right before that tell what is now said to be another's: the last, and more where that is short."""
    told: list[int] = []
    for before in range(at - 1, -1, -1):
        text = clauses[before].text
        if _NOT_BY_US.fullmatch(text):
            continue
        if polarity_of(text, lexicon) is Polarity.NO or lexicon.place_index.find(text):
            break
        told.append(before)
        if len(text) > _SHORT and content_of(text, lexicon):
            break
    return told
