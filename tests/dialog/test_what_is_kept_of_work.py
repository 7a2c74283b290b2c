"""What is kept of earlier work makes an answer no other one, whoever was answered before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from bot.cases.conversation_files import Conversation
from bot.dialog.flows import Guide
from bot.dialog.machine import Transition, advance
from bot.dialog.remaining import Left, Remaining, Supposed, left_of
from bot.dialog.state import State
from bot.policy.attributes import Profile
from bot.policy.matching import Verdict
from tests.content_fixture import shipped_bundle, shipped_suite
from tests.dialog.talks import NOW

GUIDE = shipped_bundle().guide
TALKS = [each for each in shipped_suite().conversations if not each.channel.endswith("_group")]
NOTHING: frozenset[str] = frozenset()


def forgetful() -> Guide:
    """The same content, with nothing kept."""
    return replace(GUIDE, lexicon=replace(GUIDE.lexicon))


def played(says: Sequence[str], guide: Guide) -> list[Transition]:
    state, done = State(), []
    for say in says:
        done.append(advance(state, say, NOW, guide))
        state = done[-1].state
    return done


@pytest.mark.parametrize("talk", Random(4).sample(TALKS, 12), ids=str)
def test_a_conversation_goes_the_same_on_content_that_answered_others(talk: Conversation) -> None:
    says = [turn.say for turn in talk.turns]

    assert played(says, GUIDE) == played(says, GUIDE) == played(says, forgetful())


def test_two_companies_with_the_same_words_and_other_answers_are_told_apart() -> None:
    one, other = ["亦庄，小巨人", "科技保险交了20万", "看结果"], ["亦庄，小巨人", "科技保险交了30万", "看结果"]

    first, second = played(one, GUIDE), played(other, GUIDE)

    assert first[-1].acts != second[-1].acts
    assert (first, second) == (played(one, forgetful()), played(other, forgetful()))


def test_the_day_is_told_apart() -> None:
    states = [advance(State(), "亦庄，小巨人，保费20万", day, GUIDE).state for day in (NOW, NOW.replace(year=2028))]

    shown = [advance(state, "看结果", state.last_seen or NOW, GUIDE).acts for state in states]

    assert shown[0] != shown[1]


def some_verdicts(seed: int) -> tuple[Profile, tuple[Verdict, ...]]:
    random = Random(seed)
    values = {"region": random.choice(("经开区", "海淀区")), "high_tech": random.random() < 0.5}
    profile = Profile({name: value for name, value in values.items() if random.random() < 0.7})
    return profile, GUIDE.matcher.match(profile, date(2026, 7, 15))


@pytest.mark.parametrize("seed", range(6))
def test_what_is_left_of_a_verdict_is_what_is_left_of_its_tree(seed: int) -> None:
    profile, verdicts = some_verdicts(seed)
    closed = frozenset({"criminal_record", "dishonest_listed"}) if seed % 2 else NOTHING
    remaining = Remaining(closed, GUIDE.looked_at)
    supposed = Supposed("region", profile.with_value("region", "经开区"), date(2026, 7, 15))

    for verdict in verdicts:
        assert remaining.of(verdict.finding) == left_of(verdict.finding, closed)
        after: Left = remaining.after(verdict.finding, supposed)
        assert after == left_of(verdict.finding, closed, supposed)
