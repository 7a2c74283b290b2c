"""导出我的资料: asked for in many words, and never taken for a question about data."""

import json

import pytest

from bot.dialog.exporting import asks_for_export
from bot.dialog.kept_acts import ExportKept
from bot.rendering.kept_views import dump_export
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import after, turn


@pytest.mark.parametrize(
    "text",
    [
        "导出我的资料",
        "导出",
        "下载",
        "导出数据",
        "导出全部资料吧",
        "把我的资料导出来",
        "帮我导出我们公司的信息",
        "我填的内容能下载一份吗",
        "我要下载我的数据",
        "把聊天记录打包给我一份",
        "怎么导出我的资料",
        "导出我的资料，要JSON",
    ],
)
def test_a_wish_for_a_copy_is_heard(text: str) -> None:
    assert asks_for_export(text, shipped_bundle().guide)


@pytest.mark.parametrize(
    "text",
    [
        "数据出境要备案吗",
        "数据导出有什么规定",
        "申报材料在哪下载",
        "下载政策原文",
        "我们把数据导出给境外客户要评估吗",
        "删除我的资料",
        "不要导出我的资料",
        "你们会导出我的数据吗",
        "我的资料",
        "我们公司有数据资源",
    ],
)
def test_what_is_no_such_wish_is_left_to_others(text: str) -> None:
    assert not asks_for_export(text, shipped_bundle().guide)


def test_the_copy_has_all_answers_with_values_as_profiles_are_written() -> None:
    state = after("亦庄，小巨人，保费53万", "不清楚", "重新开始", "确定", "通州区", "跳过")

    act = next(act for act in turn(state, "导出我的资料").acts if isinstance(act, ExportKept))

    content = json.loads(dump_export(act))
    assert content["profile"] == {"region": "通州区"}
    assert content["set_aside"] == {"region": "经开区", "specialized_tier": "little_giant", "insurance_premium": 530000}
    assert content["left_open"] == ["specialized_tier"]


def test_the_open_question_comes_back_after_it() -> None:
    state = after("亦庄")

    assert turn(state, "导出我的资料").state.pending == state.pending
