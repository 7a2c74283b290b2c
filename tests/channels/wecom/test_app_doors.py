"""The app as the settings turn it on."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.app import open_content
from bot.channels.wecom.app_door import PATH
from bot.doors.building import build_doors
from bot.doors.foundation import Foundation
from bot.metrics import Metrics
from bot.sessions.memory import MemoryStore
from bot.settings import Settings, load_settings
from tests.channels.wecom.vectors import CONFIG


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The settings of the app without its secret; a test may add that."""
    given = {"CORP_ID": CONFIG["corp_id"], "AGENT_ID": "1000002", "TOKEN": CONFIG["token"]}
    for name, value in {**given, "AES_KEY": CONFIG["encoding_aes_key"]}.items():
        monkeypatch.setenv(f"POLICYBOT_WECOM_{name}", value)
    return monkeypatch


@pytest_asyncio.fixture
async def ground() -> AsyncIterator[Foundation]:
    metrics = Metrics()
    async with aiohttp.ClientSession() as client:
        yield Foundation(
            MemoryStore(), client, metrics, open_content(Settings.model_construct(content=None), metrics), 30
        )


async def test_without_settings_there_is_no_door(ground: Foundation) -> None:
    assert build_doors(load_settings(), ground) == ()


@pytest.mark.usefixtures("settings")
async def test_without_a_secret_nothing_is_sent(ground: Foundation) -> None:
    door = build_doors(load_settings(), ground)[0]

    assert door.names == ()


async def test_with_a_secret_the_door_sends(settings: pytest.MonkeyPatch, ground: Foundation) -> None:
    settings.setenv("POLICYBOT_WECOM_SECRET", "secret")

    door = build_doors(load_settings(), ground)[0]
    app = aiohttp.web.Application()
    door.add_routes(app)

    assert door.names == ("wecom",)
    assert {(route.method, route.resource and route.resource.canonical) for route in app.router.routes()} == {
        ("GET", PATH), ("POST", PATH),
    }  # fmt: skip
    loaded = load_settings().wecom_app
    assert loaded is not None
    assert loaded.secret == SecretStr("secret")
    assert "secret" not in repr(door)
