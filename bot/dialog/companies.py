"""Two companies in one conversation: one is spoken of, the others are kept aside, and nothing is mixed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialog.acts import Notice, Tell
from bot.dialog.called import NUMBER, kin_of, with_own_kin, with_own_number
from bot.dialog.moves import Moment, Move, Then, some_of
from bot.dialog.offers import chosen
from bot.dialog.repair_acts import OfferCompany, TurnToCompany
from bot.dialog.state import Company, Offer, OfferKind, State
from bot.dialog.tracking import record_facts
from bot.policy.attributes import Profile
from bot.search.characters import normalised
from bot.understanding.meaning import Intent, Understanding
from bot.understanding.numerals import parse_numeral
from bot.understanding.picks import read_yes_no
from bot.understanding.questions import Choice
from bot.understanding.reading import read

MOST = 5
"""So many companies are kept aside; the oldest goes first."""
LONGEST = 24
ORDINALS = "一二三四五六七八九"
_ONE = r"(?:一?[家个](?:公司|企业|单位)?|公司|企业)"
_OTHER = re.compile(
    rf"(?:我|我们|老板|朋友|咱|手上|名下|这边)*(?:还|另外?|又|也)(?:外)?有(?:着)?(?:另外?)?(?:一|两)?[家个](?:公司|企业|单位|别的公司)"
    rf"|另外?(?:的)?{_ONE}|(?:看|换|帮|问|查|算|说|做)[^,。?]{{0,6}}别的(?:一)?{_ONE}"
    rf"|换(?:成|到|去|做|问|看|算|查)?(?:另外?)?(?:一?家(?:别的)?(?:公司|企业|单位)?|一?个(?:别的)?(?:公司|企业|单位))"
    r"|(?:换|再看|再算|再查)(?:成|到|去)?(?!刚才|原来|前面|之前|上面|我们|自己|回)[\u4e00-\u9fff]{2,4}那家(?:公司|企业)?"
    r"|(?:看|换|说|问|算|查|聊|到|做)第二家|^(?:那|再|还有)*第二家(?:公司|企业)?(?![\u4e00-\u9fff]{0,2}[入登成交开])"
)
_HAS = re.compile(
    r"(?:对了|另外|哦|还有)?,?(?:我们?|咱们?|老板|集团|公司)(?:这边|手上|名下|下面|旗下)?(?:另外)?(?:还|也)有(?:另外?)?[一两]?[家个]"
    r"(?:[^,。?]{0,8}的)?(?:公司|企业|单位)(?:[在是叫][^,。?]{1,12})?(?:呢|呀|啊|的)?[。!~]*"
)
_ON_BEHALF = re.compile(
    r"(?:帮|替|给|为)(?:我|我们)?(?:的)?(?P<whose>朋友|同学|同事|客户|亲戚|老婆|老公|我哥|我弟|我姐|我妹|我爸|我妈|哥们|兄弟单位|兄弟公司|子公司|母公司|关联公司|关联企业|合作方|供应商|邻居|隔壁)"
    r"(?:家|他们)?(?:的|那家|那个|那边)?(?:公司|企业|单位|厂)?(?:也|再|来|先)?(?:看(?!(?!下|能|有|够|符|可|都|他|她|人家|那|一)[\u4e00-\u9fff]{1,6}的|(?:数据|产品|样机|样品|效果|演示|展))|查|算|问|测|了解|评估|打听)"
    r"|(?P<of>朋友|同学|客户|亲戚|老婆|老公|我哥|我弟|子公司|母公司|关联公司|兄弟公司)(?:家)?(?:的)?(?:那家|那个|一家)?(?:公司|企业|单位|厂)?(?:能|也)?(?:不能|能)?(?:看看|查查|算算|问问|测测|看一下|查一下|算一下|一起看|也看)"
)
_WISH = re.compile(r"看|查|算|问|测|呢[?]?$|换|帮|评估|说|聊|讲|报|怎么样|能不能|可以领|能领|能拿|再来|咨询|了解")
_MERELY = re.compile(
    r"一般|通常|拿到过|有影响|买的|卖给|采购|合并|收购|投资|控股|股东|客户是|子公司是|一起|共同|联合|注册的?商标"
)
_LETTER = re.compile(r"(?<![a-zA-Z])([甲乙丙丁A-Da-d])(?:公司|企业|这家)")
_OWN_NAME = re.compile(
    r"(?:我们?|我司|咱们?|本|这家|它|他们)?(?:这家)?(?:的)?(?:公司|企业|单位)?(?:的)?(?:(?:全称|名字|名称)(?:就?是|叫做?)|就?叫做?|名叫)"
    r"(?P<name>[\u4e00-\u9fffa-zA-Z0-9]{3,20}(?:公司|集团|研究院|事务所))[。!]*"
)
_SAME = str.maketrans("ABCD", "甲乙丙丁")
_BACK = re.compile(
    r"(?:回|切|换|返|转|继续|接着|还是|再|先)[^,。]{0,4}?(?:到|回|看|问|说|算|成)?[^,。]{0,2}?(?P<which>第[一二三四五1-5][家个](?:公司|企业)?"
    r"|原来的?(?:那?[家个]|公司|企业)(?:公司)?|[前上]面?(?:的)?(?:那|一)?[家个](?:公司)?|刚才(?:的)?(?:那|这)?[家个](?:公司)?|之前(?:的)?(?:那)?[家个](?:公司)?"
    r"|(?:我们)?自己(?:的)?(?:公司|那家|这家|家)|我们(?:自己)?(?:的)?(?:公司|那家|这家)|本公司|我司|老公司)"
)
_HEAD = re.compile(rf"{NUMBER}(?!不|别|先不|查完|看完|问完)")
_OWN = re.compile(r"自己|我|本公司")
_THE_OTHER = re.compile(rf"另外?(?:的)?{_ONE}")
_ONE_MORE = re.compile(r"还有|又|新|再有")
_PLACED = re.compile(r"^[^,，。]*?有(?:另外?)?[一两]?[家个](在[^,，。]{1,8}?)的(?:公司|企业|单位)")
_PARENT = re.compile(r"(?:那|回)?(?:母公司|总公司|集团|我们公司|我们自己|自己公司|我们这边)(?:的|那边)?呢[?。]*")
_CALLED = re.compile(r"(?:叫|名叫|名字是|名称是|是)(?P<name>[\u4e00-\u9fffa-zA-Z]{2,16}?(?:公司|厂))")
_THEIRS = re.compile(
    r"(?:我)?(?:朋友|同学|客户|亲戚|老婆|老公|对方|隔壁|邻居)(?:家)?(?:的)?(?:那家|那个|这家)?(?:公司|企业|单位|厂)?|他们(?:家|公司|那边)?|她们|他家|那家公司|那家|另外?一?家(?:公司|企业)?|另一个公司|[子母]公司"
)


def as_own(text: str, state: State) -> str:
    """The text with the company that is spoken of as the user's own: 他们在亦庄 says where this company is."""
    text = with_own_number(text, ordinal_of(state)[:3])
    if kin := kin_of(state):
        text = with_own_kin(text, kin)
    is_other = bool(state.company) and not state.company.startswith(ordinal(1)) and not kin
    return _THEIRS.sub("我们公司", text) if is_other and not speaks_of_other(normalised(text)) else text


