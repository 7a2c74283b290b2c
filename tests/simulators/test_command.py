"""`policybot simulate`: a platform of the tests as a developer starts it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import bot
from tests.commands import run
from tests.simulators.base import PATIENCE
from tests.test_server import get


@pytest.mark.parametrize("platform", ["wecom", "dingtalk"])
def test_the_page_is_there_until_the_command_is_ended(platform: str) -> None:
    command = [sys.executable, "-m", "bot", "simulate", platform, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stdout)
            address = next(one[0] for one in found if one)
            status, page = get(f"{address}/")
            process.terminate()
            process.wait(PATIENCE)
            with pytest.raises(OSError, match="refused"):
                get(f"{address}/")
        finally:
            process.kill()

    assert (status, "<script" in page) == (200, True)


def test_a_platform_that_nobody_knows_is_refused() -> None:
    refused = run("simulate", "feishu")

    assert refused.status == 2
    assert "'wecom', 'dingtalk'" in " ".join(refused.err.replace("│", "").split())


def test_where_the_sources_are_missing_it_is_said_where_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot, "__file__", str(tmp_path / "bot" / "__init__.py"))

    refused = run("simulate", "wecom")

    assert (refused.status, refused.out) == (1, "")
    assert "模拟器只在源码目录里有" in refused.err
