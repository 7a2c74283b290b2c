"""Texts in the markdown that DingTalk draws, and their titles, which are the notifications."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.dingtalk.forms import MOST_BUTTONS, for_robot, for_webhook
from bot.channels.dingtalk.markdown import LONGEST_TITLE, quiet, title_of, to_markdown
from bot.channels.dingtalk.speaking import Address, Speech, dump_speech, load_speech
from tests.simulators.dingtalk.markdown import buttons_in, problems_of_markdown

SINGLE = Address(staff="0147", nick="小钉", webhook="https://oapi.dingtalk.com/robot/sendBySession?session=1", until=9)
GROUP = Address("cid==", "0147", "小钉")
GUEST = Address("cid==", "", "客户 [点我](http://evil) @所有人\n# 大")


def test_lines_stay_lines_and_headings_become_bold() -> None:
    text = "按您说的情况：\n\n【可以申领】\n1. 数据券：最高 100 万元\n   依据：第 8 条\n· 甲\n· 乙\n好"

    assert to_markdown(text) == (
        "按您说的情况：\n\n**【可以申领】**  \n  **1．数据券：最高 100 万元**  \n  依据：第 8 条\n\n- 甲\n- 乙\n\n好"
    )


def test_only_a_numbered_line_with_details_is_bold() -> None:
    assert to_markdown("1. 甲\n2. 乙") == "1．甲  \n  2．乙"


def test_a_number_and_its_option_stay_together_where_options_stand_in_one_line() -> None:
    assert to_markdown("哪个区？\n1 经开区　2 海淀区") == "哪个区？  \n  1\u00a0经开区　2\u00a0海淀区"
    assert to_markdown("1 经开区\n2 海淀区") == "1 经开区  \n  2 海淀区"


@pytest.mark.parametrize(
    "text", ["|a|b|\n|-|-|\n|1|2|", "```\nx\n```", "[x](http://y)", "# 大", "> 引", "**粗**", "- a", "1) b"], ids=str
)
def test_what_looks_like_markup_is_shown_as_it_is(text: str) -> None:
    shown = to_markdown(text)

    assert problems_of_markdown(shown) == []
    assert buttons_in(shown) == ()
    assert not re.search(r"^[#>|`]|\*\*|\]\(", shown, re.MULTILINE)


@given(st.text(alphabet="ab1 \n#*_`[]()<>|~-+=·.【】？：@中文", max_size=80))
def test_no_text_becomes_a_table_code_or_a_link(text: str) -> None:
    shown = to_markdown(text)

    assert problems_of_markdown(shown) == []
    assert buttons_in(shown) == ()
    assert len(title_of(text)) <= LONGEST_TITLE
    assert title_of(text)


@pytest.mark.parametrize(
    ("text", "is_question", "title"),
    [
        ("记下了：注册地：经开区。\n\n贵公司有认定吗？没有就选“都没有”。\n1 有\n2 没有", True, "贵公司有认定吗？"),
        ("【数据券｜征求意见稿】补 30%。\n依据：第 8 条\n\n注册地在哪个区？", True, "数据券｜征求意见稿"),
        (
            "按您说的情况，截至 2026-11-22：能领 2 项，合计 35 万元。\n\n【可以申领】\n1. 甲",
            True,
            "能领 2 项，合计 35 万元。",
        ),
        ("好，记下了。\n\n刚才的问题：有认定吗？", True, "好，记下了。"),
        ("刚才的问题：有认定吗？", True, "有认定吗？"),
        ("您好", False, "您好"),
        ("", False, "政策小助手"),
    ],
    ids=["question", "answer", "result", "repeated", "only repeated", "plain", "nothing"],
)
def test_a_title_tells_what_it_is_about(text: str, title: str, *, is_question: bool) -> None:
    assert title_of(text, is_question=is_question) == title


@given(st.text(max_size=60))
def test_a_name_that_somebody_gave_themselves_is_only_a_name(name: str) -> None:
    shown = quiet(name)

    assert "\n" not in shown
    assert not set(shown) & set("*_`[]<>|~@")
    assert buttons_in(to_markdown(shown)) == ()


def test_buttons_say_the_label_for_the_user() -> None:
    body = for_webhook(SINGLE, Speech("有吗？\n1 有 & 是\n2 没有", ("有 & 是", "没有")))
    call = for_robot(SINGLE, Speech("有吗？\n1 有 & 是\n2 没有", ("有 & 是", "没有")))

    assert body["msgtype"] == "actionCard"
    assert "dtmd://dingtalkclient/sendMessage?content=%E6%9C%89%20%26%20%E6%98%AF" in str(body)
    assert call.key == "sampleActionCard2"
    assert '"actionTitle2":"没有"' in call.param


def test_one_button_is_a_single_one() -> None:
    speech = Speech("第 1 页，共 2 页", ("更多",))

    card = for_webhook(SINGLE, speech)["actionCard"]

    assert isinstance(card, dict)
    assert (card["singleTitle"], "btns" in card) == ("更多", False)
    assert for_robot(SINGLE, speech).key == "sampleActionCard"


def test_too_many_options_stand_in_the_text_alone() -> None:
    speech = Speech("选一个", tuple(str(number) for number in range(MOST_BUTTONS + 1)))

    assert for_webhook(SINGLE, speech)["msgtype"] == "markdown"
    assert for_robot(SINGLE, speech).key == "sampleMarkdown"


def test_a_group_has_a_mention_and_no_buttons_that_would_not_reach_the_robot() -> None:
    body = for_webhook(GROUP, Speech("有吗？\n1 有\n2 没有", ("有", "没有")))

    assert body["at"] == {"atUserIds": ["0147"], "isAtAll": False}
    assert body["markdown"] == {
        "title": "有吗？",
        "text": "@0147\n\n有吗？  \n  1 有  \n  2 没有\n\n在群里回复时，请先 @我。",
    }


def test_a_guest_is_named_and_can_not_mention_everybody() -> None:
    body = for_webhook(GUEST, Speech("您好"))

    assert "at" not in body
    assert body["markdown"] == {"title": "您好", "text": "客户 ［点我］(http ://evil) ＠所有人 # 大：\n\n您好"}


def test_a_file_is_plain_text() -> None:
    speech = Speech('{"a": "*_[]"}', is_file=True)

    assert for_webhook(SINGLE, speech) == {"msgtype": "text", "text": {"content": speech.text}}
    assert for_robot(SINGLE, speech).key == "sampleText"


@pytest.mark.parametrize("to", [SINGLE, GROUP, GUEST], ids=["single", "group", "guest"])
def test_what_is_kept_of_a_message_is_all_of_it(to: Address) -> None:
    speech = Speech("有吗？", ("有", "没有"), "tier")

    assert load_speech(dump_speech(to, speech)) == (to, speech)
    assert "webhook" not in dump_speech(to.without_webhook(), speech).decode().replace('"webhook": ""', "")
