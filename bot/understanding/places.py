"""Where an enterprise is registered, from how people say it: districts, parks, streets, a move, an office elsewhere."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from bot.understanding.addresses import without_inner
from bot.understanding.lexicon import Lexicon, Place, once
from bot.understanding.meaning import ASK, Answer, Lack, Outcome
from bot.understanding.place_clauses import told_clauses
from bot.understanding.polarity import has_any, strip_fillers, supposes
from bot.understanding.sounds import word_of_sound
from bot.understanding.text import Message

_DENIED = re.compile(
    r"(?:(?:别|不要|可别|没)(?:跟|和|同|与|当成|以为是?)|不是|不在|并非|非|没在|不属于|不归|没有在|没注册在|不注册在|而不是|不算)(?:北京市?|注册在|在|去|说)?$"
)
_LEFT = re.compile(
    r"(?:从|由|离开|搬离|迁出|迁离|原来在|以前在|之前在|原先在|原在|早先在|本来在|过去在|原注册在|原来是|以前是|之前是"
    r"|(?:老|旧|原来?|从前|以前|之前|上一|过去)(?:的|那)?(?:[张份本个])?(?:营业)?(?:执照|照)(?:上|里|地址)*(?:写的?|登的?|填的?)?(?:就?是|在)?)(?:北京市?)?$"
)
_LEFT_AFTER = re.compile(
    r"^区?(?:(?:转|挪|变更|改)(?:到|去|往|至|成|为|入)?$|迁|搬|出来|那边迁|那边搬|迁出|搬出|搬走|迁走|过来的)"
)
_TAKEN_BACK = re.compile(r"^区?(?:不对|错了|说错)")
_PEOPLE = re.compile(r"(?:人|办公|办公室|团队|员工|大家|研发|人员)[\u4e00-\u9fff]{0,3}(?:搬|迁|挪|去)")
_WITH_LICENCE = re.compile(r"执照|注册|工商|连[^,]{0,4}照|带照")
"""连执照带人搬去: not the people alone."""
_SOON = re.compile(r"(?:马上|即将|快|下个?月|明年|年底|打算|准备|要|想|计划|考虑)[^,]{0,4}(?:迁|搬|挪|变更)")
_UNDER_WAY = re.compile(r"正在?[^,]{0,10}(?:迁|搬|挪|变更)(?!完|好)")
_LICENCE_OPEN = re.compile(
    r"(?:执照|注册地?址?|工商|地址|登记|手续|变更)[^,]{0,5}(?:没|未|在)(?:来得及|有|去)?(?:换|变|改|办|迁|更新|下来|搞|弄|走|完成)(?!过)"
)
_EITHER = re.compile(r"还是|或者?|要么|不知道是|不是[^,]{1,8}就是(?=[^,]{2})")
_RATHER = re.compile(r"[,，]?(?:而?是|在|而在|是在)")
_FELL_THROUGH = re.compile(
    r"[迁搬转挪变][^,，。]{0,12}(?:黄|泡汤|作罢|搁浅|取消|驳回|撤回|没批|没成|不了了之)|执照没动"
    r"|(?:^|[,，。])[^,，。]{0,4}(?:黄了|泡汤|作罢|搁浅|没成|没[迁搬转挪办改]成|没[迁搬转挪](?!完)|不[迁搬转挪]了)"
)
_TURNED = re.compile(r"^区?[转挪][到去往至成]?$")
_MOVING = re.compile(r"[迁搬挪]|变更|改到|转(?![型化让账租折换])")
_VAGUELY = re.compile(r"(?:公司|企业|单位)(?:设)?在$")
_POLICY_AFTER = re.compile(
    r"(?:区|市)?(?:这边|那边|那里|这里)?的?(?:(?:数据|算力|模型|服务|创新)券|政策|补贴|措施|奖励|条款|扶持|优惠|细则|征求意见|办法)"
)
_AROUND_PLACE = re.compile(r"^(?:公司|企业|单位)?(?:就?是|就?在)?(?:北京市?)?|(?:区|市)?(?:那边|这边|那块|里)?的?$")
_OFFICES = re.compile(r"办公大?楼")
_ENGLISH = re.compile(
    r"\b(?:we|i|it|are|is|our|my|company|office|registered|located|based|in|at|the|of|district|beijing|china)\b|[,.!?]"
)


class Role(Enum):
    """What a place in a text is: of the registration, of the work, left behind, to come, denied, or a policy's."""

    REGISTERED = "registered"
    WORKING = "working"
    LEFT = "left"
    REACHED = "reached"
    DENIED = "denied"
    OF_POLICY = "of_policy"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place in a clause and its role."""

    place: Place
    role: Role
    start: int = 0
    end: int = 0


@once
def find_places(clause: str, lexicon: Lexicon) -> tuple[PlaceMention, ...]:
    """The places in a normalised clause with their roles, from left to right."""
    hits = without_inner(clause, lexicon.place_index.find(clause))
    found: list[PlaceMention] = []
    for i, hit in enumerate(hits):
        before = clause[hits[i - 1].end if i else 0 : hit.start]
        after = clause[hit.end : hits[i + 1].start if i + 1 < len(hits) else len(clause)]
        is_same_place = bool(found) and before in ("", "区", "市", "的", "区的")
        if found and found[-1].role is Role.DENIED and _RATHER.fullmatch(before):
            before = clause[: hit.start]
        role = found[-1].role if is_same_place else _role(before, _OFFICES.sub("", after), lexicon)
        found.append(PlaceMention(hit.meaning, role, hit.start, hit.end))
    return _with_policies(clause, found)


def _with_policies(clause: str, found: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Of 海淀中关村的政策 both names are the policy's."""
    marked = list(found)
    for i in range(len(marked) - 1, -1, -1):
        mention = marked[i]
        is_joined = i + 1 < len(marked) and mention.end == marked[i + 1].start
        if _POLICY_AFTER.match(clause, mention.end) or (is_joined and marked[i + 1].role is Role.OF_POLICY):
            marked[i] = replace(mention, role=Role.OF_POLICY)
    return tuple(marked)


