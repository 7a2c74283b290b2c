"""The sum in a proof: with its rule, and said once."""

import re
from datetime import date

from bot.policy.attributes import Profile
from bot.policy.matching import match
from bot.rendering.result_views import say_amount_and_rule
from tests.content_fixture import shipped_bundle


def test_no_proof_says_its_sum_twice() -> None:
    knowledge = shipped_bundle().guide.knowledge

    told = [say_amount_and_rule(one) for one in match(knowledge.clauses, Profile(), date(2026, 11, 22))]

    assert [text for text in told if re.match(r"(.+?)（\1", text)] == []
    assert sum("万元" in text for text in told) > 50
