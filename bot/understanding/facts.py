"""All that a message says of the enterprise, whatever question is open."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding.addresses import is_address
from bot.understanding.firms import speaks_of_two
from bot.understanding.first_answers import is_off_exchange
from bot.understanding.firsts import firsts_spoken_of, stated_firsts
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact, Unsettled
from bot.understanding.not_knowing import is_unknown, lacks_only_the_exact
from bot.understanding.owners import own_clauses
from bot.understanding.penalties import stated_days
from bot.understanding.polarity import has_any
from bot.understanding.questions import AnswerType
from bot.understanding.skips import skipped_in
from bot.understanding.stated_choices import stated_choices
from bot.understanding.stated_claims import stated_claims, under_review
from bot.understanding.stated_kinds import stated_kinds
from bot.understanding.stated_places import stated_places
from bot.understanding.stated_sums import stated_sums
from bot.understanding.stated_tiers import stated_tiers
from bot.understanding.stated_trades import stated_trades
from bot.understanding.text import Message
from bot.understanding.topics import Topic, topics_of
from bot.understanding.word_index import Hit
from bot.understanding.years import stated_years


@dataclass(frozen=True, slots=True)
class Statements:
    """The facts, last said of each attribute, the clause numbers that state something, the attributes not known,
    and those of which only parts are told."""

    facts: tuple[Fact, ...] = ()
    clauses: frozenset[int] = frozenset()
    unknown: tuple[str, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    of_others: frozenset[int] = frozenset()


def find_statements(
    message: Message, lexicon: Lexicon, today: date, recent: Sequence[str] = (), pending: str = ""
) -> Statements:
    """The facts and the unknown attributes of a message; a sum without a cue may be of `recent`."""
    if speaks_of_two(message):
        return Statements()
    topics = topics_of(message, lexicon)
    skipped = {i: name for i, t in enumerate(topics) if (name := skipped_in(t.text, pending, lexicon))}
    sums = tuple(stated_sums(topics, lexicon, today, recent, _sum_asked(pending, lexicon)))
    stated = [*_stated(topics, lexicon, today, pending), *(told for told in sums if not isinstance(told, Unsettled))]
    stated += firsts_spoken_of(topics, {fact.attribute for _, fact in stated}, lexicon)
    found = [(i, fact) for i, fact in stated if i not in skipped and _may_state(topics, i, fact, lexicon)]
    last = _last_of(found, lexicon)
    told = frozenset(i for i, _ in found)
    left_open = dict.fromkeys((*_unknown(topics, told, lexicon), *under_review(topics, lexicon), *skipped.values()))
    return Statements(
        facts=tuple(last.values()),
        clauses=told,
        unknown=tuple(name for name in left_open if name not in last),
        unsettled=tuple(each for each in sums if isinstance(each, Unsettled)),
        of_others=_of_others(message, lexicon),
    )


def _stated(topics: Sequence[Topic], lexicon: Lexicon, today: date, pending: str) -> Iterator[tuple[int, Fact]]:
    """All that the clauses state but sums, each with the number of its clause."""
    yield from stated_places(topics, lexicon)
    yield from stated_tiers(topics, lexicon)
    yield from stated_trades(topics, lexicon)
    yield from stated_choices(topics, lexicon)
    yield from stated_kinds(topics, lexicon)
    yield from stated_years(topics, lexicon, today)
    yield from stated_claims(topics, lexicon)
    yield from stated_days(topics, lexicon, today, pending)
    yield from stated_firsts(topics, lexicon, pending)


def _sum_asked(pending: str, lexicon: Lexicon) -> str:
    question = lexicon.questions.get(pending)
    return pending if question is not None and question.type is AnswerType.AMOUNT else ""


def _may_state(topics: Sequence[Topic], at: int, fact: Fact, lexicon: Lexicon) -> bool:
    """Whether a clause may state it: an address states nothing but the place, a sale off the exchange leaves open
    whether it was the first."""
    if fact.attribute == "first_trade" and any(is_off_exchange(topic.clause) for topic in topics[at + 1 :]):
        return False
    return fact.attribute == "region" or not is_address(topics[at].text, lexicon)


def _last_of(found: Sequence[tuple[int, Fact]], lexicon: Lexicon) -> Mapping[str, Fact]:
    """The last fact of each attribute."""
    last: dict[str, Fact] = {}
    for _, fact in sorted(found, key=lambda pair: pair[0]):
        last[fact.attribute] = _joined(last.get(fact.attribute), fact, lexicon)
    return last


def _joined(before: Fact | None, fact: Fact, lexicon: Lexicon) -> Fact:
    """The last of two statements; of trades both count, unless the second takes the first back."""
    if before is None or not isinstance(before.value, frozenset) or not isinstance(fact.value, frozenset):
        return fact
    is_put_right = fact.attribute != "sector" or has_any(fact.said, lexicon.words.correcting)
    return fact if is_put_right else replace(fact, value=before.value | fact.value)


def _of_others(message: Message, lexicon: Lexicon) -> frozenset[int]:
    """The numbers of the clauses that tell something of another company."""
    own = own_clauses(message.clauses, lexicon)
    theirs = ((i, clause) for i, clause in enumerate(message.clauses) if clause not in own)
    indexes = (lexicon.cue_index, lexicon.place_index)
    return frozenset(i for i, clause in theirs if any(index.find(clause.text) for index in indexes))


def _meant(names: Sequence[str], text: str, lexicon: Lexicon) -> str | None:
    """Of several attributes that a cue points to, the sum where money is spoken of, else the claim."""
    wanted = AnswerType.AMOUNT if re.search(r"费|额|钱|多少|利息|价|花", text) else AnswerType.YES_NO
    likely = [name for name in names if lexicon.questions[name].type is wanted] or list(names)
    return likely[0] if len(likely) == 1 else None


def _unknown(topics: Sequence[Topic], told: Collection[int], lexicon: Lexicon) -> tuple[str, ...]:
    """Attributes spoken of in a clause that says nobody knows or tells, or in the clause just before it."""
    found: dict[str, None] = {}
    for i, topic in enumerate(topics):
        if not is_unknown(topic.text, lexicon) or (i - 1 in told and lacks_only_the_exact(topic.text, lexicon)):
            continue
        here = topic if topic.cues or i == 0 else topics[i - 1]
        names = (_meant(hit.meaning, topic.text + here.text, lexicon) for hit in _telling(here.cues))
        found |= {name: None for name in names if name is not None}
    return tuple(found)


def _telling(cues: Sequence[Hit[tuple[str, ...]]]) -> Sequence[Hit[tuple[str, ...]]]:
    """The cues without those of one character beside longer ones: 买 of 保险买了 names nothing more."""
    return [hit for hit in cues if len(hit.word) > 1] or cues