def ordinal_of(state: State) -> str:
    """The name of the company that is spoken of."""
    return state.company or ordinal(1)


def counted(state: State) -> int:
    """The number of the company that was spoken of last for the first time; those dropped since have kept theirs."""
    names = (ordinal_of(state), *(company.name for company in state.companies))
    return max(int(parse_numeral(name[1 : name.index("家")]) or 1) for name in names)


def ordinal(number: int) -> str:
    """The name of a company by its number: 第二家."""
    return f"第{ORDINALS[number - 1] if number <= len(ORDINALS) else number}家"


def offer_company(state: State, moment: Moment) -> Move | None:
    """Offer to look at another company that the text speaks of; None where it speaks of none."""
    plain = normalised(moment.meaning.text).strip()
    is_opened = _HAS.fullmatch(plain) is not None or (_OTHER.match(plain) is not None and _is_told(moment))
    is_spoken_of = speaks_of_other(plain) or is_opened or bool(_letters(plain) - _letters(ordinal_of(state), "甲"))
    if not (state.profile.values or state.declined) or not is_spoken_of or _is_start_over(moment):
        return None
    other = f"{ordinal(counted(state) + 1)}{_named(plain)}"
    offer = Offer(OfferKind.COMPANY, ("yes", "no"), other, moment.meaning.text)
    choices = _choices(state, other)
    return Move(replace(state, offer=offer), (OfferCompany(ordinal_of(state), other, choices),), Then.STOP)


