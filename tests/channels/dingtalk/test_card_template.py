"""The card template that is shipped for import: its variables are those that are sent and changed."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.dingtalk.cards import params_of
from bot.channels.dingtalk.clicks import Click, _change, read_click
from bot.channels.dingtalk.speaking import Address, Speech
from bot.doors.dingtalk import register_cards
from bot.errors import RequestError
from bot.settings import load_settings
from tests.simulators.dingtalk import DingTalk, Mode

FILE = Path(__file__).parents[3] / "deploy" / "dingtalk" / "card-template.json"


def editor_data() -> dict[str, Any]:
    exported = json.loads(FILE.read_text(encoding="utf-8"))
    assert (exported["type"], exported["mode"]) == ("im", "card")
    data: dict[str, Any] = json.loads(exported["editorData"])
    return data


def test_the_template_has_the_variables_that_are_sent() -> None:
    variables = {one["name"]: one["private"] for one in editor_data()["variableList"]}

    sent = params_of(Address(staff="0147"), Speech("有吗？", ("有", "没有"), "tier"))

    assert {name for name, is_private in variables.items() if not is_private} == set(sent)
    assert [name for name, is_private in variables.items() if is_private] == ["mine"]
    assert set(_change({}, {"mine": "x"})["userPrivateData"]["cardParamMap"]) == {"mine"}  # type: ignore[index]


def test_a_button_of_the_template_names_its_option() -> None:
    (loop,) = [
        one for one in editor_data()["schema"]["componentsTree"][0]["children"] if one["componentName"] == "Loop"
    ]
    (button,) = loop["children"]
    options = json.loads(params_of(Address(staff="0147"), Speech("有吗？", ("有", "没有")))["options"])

    action = button["props"]["actionId"]["content"].replace("${loop.id}", options[1]["id"])
    content = {"cardPrivateData": {"actionIds": [action], "params": {}}}

    assert loop["props"]["listData"]["variable"] == "options"
    assert button["props"]["actionType"] == "request"
    assert button["props"]["text"]["content"].replace("${loop.label}", options[1]["label"]) == "没有"
    assert read_click({"outTrackId": "o1", "userId": "0147", "content": json.dumps(content)}) == Click("o1", "0147", 2)


async def test_clicks_over_http_go_where_they_are_registered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    async with DingTalk(mode=Mode.HTTP) as dingtalk:
        for name, value in dingtalk.settings.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(RequestError, match="HTTP 方式"):
            await register_cards(load_settings(), "https://zc.example.com")
        monkeypatch.setenv("POLICYBOT_DINGTALK_CARD_TEMPLATE", "t.schema")
        monkeypatch.setenv("POLICYBOT_DINGTALK_CARD_SECRET", "s1")
        with pytest.raises(RequestError, match="https://"):
            await register_cards(load_settings(), "http://zc.example.com")

        said = await register_cards(load_settings(), "https://zc.example.com/")

        route = dingtalk.cards.routes["policybot"]
        assert (route.url, route.secret) == ("https://zc.example.com/dingtalk/card", "s1")
        assert said == "登记好了：点卡片会送到 https://zc.example.com/dingtalk/card"
        dingtalk.faults.fail("/v1.0/card/callbacks/register", 1, status=403, body={"code": "Forbidden"})
        with pytest.raises(RequestError, match="权限"):
            await register_cards(load_settings(), "https://zc.example.com")
        assert dingtalk.violations == []
