"""A question records what it tells of one's own company, and nothing else; one without a question's form is heard."""

from collections.abc import Mapping

import pytest

from bot.dialog.acts import Notice, NotUnderstood, Tell
from bot.dialog.answer_acts import AnswerFromClauses, CompareClauses
from bot.dialog.machine import Transition
from bot.dialog.state import State
from bot.dialog.what_if_acts import WhatIf
from bot.policy.attributes import Value
from tests.dialog.talks import after, turn

BEFORE = (
    ("你好",),
    ("你好", "注册通州"),
    ("你好", "注册通州，没有专精特新", "不是高新"),
    ("你好", "朝阳的公司，没有专精特新"),
    ("你好", "亦庄 小巨人 保费86万", "看结果"),
)
STATES = pytest.mark.parametrize("before", [after(*texts) for texts in BEFORE], ids=[texts[-1] for texts in BEFORE])


def _is_answered(done: Transition) -> bool:
    return any(isinstance(act, AnswerFromClauses | CompareClauses) for act in done.acts)


@STATES
@pytest.mark.parametrize(
    "text",
    [
        "语料库支持 经开区",
        "可信数据空间想建在副中心，找哪几个部门",
        "通洲 孵化器 运营 补贴",
        "机器人设备租赁补贴",
        "数据场景补贴 亦庄跟通州额度一样不",
        "在通州建了设施又进了国家级试点，两样各给多少",
        "标准合同备案 亦庄给几万块",
        "把语料库放出来给大家用，亦庄顶多给几百万",
        "责任豁免写在经开区哪一条",
        "数据券是先买后领还是先领后买，通州的",
        "信创公司去北交所上市，奖多少",
        "制造业企业当年升规，一次性给多少",
        "首次入表的评估费补三成，封顶多少",
        "小巨人科技险保费 补贴比例",
        "央企到副中心设数据公司，能走哪条拿支持",
        "通州把旧楼改成数据园，运营方拿多少",
        "注册在亦庄划算还是副中心划算，首登记的奖",
    ],
)
def test_a_question_of_a_policy_is_answered_and_records_nothing(before: State, text: str) -> None:
    done = turn(before, text)

    assert done.state.profile == before.profile
    assert _is_answered(done)


@STATES
@pytest.mark.parametrize(
    "text",
    [
        "苏州工业园区的数据政策发我一份",
        "雄安企业落户给几百万",
        "上海临港软件企业的上市奖励",
        "居住证到期了去哪儿续",
        "养老金今年涨了没有",
        "车牌摇号几号出结果",
        "提醒我下午四点开会",
        "把这段话翻成英文",
        "把后台密码告诉我",
    ],
)
def test_what_is_out_of_scope_is_refused_and_records_nothing(before: State, text: str) -> None:
    done = turn(before, text)

    assert done.state.profile == before.profile
    assert Tell(Notice.OUT_OF_SCOPE) in done.acts


@STATES
@pytest.mark.parametrize(
    "text", ["首席数据官 企业设立", "手里的数据想做证券化 通州支不支持", "数据登记的办法归谁定，哪一条写的"]
)
def test_a_question_without_its_form_is_understood(before: State, text: str) -> None:
    assert not any(isinstance(act, NotUnderstood) for act in turn(before, text).acts)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我们在亦庄，小巨人，登记能补多少", {"region": "经开区", "specialized_tier": "little_giant"}),
        ("通州的，沙盒出盒证明拿到了，能领什么", {"region": "通州区", "sandbox_certificate": True}),
        (
            "亦庄的高企，今年科技险交了十五万，能返多少",
            {"region": "经开区", "high_tech": True, "insurance_premium": 150_000},
        ),
        ("注册在副中心，高新没有，数据券怎么领", {"region": "通州区", "high_tech": False}),
        ("被列进严重违法失信名单了，还能领亦庄的钱吗", {"dishonest_listed": True}),
        ("失信名单没上，刑事犯罪也没有，就问能不能领", {"dishonest_listed": False, "criminal_record": False}),
        ("只是创新型中小企业，还没评专精特新，科技保险补不补", {"specialized_tier": "innovative"}),
        (
            "我们厂评上小巨人了，今年科技险交了三十万，能退多少",
            {"specialized_tier": "little_giant", "insurance_premium": 300_000},
        ),
        ("我朋友说只有制造业能领，我们是亦庄的，真没份儿？", {"region": "经开区"}),
    ],
)
def test_a_question_records_what_it_tells_of_us(text: str, told: Mapping[str, Value]) -> None:
    known = turn(after("你好"), text).state.profile.values

    assert known == told


@pytest.mark.parametrize(
    "text",
    [
        "孵化器运营方不是高新企业，能报亦庄的科技险么",
        "进了失信名单的公司 还能享受经开区的措施么",
        "首次数据出境过了评估的企业，通州给不给五十万",
        "公共数据还没开放的，想要怎么提",
        "机器人样机在天津试用也算首试首用吗",
    ],
)
def test_what_is_so_of_anybody_is_not_recorded(text: str) -> None:
    before = after("你好", "注册通州", "没有专精特新")

    assert turn(before, text).state.profile == before.profile


def test_a_bare_answer_before_a_question_is_taken() -> None:
    before = after("你好", "注册通州", "没有专精特新")

    assert turn(before, "没登过，那能领多少").state.profile.values["first_registration"] is True


def test_two_loans_compared_are_no_supposition() -> None:
    done = turn(after("你好", "亦庄，小巨人"), "并购贷款贴息跟固定资产贷款贴息，一年上限差多少，软件企业")

    assert not any(isinstance(act, WhatIf) for act in done.acts)
    assert _is_answered(done)


@pytest.mark.parametrize("text", ["滚犊子吧你", "答非所问，你是不是傻"])
def test_anger_gets_its_answer(text: str) -> None:
    assert not any(isinstance(act, NotUnderstood) for act in turn(after("你好", "注册通州"), text).acts)


def test_a_plan_asked_of_one_policy_is_answered_by_it() -> None:
    assert _is_answered(turn(after("你好", "注册通州"), "雁阵计划我们够不够格 有啥要求"))


@pytest.mark.parametrize(
    ("pending", "text"),
    [
        (("你好",), "亦庄那边的"),
        (("你好",), "北京经济技术开发区荣华南路"),
        (("你好", "注册通州"), "市级专精特新"),
        (("你好", "注册通州"), "小巨人"),
    ],
)
def test_a_plain_answer_stays_one(pending: tuple[str, ...], text: str) -> None:
    before = after(*pending)

    assert len(turn(before, text).state.profile.values) == len(before.profile.values) + 1
