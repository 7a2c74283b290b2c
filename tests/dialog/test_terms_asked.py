"""A term is explained by its meaning, in dialect and by short names too."""

import pytest

from bot.dialog.answer_acts import ExplainTerm
from tests.dialog.talks import after, turn


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("啥叫登记啊", "首登记"),
        ("首登又是啥子嘛", "首登记"),
        ("入表是个嘛玩意", "数据资产入表"),
        ("数据知识产权登记是撒", "数据知识产权"),
    ],
)
def test_a_term_that_is_asked_for_is_explained(text: str, name: str) -> None:
    done = turn(after("", "注册在昌平", "都没有"), text)

    terms = [act.term.name for act in done.acts if isinstance(act, ExplainTerm)]
    assert terms == [name]
