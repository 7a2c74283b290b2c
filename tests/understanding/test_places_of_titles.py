"""亦庄的小巨人 says where a company is; 客户是海淀的小巨人 and 亦庄的小巨人能领多少 don't."""

from datetime import date

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.reading import read

TODAY = date(2026, 11, 21)


def _regions(text: str, lexicon: Lexicon) -> set[object]:
    return {fact.value for fact in read(text, None, lexicon, TODAY).facts if fact.attribute == "region"}


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("亦庄的小巨人", "经开区"),
        ("海淀的小巨人", "海淀区"),
        ("通州的高企", "通州区"),
        ("经开区小巨人", "经开区"),
        ("丰台的国高新，做软件", "丰台区"),
        ("顺义国家级专精特新小巨人", "顺义区"),
        ("石景山的独角兽企业", "石景山区"),
        ("怀柔市级专精特新企业", "怀柔区"),
        ("您好 我是亦庄的小巨人企业", "经开区"),
        ("密云的专精特新啊", "密云区"),
    ],
)
def test_a_place_before_a_title_is_the_companys_own(text: str, region: str, lexicon: Lexicon) -> None:
    assert _regions(text, lexicon) == {region}


@pytest.mark.parametrize(
    "text",
    [
        "客户是海淀的小巨人", "我们母公司是海淀的小巨人", "隔壁那家是亦庄的小巨人", "要是亦庄的小巨人",
        "海淀的小巨人政策", "亦庄小巨人补贴", "亦庄的小巨人能领多少", "我老婆是通州的",
    ],
)  # fmt: skip
def test_a_place_before_somebody_elses_title_is_not(text: str, lexicon: Lexicon) -> None:
    assert _regions(text, lexicon) == set()
