"""English, and English among Chinese: a founder who studied abroad is understood as well."""

from datetime import date
from typing import Any

import pytest

from bot.batch.understanding import answer_understand
from bot.understanding.english import in_chinese
from tests.content_fixture import shipped_bundle

ANSWERS: dict[tuple[str, str], Any] = {
    ("region", "Shunyi, close to the airport"): "顺义区",
    ("region", "we are based in Changping"): "昌平区",
    ("region", "our office is in Dongcheng but registered in Daxing"): "大兴区",
    ("region", "We relocated from Fengtai to Shijingshan this year"): "石景山区",
    ("specialized_tier", "none of those"): "none",
    ("specialized_tier", "we hold the municipal level title"): "specialized",
    ("high_tech", "yes 我们有HNTE"): True,
    ("high_tech", "No, we are not"): False,
    ("first_registration", "done it once in 2023"): False,
    ("first_registration", "not yet"): True,
    ("first_trade", "this is our very first deal"): True,
    ("first_trade", "sold it several times"): False,
    ("first_open", "we have never published any data"): True,
    ("amount", "RMB 1.75 million"): 1_750_000,
    ("amount", "three hundred and twenty thousand yuan"): 320_000,
    ("amount", "half a million"): 500_000,
}


@pytest.mark.parametrize(("question", "text"), ANSWERS)
def test_an_answer_in_english_is_read(question: str, text: str) -> None:
    row = {"question": question, "prompt": "", "text": text, "as_of": "2026-10-12"}
    assert answer_understand(row, shipped_bundle().guide)["value"] == ANSWERS[question, text]


@pytest.mark.parametrize("text", ["I have to check with finance", "no idea", "we'd rather not say"])
def test_not_knowing_is_unknown_in_english_too(text: str) -> None:
    row = {"question": "amount", "prompt": "一共多少钱？", "text": text, "as_of": "2026-10-12"}
    assert answer_understand(row, shipped_bundle().guide)["outcome"] == "unknown"


def test_foreign_money_is_asked_for_in_yuan() -> None:
    row = {"question": "amount", "prompt": "一共多少钱？", "text": "USD 2 million", "as_of": "2026-10-12"}
    assert answer_understand(row, shipped_bundle().guide)["outcome"] == "ask"


@pytest.mark.parametrize(
    ("text", "intent"),
    [("I'd like to start over", "restart"), ("can I talk to a real person", "human"), ("what is the maximum", "none")],
)
def test_commands_are_obeyed_in_english(text: str, intent: str) -> None:
    assert (
        answer_understand({"text": text, "as_of": str(date(2026, 10, 12))}, shipped_bundle().guide)["intent"] == intent
    )


@pytest.mark.parametrize("text", ["ok", "gpu", "北京abc科技有限公司", "做saas的", "50w", "y", "数据data入表"])
def test_what_is_no_english_stays_as_it_is(text: str) -> None:
    assert in_chinese(text) == text
