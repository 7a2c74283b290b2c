"""What a text tells of without settling it is asked about, and not looked up as if it had been a question."""

import pytest

from tests.dialog.talks import after, turn


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("数据登记证拿了三张了", "first_registration"),
        ("手里有两本数据登记证", "first_registration"),
        ("公司去年入表了，当时是第一次", "first_listing"),
        ("2024年入的表，第一次入", "first_listing"),
        ("去年把数据卖给银行了，没走交易所", "first_trade"),
        ("场外卖过", "first_trade"),
        ("参与了一个国家课题", "national_project_grant"),
        ("承担过国家重点研发计划", "national_project_grant"),
        ("牵头了一个市级专项", "national_project_grant"),
    ],
)
def test_what_is_told_to_be_done_is_asked_about(text: str, asked: str) -> None:
    state = after("亦庄")

    done = turn(state, text)

    assert done.state.asked == asked
    assert done.state.profile.values == state.profile.values


@pytest.mark.parametrize(
    "text",
    [
        "客户数据登记证拿了三张了",
        "打算明年入表",
        "入表了有补贴吗",
        "没参与过课题",
        "想参与国家课题",
        "客户参与了国家课题",
    ],
)
def test_what_is_of_others_to_come_or_asked_opens_no_other_question(text: str) -> None:
    state = after("亦庄")

    assert turn(state, text).state.asked == state.asked


def test_what_is_known_to_be_no_first_time_is_not_asked_again() -> None:
    state = after("亦庄", "没有", "登记过")

    assert turn(state, "数据登记证拿了三张了").state.asked == state.asked


@pytest.mark.parametrize("text", ["没参与过课题", "客户参与了国家课题"])
def test_a_topic_that_is_denied_or_anothers_is_not_picked(text: str) -> None:
    state = after("亦庄", "小巨人", "都是首次")

    assert "technology" not in (turn(state, text).state.topics or ())


def test_a_project_that_one_took_part_in_picks_its_topic() -> None:
    assert "technology" in (turn(after("亦庄", "小巨人", "都是首次"), "参与了一个国家课题").state.topics or ())
