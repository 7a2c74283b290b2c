"""A walk through every door of WeCom of a real `policybot serve`, in a process of its own."""

from importlib.util import find_spec

import pytest

from tests.simulators.wecom.walk import walk


def built(*names: str) -> pytest.MarkDecorator:
    """Skips while a door is not in the program yet."""
    missing = [name for name in names if find_spec(f"bot.channels.wecom.{name}") is None]
    return pytest.mark.skipif(bool(missing), reason=f"not built yet: {missing}")


APP, KF, BOT = "app_door", "kf_door", "bot_door"


@pytest.mark.parametrize(
    ("doors", "is_connected"),
    [
        pytest.param(("app",), False, id="app", marks=built(APP)),
        pytest.param(("kf",), False, id="customer service", marks=built(APP, KF)),
        pytest.param(("bot", "group"), False, id="bot by callback", marks=built(BOT)),
        pytest.param(("bot", "group"), True, id="bot by long connection", marks=built(BOT)),
    ],
)
async def test_nothing_is_wrong_on_a_walk(doors: tuple[str, ...], is_connected: object) -> None:
    lines: list[str] = []

    wrong = await walk(doors, lines.append, is_connected=bool(is_connected), quiet=0.2)

    assert wrong == [], "\n".join(lines)
    assert any("通州区" in line for line in lines)
    assert any("依据：" in line or "12345" in line for line in lines)
