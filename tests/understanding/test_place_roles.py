"""Which of several places is that of registration, by what is said around each."""

from datetime import date

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.place_roles import role_features, spots_of
from bot.understanding.reading import read
from bot.understanding.text import split_message

TODAY = date(2026, 11, 21)
REGISTERED = {
    "平谷的公司 库房放在大兴": "平谷区",
    "哦说岔了 是丰台 房山那个是老厂": "丰台区",
    "打算明年春天整体搬去昌平 眼下还是西城德胜门外的照": "西城区",
    "仨股东一个住海淀一个住朝阳 公司开在东小口": "昌平区",
    "总部在深圳 北京只有个办事处": "outside_beijing",
    "老板住顺义公司在怀柔": "怀柔区",
    "冷库租在通州 照是密云的": "密云区",
    "我们公司是在房山注册的然后呢在大兴有个店在丰台有个库": "房山区",
    "房东是朝阳的 我们租他延庆的房子注册的": "延庆区",
    "集团在东城 咱们这个法人在石景山": "石景山区",
    "海淀的老照作废了 新照是门头沟": "门头沟区",
    "亦庄招商找过我们 没去 还在平谷": "平谷区",
    "目前海淀": "海淀区",
    "工商上海淀 办公朝阳": "海淀区",
    "天眼查上是顺义 人早去昌平办公了": "顺义区",
}
OPEN = [
    "不是海淀就是昌平 记不准了",
    "我家住回龙观",
    "孩子在海淀上学",
    "名下海淀朝阳各有一家公司",
    "仓库在大兴 门店在朝阳",
    "门店开在三里屯 五道口 望京",
]


@pytest.mark.parametrize(("text", "region"), REGISTERED.items())
def test_the_place_of_registration_among_several(text: str, region: str, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions["region"], lexicon, TODAY).answer

    assert answer is not None
    assert answer.value == region


@pytest.mark.parametrize("text", OPEN)
def test_places_that_are_something_else_are_asked(text: str, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions["region"], lexicon, TODAY).answer

    assert answer is not None
    assert answer.outcome is Outcome.ASK


def test_a_district_and_a_street_in_it_are_one_place(lexicon: Lexicon) -> None:
    spots = spots_of(split_message("通州台湖的公司，厂在南通的通州区").clauses, lexicon)

    assert [spot.regions for spot in spots] == [{"通州区"}, {"outside_beijing"}]
    assert spots[0].after == "的公司,厂在◇"
    assert spots[1].before == "◇的公司,厂在"


def test_which_number_is_said_beside_a_place_is_no_feature() -> None:
    assert role_features("2019年迁到", "3号楼") == role_features("2022年迁到", "18号楼")
