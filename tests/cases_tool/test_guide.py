"""The examples of docs/content.md are cases and conversations that pass."""

import re
from pathlib import Path

import pytest

from bot.cases.running import read_suite, run_suite
from tests.content_fixture import shipped_bundle

GUIDE = Path(__file__).resolve().parent.parent.parent / "docs" / "content.md"


@pytest.mark.parametrize("heading", ["Cases", "Conversations"])
def test_the_example_passes(heading: str, tmp_path: Path) -> None:
    found = re.search(
        rf"^## {heading}$.*?```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found is not None
    (tmp_path / "example.yaml").write_text(found[1], encoding="utf-8")

    report = run_suite(read_suite([tmp_path], shipped_bundle().guide), shipped_bundle())

    assert [str(problem) for problem in (*report.suite.problems, *report.failures)] == []
    assert report.summary() in ("共 1 个用例、0 段对话，全部通过", "共 0 个用例、1 段对话，全部通过")