def _role(before: str, after: str, lexicon: Lexicon) -> Role:
    if _DENIED.search(before) or _TAKEN_BACK.match(after):
        return Role.DENIED
    if _LEFT.search(before):
        return Role.LEFT
    moved = max((before.rfind(word) for word in (*lexicon.words.moved, "往", "搬", "迁")), default=-1)
    if (moved >= 0 and moved >= len(before) - 6) or _TURNED.search(before):
        return Role.WORKING if _is_of_people(before) else Role.REACHED
    return Role.LEFT if _LEFT_AFTER.match(after) else _stated_role(before, after, lexicon)


def _is_of_people(before: str) -> bool:
    return _PEOPLE.search(before) is not None and _WITH_LICENCE.search(before) is None


def _stated_role(before: str, after: str, lexicon: Lexicon) -> Role:
    """By the words of registration or work that stand nearest before, else by those behind."""
    words = lexicon.words
    registered = max((before.rfind(word) for word in words.registered), default=-1)
    working = max((before.rfind(word) for word in words.working), default=-1)
    if _VAGUELY.search(before) and has_any(after, words.working):
        return Role.WORKING
    if registered >= 0 or working >= 0:
        return Role.REGISTERED if registered >= working else Role.WORKING
    if has_any(after, words.registered):
        return Role.REGISTERED
    return Role.WORKING if has_any(after, words.working) else Role.PLAIN


_OF_LICENCE = re.compile(r"注册|执照|工商")
_ONLY_AN_OFFICE = re.compile(r"北京[^,]{0,4}(?:只|就|仅|才)[^,]{0,4}(?:办事处|联络[处点]|代表处|办公点)")
OUTSIDE = "outside_beijing"
_NOT_WORKING = (Role.DENIED, Role.LEFT, Role.OF_POLICY)


