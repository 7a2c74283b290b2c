"""Where a text says that the user's own company is registered, and where it works."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact, Outcome
from bot.understanding.places import OUTSIDE, PlaceMention, Role, find_places, is_move_open, is_undone, read_region
from bot.understanding.polarity import has_any
from bot.understanding.text import Message
from bot.understanding.topics import Topic

_OF_POLICY = re.compile(
    r"^(?:区|市)?(?:的|对|给|那边的?|这边的?|这块|方面)?(?:政策|补贴|钱|措施|奖励|条款|标准|规定|办法|申报|资金|支持|扶持|优惠|文件|管委会|政府|有关部门|给|返|补|奖|出台|发布|要求|认定|批|评|对|稿|细则|那份|那套|数据)"
)
_LEADS = re.compile(
    r"(?:^|我(?=是)|我们|咱们|我司|公司|企业|本公司|单位|咱|自己|俺们|我单位|[甲乙丙]公司|这边|搞错了|其实|应该)(?:是|就)?(?:在|是|搁|注册在|位于|属于|落在|归)?(?:北京市?)?(?:的)?$"
)
_FOLLOWS = re.compile(
    r"^(?!有)(?:区|市|镇|街道|这边|那边|这块|那块|这里|本地)*(?:的)?(?:$|做|搞|从事|注册|企业|公司|单位|厂|一家|一个|[\u4e00-\u9fffa-z0-9]{1,8}(?:公司|企业|机构|厂|院|所|协会|高校|大学)|高校|大学|[\u4e00-\u9fff]{1,8}[业商]$|小公司"
    r"|(?:国家级|市级)?(?:专精特新|小巨人|国家?高新|高新|高企|独角兽|瞪羚)+(?:企业|公司)?(?:的|啊|呀|哈)?$)"
)
_HAS_THERE = re.compile(
    r"^(?:区|市|那边|这边)*(?:还|也)?(?:有|建了?|开了?|租了?|买了?)(?:一?[个座家栋块处]|[一两几三]|机房|数据中心|厂房|工厂)"
)
_OPERATES = re.compile(
    r"实际|经营|业务|开展|运营|生产|研发|干活|工厂|实验室|有[^,]{0,3}办公|租[^,]{0,6}办公|办公[^,]{0,4}租"
)
_WORKS = re.compile(
    r"办公|上班|经营|干活|团队|研发|工位|坐班|分公司|办事处|实际|业务|运营|开展|生产|员工|人都?在|工厂|实验室"
)
_OF_US = re.compile(r"我们|公司|企业|注册")
_FIRM = (Role.REGISTERED, Role.REACHED)
_NOT_TOLD = (Role.DENIED, Role.LEFT, Role.WORKING, Role.OF_POLICY)


def stated_places(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, Fact]]:
    """The region, and the regions of work where another district is named for it or work is spoken of expressly."""
    regions = list(_regions(_without_goal(topics, lexicon), lexicon))
    yield from regions
    working = [
        (i, topic.text, named)
        for i, topic in enumerate(topics)
        if topic.is_stated and (named := _working(topic, find_places(topic.text, lexicon)))
    ]
    every = frozenset(name for _, _, names in working for name in names)
    is_elsewhere = bool(regions) and bool(every - {regions[-1][1].value})
    if is_elsewhere or any(_OPERATES.search(text) for _, text, _ in working):
        yield working[-1][0], Fact("operating_regions", every, working[-1][1])


def _without_goal(topics: Sequence[Topic], lexicon: Lexicon) -> Sequence[Topic]:
    """The clauses without those that only tell where a move leads that is not done yet."""
    plain = ",".join(topic.text for topic in topics)
    if not is_move_open(Message(plain, plain, tuple(topic.clause for topic in topics)), lexicon):
        return topics
    return [t if not _only_reached(t, lexicon) else replace(t, is_stated=False) for t in topics]


def _only_reached(topic: Topic, lexicon: Lexicon) -> bool:
    roles = {mention.role for mention in find_places(topic.text, lexicon)}
    return Role.REACHED in roles and not roles & {Role.LEFT, Role.REGISTERED}


def _regions(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, Fact]]:
    """The region that each clause states; after one by 注册 a mere place name doesn't count."""
    was_firm = False
    is_stayed = is_undone(",".join(topic.text for topic in topics))
    for i, topic in enumerate(topics):
        told = [m for m in _told(topic, lexicon) if not (is_stayed and m.role is Role.REACHED)]
        is_firm = _is_firm(told, topics[max(0, i - 1) : i + 1], lexicon)
        found = _region(topic, lexicon) if told and (is_firm or not was_firm) else None
        if found is not None:
            was_firm = was_firm or is_firm
            yield i, Fact("region", found, topic.text)


def _is_firm(told: Sequence[PlaceMention], topics: Sequence[Topic], lexicon: Lexicon) -> bool:
    """Whether the last clause says that it is the place of registration, or puts right what was said; so may the one
    before it where that names no place."""
    before = "".join(topic.text for topic in topics[:-1] if not find_places(topic.text, lexicon))
    is_put_right = has_any(before + topics[-1].text, lexicon.words.correcting)
    return is_put_right or any(mention.role in _FIRM for mention in told)


def _told(topic: Topic, lexicon: Lexicon) -> list[PlaceMention]:
    mentions = find_places(topic.text, lexicon) if topic.is_stated else ()
    return [m for n, m in enumerate(mentions) if _is_told(topic, m, mentions[n + 1 : n + 2], lexicon)]


def _region(topic: Topic, lexicon: Lexicon) -> str | None:
    answer = read_region(Message(topic.text, topic.text, (topic.clause,)), lexicon)
    return answer.value if answer.outcome is Outcome.VALUE and isinstance(answer.value, str) else None


def _working(topic: Topic, mentions: Sequence[PlaceMention]) -> frozenset[str]:
    """The districts in which a clause says that the work is done."""
    if not _WORKS.search(topic.text):
        return frozenset()
    working = [
        m for i, m in enumerate(mentions) if m.role is Role.WORKING or (i and mentions[i - 1].role is Role.WORKING)
    ]
    return frozenset(m.place.regions[0] for m in working if len(m.place.regions) == 1 and m.role is not Role.REGISTERED)


def _is_told(topic: Topic, mention: PlaceMention, following: Sequence[PlaceMention], lexicon: Lexicon) -> bool:
    """Whether a place is the company's own, rather than where a policy, a contract or a shop is."""
    if mention.role in _NOT_TOLD or not mention.place.regions:
        return False
    after = topic.text[mention.end :]
    if _OF_POLICY.match(after) or _HAS_THERE.match(after):
        return False
    return mention.role in _FIRM or _says_where(topic.text, mention, following, lexicon)


def _says_where(text: str, mention: PlaceMention, following: Sequence[PlaceMention], lexicon: Lexicon) -> bool:
    """Whether a mere place name says where the company is: 我们通州的, 通州一家企业."""
    before, after = text[: mention.start], text[mention.end :]
    if not _LEADS.search(before) or (mention.place.regions == (OUTSIDE,) and not _OF_US.search(text)):
        return False
    return bool(following) or _FOLLOWS.match(after) is not None or has_any(before, lexicon.words.own)
