"""A walk through every door of WeCom of a real `policybot serve`, in a process of its own."""

import pytest

from tests.simulators.wecom.walk import walk


@pytest.mark.parametrize(
    ("doors", "is_connected"),
    [
        pytest.param(("app",), False, id="app"),
        pytest.param(("kf",), False, id="customer service"),
        pytest.param(("bot", "group"), False, id="bot by callback"),
        pytest.param(("bot", "group"), True, id="bot by long connection"),
    ],
)
async def test_nothing_is_wrong_on_a_walk(doors: tuple[str, ...], is_connected: object) -> None:
    lines: list[str] = []

    wrong = await walk(doors, lines.append, is_connected=bool(is_connected), quiet=0.2)

    assert wrong == [], "\n".join(lines)
    assert any("通州区" in line for line in lines)
    assert any("依据：" in line or "12345" in line for line in lines)