def read_region(message: Message, lexicon: Lexicon) -> Answer:
    """The region of registration that the message names; ASK with candidates where it leaves several open."""
    is_stayed = is_undone(message.plain)
    mentions: list[PlaceMention] = []
    for text, found in _named(told_clauses(message, lexicon), lexicon):
        mentions = [*_kept(mentions, text, lexicon), *found]
        if not is_stayed and _names_either(text, mentions):
            return Answer(Outcome.ASK, candidates=_regions_of(mentions))
    if _name_no_region(mentions, message):
        return _by_sound(message, lexicon)
    if any(m.place.regions == (OUTSIDE,) for m in mentions) and _ONLY_AN_OFFICE.search(message.plain):
        return Answer(Outcome.VALUE, OUTSIDE)
    return _settle(_without_denied(mentions), is_moving=is_stayed or is_move_open(message, lexicon))


def _without_denied(mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The places without what is also said not to be it: 老板住通州，公司不在通州，在海淀."""
    denied = {m.place.regions for m in mentions if m.role is Role.DENIED}
    return [m for m in mentions if m.role is not Role.PLAIN or m.place.regions not in denied]


def _name_no_region(mentions: Sequence[PlaceMention], message: Message) -> bool:
    """Whether no place is named, or none but Beijing in a text without a Chinese character."""
    return not mentions or (message.plain.isascii() and not any(mention.place.regions for mention in mentions))


def _named(told: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[str, Sequence[PlaceMention]]]:
    """Each clause with its places: beside one that speaks of the licence, 公司在大兴 tells where one works."""
    licensed = [text for text in told if _tells_of_licence(text, lexicon)]
    for text in told:
        places = find_places(text, lexicon)
        yield text, places if text in licensed or not licensed else [_not_registered(each) for each in places]


def _not_registered(mention: PlaceMention) -> PlaceMention:
    return replace(mention, role=Role.WORKING) if mention.role is Role.REGISTERED else mention


def _tells_of_licence(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause says by the word where the company is registered."""
    is_told = any(m.role is Role.REGISTERED and m.place.regions for m in find_places(text, lexicon))
    is_open = supposes(text, lexicon) or has_any(text, (*lexicon.words.planning, *lexicon.words.moving))
    return is_told and not is_open and _OF_LICENCE.search(text) is not None


def _names_either(text: str, mentions: Sequence[PlaceMention]) -> bool:
    """Whether a clause leaves open which of several places it is."""
    return _EITHER.search(text) is not None and len({mention.place.regions for mention in mentions}) > 1


def _kept(mentions: Sequence[PlaceMention], text: str, lexicon: Lexicon) -> Sequence[PlaceMention]:
    """The places named before, or where a clause puts them right only those that were denied."""
    is_put_right = has_any(text, lexicon.words.correcting)
    return [mention for mention in mentions if mention.role is Role.DENIED] if is_put_right else mentions


def _is_moving(text: str, lexicon: Lexicon) -> bool:
    if has_any(text, lexicon.words.moving) or _SOON.search(text) is not None:
        return True
    return _UNDER_WAY.search(text) is not None or _LICENCE_OPEN.search(text) is not None


def is_undone(text: str) -> bool:
    """Whether a text tells of a move that came to nothing: 迁通州的事黄了, 没搬成."""
    return _FELL_THROUGH.search(text) is not None and _speaks_of_moving(text)


def is_move_told(message: Message, lexicon: Lexicon) -> bool:
    """Whether it tells of a move that came to nothing, or whence and whither one went and of no other place."""
    mentions = [m for clause in message.clauses for m in find_places(clause.text, lexicon) if m.place.regions]
    return is_undone(message.plain) or {m.role for m in mentions} == {Role.LEFT, Role.REACHED}


def _speaks_of_moving(text: str) -> bool:
    return _MOVING.search(text) is not None


def is_move_open(message: Message, lexicon: Lexicon) -> bool:
    """Whether the message tells of a move that is not done on the licence yet."""
    return _speaks_of_moving(message.plain) and any(_is_moving(c.text, lexicon) for c in message.clauses)


def _settle(mentions: Sequence[PlaceMention], *, is_moving: bool) -> Answer:
    of = {role: [m for m in mentions if m.role is role] for role in Role}
    if is_moving:
        stays = of[Role.LEFT] or of[Role.REGISTERED] or of[Role.PLAIN]
        return _one_of(stays) if stays else Answer(Outcome.ASK, lack=Lack.NOT_MOVED_YET)
    for role in (Role.REACHED, Role.REGISTERED, Role.PLAIN):
        if of[role]:
            return _one_of(of[role])
    return Answer(Outcome.ASK, candidates=_regions_of(of[Role.WORKING]))


def _one_of(mentions: Sequence[PlaceMention]) -> Answer:
    """The one region that all the places allow: 通州台湖 is 通州区, 台湖 alone is not told."""
    named = [m for m in mentions if m.place.regions]
    if not named:
        return Answer(Outcome.ASK, lack=Lack.WHICH_DISTRICT)
    if named[0].place.regions == (OUTSIDE,) and _is_adjacent(named):
        return Answer(Outcome.VALUE, OUTSIDE)
    common = set(named[0].place.regions).intersection(*(mention.place.regions for mention in named))
    if len(common) == 1 and (_is_adjacent(named) or any(len(m.place.regions) == 1 for m in named)):
        return Answer(Outcome.VALUE, common.pop())
    return Answer(Outcome.ASK, candidates=_regions_of(named))


def _is_adjacent(named: Sequence[PlaceMention]) -> bool:
    return all(second.start - first.end <= 1 for first, second in pairwise(named))


def _regions_of(mentions: Sequence[PlaceMention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(region for m in mentions for region in m.place.regions))


def _by_sound(message: Message, lexicon: Lexicon) -> Answer:
    alone = _place_alone(message, lexicon)
    name = word_of_sound(alone, lexicon.place_sounds)
    place = None if name is None else lexicon.place_index.get(name)
    if place is not None and f"{alone}区" in message.bare and place.regions != (f"{name}区",):
        return ASK
    return ASK if place is None or len(place.regions) != 1 else Answer(Outcome.VALUE, place.regions[0])


def _place_alone(message: Message, lexicon: Lexicon) -> str:
    """What is left of a short message without 我们公司在 before and 区那边 after."""
    core = strip_fillers(message.bare, lexicon)
    if message.plain.isascii() and (latin := " ".join(_ENGLISH.sub(" ", message.plain).split())):
        return latin
    for word in sorted((*lexicon.words.own, *lexicon.words.registered), key=len, reverse=True):
        core = core.removeprefix(word)
    return _AROUND_PLACE.sub("", core)


def read_regions(message: Message, lexicon: Lexicon) -> Answer:
    """All regions in which the work is done, as a set."""
    places = ((clause.text, m) for clause in message.clauses for m in find_places(clause.text, lexicon))
    told = [(text, m) for text, m in places if _may_be_of_work(m)]
    working = [m for text, m in told if not _is_of_licence(text, m)]
    found = frozenset(m.place.regions[0] for m in working if len(m.place.regions) == 1)
    if unsettled := [m for m in working if found.isdisjoint(m.place.regions)]:
        return Answer(Outcome.ASK, candidates=_regions_of(unsettled))
    if found:
        return Answer(Outcome.VALUE, found)
    return ASK if told else _as_set(_by_sound(message, lexicon))


def _is_of_licence(text: str, mention: PlaceMention) -> bool:
    return mention.role is Role.REGISTERED and _OF_LICENCE.search(text) is not None


def _may_be_of_work(mention: PlaceMention) -> bool:
    return mention.role not in _NOT_WORKING and bool(mention.place.regions)


def _as_set(answer: Answer) -> Answer:
    return Answer(Outcome.VALUE, frozenset({answer.value})) if isinstance(answer.value, str) else answer