def speaks_of_other(plain: str) -> bool:
    """Whether a text wants another company looked at."""
    if _MERELY.search(plain):
        return False
    return _ON_BEHALF.search(plain) is not None or (
        _OTHER.search(plain) is not None and _WISH.search(plain) is not None
    )


def _letters(plain: str, otherwise: str = "") -> set[str]:
    """The letters by which companies are called in a text: 甲公司, B公司."""
    found = {letter.upper().translate(_SAME) for letter in _LETTER.findall(plain)}
    return found or set(otherwise)


def with_name(before: State, move: Move, moment: Moment) -> Move:
    """The move, with the company called as the text calls it: 甲公司在亦庄."""
    letters, state = _letters(normalised(moment.meaning.text)), move.state
    is_told = state.profile.values != before.profile.values and before.companies == state.companies
    if len(letters) != 1 or not is_told or _letters(state.company):
        return move
    return replace(move, state=replace(state, company=f"{ordinal_of(state)}（{_lettered(moment.meaning.text)}）"))


def hear_name(state: State, moment: Moment) -> Move | None:
    """Keep the name of the company, by which it is told from others; None where the text tells more than that."""
    found = _OWN_NAME.fullmatch(normalised(moment.meaning.text).strip())
    if found is None or moment.meaning.facts:
        return None
    named = f"{ordinal_of(state).partition('（')[0]}（{found['name']}）"
    return Move(replace(state, company=named, misses=0), (Tell(Notice.COMPANY_NAMED),), Then.REPEAT)


def _lettered(text: str) -> str:
    found = _LETTER.findall(normalised(text))
    return f"{found[-1].upper()}公司"


def _is_told(moment: Moment) -> bool:
    """Whether a text that opens with another company goes on to tell of it: 另一家公司：通州的."""
    meaning = moment.meaning
    return meaning.is_of_others or bool(meaning.facts) or meaning.command.intent is Intent.RESTART


def _is_start_over(moment: Moment) -> bool:
    """Whether the user is done with the company spoken of so far: 全部从零问起."""
    wants_anew = (
        re.search(r"从零|从头|清空|重新开始|不看了|不要了|不问了|不用了|不管了", moment.meaning.text) is not None
    )
    return moment.meaning.command.intent is Intent.RESTART and wants_anew


def _choices(state: State, other: str) -> tuple[Choice, ...]:
    return (
        Choice("yes", f"看{other}", ("看", "换", "换过去")),
        Choice("no", f"接着看{ordinal_of(state)}", ("不换", "接着")),
    )


def _named(plain: str) -> str:
    if (whose := _ON_BEHALF.search(plain)) is not None:
        who = whose["whose"] or whose["of"]
        return (
            f"（{who.removeprefix('我')}）"
            if who.endswith(("公司", "企业", "单位"))
            else f"（{who.removeprefix('我')}的公司）"
        )
    called = _CALLED.search(plain)
    if _LETTER.search(plain):
        return f"（{_lettered(plain)}）"
    return f"（{called['name']}）" if called else ""


def take_company(state: State, moment: Moment) -> Move | None:
    """Turn to the company that was offered, or stay with this one; facts told instead are of the other."""
    if (offer := state.offered(OfferKind.COMPANY)) is None:
        return None
    meaning, agrees = moment.meaning, _agrees(state, offer.about, moment)
    if agrees is False:
        return Move(replace(state, offer=None), (Tell(Notice.RESTART_CANCELLED),), Then.REPEAT)
    is_of_this = bool(_letters(normalised(meaning.text)) & _letters(ordinal_of(state)))
    if (agrees is None and not meaning.facts) or is_of_this:
        return None
    turned, said = turn_to(offer.about, state), TurnToCompany(offer.about, ordinal_of(state), 0)
    heard = _heard(offer.said, moment) if agrees else meaning
    before, told = record_facts(turned, heard.facts, heard.unknown, moment.guide)
    return Move(before, some_of(said, told))


