"""Whole conversations on every channel, with calls that fail and callbacks that are forged: nothing secret gets out."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path

import pytest

from bot.settings import SECRETS
from tests.contracts import speakers
from tests.contracts.speakers import House
from tests.simulators.dingtalk import DingTalk, Mode
from tests.simulators.dingtalk.faults import Faults as DingtalkFaults
from tests.simulators.wecom import WeCom
from tests.simulators.wecom.faults import Faults as WecomFaults

PEOPLE = (speakers.PERSON, speakers.CUSTOMER, speakers.STAFF)
SAID = ("北京甲乙丙丁戊科技有限公司", "13800138000")
TALK = (f"我们是{SAID[0]}，电话{SAID[1]}，在亦庄", "小巨人", "转人工", "看结果")
PLANTED = "PLANTED1234567890planted"
FORGED = (
    ("GET", f"/wecom/app?msg_signature={PLANTED}&timestamp=1&nonce=2&echostr={PLANTED}"),
    ("POST", f"/wecom/app?msg_signature={PLANTED}&timestamp=1&nonce=2"),
    ("POST", f"/wecom/bot?msg_signature={PLANTED}&timestamp=1&nonce=2"),
    ("POST", f"/dingtalk/robot?access_token={PLANTED}"),
    ("POST", f"/api/chat?token={PLANTED}"),
    ("POST", f"/api/{PLANTED}"),
    ("GET", f"/static/{PLANTED}"),
)
BODIES = (f"<xml><Encrypt>{PLANTED}</Encrypt></xml>", f'{{"encrypt":"{PLANTED}","session":"","text":"{PLANTED}"}}', "{")


class Watched:
    """The houses and simulators that a speaker builds, as they are built."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.houses: list[House] = []
        self.wecom: list[WecomFaults] = []
        self.dingtalk: list[DingtalkFaults] = []
        self._housed = speakers.housed
        monkeypatch.setattr(speakers, "housed", self._watch_house)
        monkeypatch.setattr(speakers, "WeCom", self._build_wecom)
        monkeypatch.setattr(speakers, "DingTalk", self._build_dingtalk)

    @asynccontextmanager
    async def _watch_house(self, folder: Path) -> AsyncIterator[House]:
        async with self._housed(folder) as house:
            self.houses.append(house)
            yield house

    def _build_wecom(self) -> WeCom:
        made = WeCom()
        self.wecom.append(made.faults)
        return made

    def _build_dingtalk(self, mode: Mode) -> DingTalk:
        made = DingTalk(mode=mode)
        self.dingtalk.append(made.faults)
        return made

    def break_calls(self) -> None:
        """The next calls fail: with a code, without JSON, by a closed connection."""
        for faults in self.wecom:
            faults.fail(40014)
            faults.answer_status(502)
            faults.garble()
            faults.close()
        for robot in self.dingtalk:
            robot.fail("/v1.0/", 2)


async def answers_to_forged(house: House) -> str:
    """All that is answered to callbacks that nobody could have sent, with headers."""
    said = []
    for method, path in FORGED:
        for body in BODIES:
            headers = {"Content-Type": "application/json", "sign": PLANTED, "timestamp": "1"}
            async with house.ground.client.request(method, house.url + path, data=body, headers=headers) as response:
                assert response.status < 500
                said.append(f"{response.headers}{await response.text()}")
    return "".join(said)


def planted() -> tuple[str, ...]:
    """The secrets of the settings in use."""
    return tuple(value for name, value in os.environ.items() if name in SECRETS and len(value) > 3)


@pytest.mark.parametrize("open_channel", speakers.CHANNELS.values(), ids=speakers.CHANNELS)
async def test_nothing_secret_is_in_logs_metrics_or_answers_to_strangers(
    open_channel: speakers.Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: StringIO
) -> None:
    watched = Watched(monkeypatch)
    async with open_channel(tmp_path, monkeypatch) as speaker:
        (house,) = watched.houses
        for text in TALK[:2]:
            await speaker.talk(text)
        watched.break_calls()
        for text in TALK[2:]:
            await speaker.talk(text)
        told = await answers_to_forged(house)
        metrics = house.ground.metrics.render().decode()
        secrets = (*planted(), *SAID, PLANTED, speaker.key.conversation)
        if speaker.key.channel != "web":
            secrets = (*secrets, *PEOPLE)
            assert planted()

    written = log.getvalue()
    assert "turn" in written
    for where, text in {"log": written, "metrics": metrics, "answers": told}.items():
        assert [one for one in secrets if one in text] == [], where
