"""Who asks how to change an answer wishes to change it; who asks whether something else may change, doesn't."""

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Intent
from bot.understanding.reading import read_command


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("注册地怎么改", "region"),
        ("我想改注册地怎么改", "region"),
        ("专精特新选错了怎么办", "specialized_tier"),
        ("专精特新还能重选吗", "specialized_tier"),
        ("行业填错了怎么改", "sector"),
        ("之前报的金额能改吗", "amount"),
        ("刚才那题怎么改", None),
        ("前面填的能改吗", None),
        ("选错了怎么办", None),
        ("刚才点错了咋整", None),
        ("怎么修改我的答案", None),
        ("我填的信息在哪改", None),
    ],
)
def test_a_question_how_to_change_an_answer_wishes_to(text: str, slot: str | None, lexicon: Lexicon) -> None:
    command = read_command(text, lexicon)

    assert (command.intent, command.slot, command.answer) == (Intent.CHANGE_ANSWER, slot, None)


@pytest.mark.parametrize(
    "text",
    [
        "政策会不会改", "申报材料填错了怎么办", "营业期限怎么改", "数据登记证书信息能改吗", "公司名称变更了 证书怎么改",
        "注册地改到亦庄，补贴能多拿吗", "老厂房怎么改才有补贴", "机房改造能报吗", "章程要怎么改", "发票开错了怎么办",
    ],
)  # fmt: skip
def test_a_question_about_another_change_is_none(text: str, lexicon: Lexicon) -> None:
    assert read_command(text, lexicon).intent is Intent.NONE