def _agrees(state: State, other: str, moment: Moment) -> bool | None:
    """Whether the text takes the other company, or just speaks of it once more; None where it says nothing of that."""
    meaning = moment.meaning
    if (way := chosen(meaning.text, _choices(state, other))) is not None:
        return way == "yes"
    said = read_yes_no(meaning.text, moment.guide.lexicon)
    speaks_of_it = said is None and not meaning.facts and speaks_of_other(normalised(meaning.text))
    return True if speaks_of_it else said


def _heard(text: str, moment: Moment) -> Understanding:
    text = _PLACED.sub(r"我们公司\1", text)
    text = re.sub(rf"{NUMBER}(?:公司)?", "我们公司", text)
    spoken = _THEIRS.sub("我们公司", _ON_BEHALF.sub("我们公司", _OTHER.sub("我们公司", text)))
    return read(spoken, None, moment.guide.lexicon, moment.on)


def turn_back(state: State, moment: Moment) -> Move | None:
    """Turn to a company that is kept aside; None when the text names none of them."""
    if not state.companies:
        return None
    plain, facts = normalised(moment.meaning.text).strip(), moment.meaning.facts
    head = _HEAD.match(plain)
    company = _meant(plain, state) if len(plain) <= LONGEST or head or _letters(plain) else None
    if company is None:
        return None
    if head is not None and company.name.startswith(head[0]):
        facts = _heard(moment.meaning.text, moment).facts
    elif facts and not _letters(plain):
        return None
    said = TurnToCompany(company.name, ordinal_of(state), len(company.profile.values))
    turned, told = record_facts(turn_to(company.name, state), facts, moment.meaning.unknown, moment.guide)
    return Move(turned, some_of(said, told))


def _meant(plain: str, state: State) -> Company | None:
    """The company kept aside that a text names, or means by what it is to this one; None when it names this one."""
    kept, letters = state.companies, _letters(plain)
    if letters & _letters(ordinal_of(state), "甲"):
        return None
    if (named := next((company for company in kept if _is_named(company, plain)), None)) is not None:
        return named
    if len(letters) == 1:
        return next((company for company in kept if _letters(company.name, "甲") == letters), None)
    return kept[0] if len(kept) == 1 and _means_the_other(plain) else _back_to(plain, kept)


def _is_named(company: Company, plain: str) -> bool:
    """Whether a text has the number of the company, or its name or a part of it."""
    number, _, name = company.name.removesuffix("）").partition("（")
    return number in plain or (bool(name) and name in plain) or _is_short_for(plain, name)


def _means_the_other(plain: str) -> bool:
    return bool(_PARENT.fullmatch(plain) or (_THE_OTHER.search(plain) and not _ONE_MORE.search(plain)))


def _back_to(plain: str, kept: Sequence[Company]) -> Company | None:
    """The company that a text goes back to: one's own is the first, any other the one spoken of last."""
    found = _BACK.search(plain)
    if found is None:
        return None
    if _OWN.search(found["which"]):
        return next((company for company in kept if company.name.startswith(ordinal(1))), kept[-1])
    return None if found["which"].startswith("第") else kept[-1]


def _is_short_for(plain: str, name: str) -> bool:
    """Whether a text wants the company by a part of its name: 回到云启."""
    wanted = re.fullmatch(
        r"(?:回到?|切回?到?|换回?到?|再?看)(?P<part>[\u4e00-\u9fffa-z]{2,8}?)(?:那家|公司)?(?:吧|看看)?", plain
    )
    return wanted is not None and wanted["part"] in name.removesuffix("公司")


def turn_to(name: str, state: State) -> State:
    """The state that speaks of the company with this name; the one spoken of so far is kept aside."""
    left = Company(ordinal_of(state), state.profile, state.declined, state.topics, state.passed_topics)
    kept = tuple(company for company in state.companies if company.name not in (name, left.name))
    found = next((company for company in state.companies if company.name == name), Company(name, Profile()))
    return State(
        profile=found.profile,
        declined=found.declined,
        topics=found.topics,
        passed_topics=found.passed_topics,
        is_greeted=True,
        last_seen=state.last_seen,
        set_aside=state.set_aside,
        content_version=state.content_version,
        company=name,
        companies=(*kept, left)[-MOST:],
    )
