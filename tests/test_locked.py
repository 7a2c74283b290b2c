"""Nothing is installed that was not pinned by version and hash."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PINNED = re.compile(r"[A-Za-z0-9._-]+(?:\[[a-z0-9,_-]+\])?==[^\s;]+( ; .+)?( --hash=sha256:[0-9a-f]{64})+")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_a_version_and_a_hash(lock: Path) -> None:
    joined = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [" ".join(line.split()) for line in joined.splitlines() if line.strip() and not line.startswith("#")]

    assert len(lines) > 5
    assert [line[:60] for line in lines if not PINNED.fullmatch(line)] == []


def test_nothing_is_installed_without_its_hash() -> None:
    for name in ("Makefile", "Dockerfile"):
        installs = [
            line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if re.search(r"install .*-r ", line)
        ]

        assert installs
        assert all("--require-hashes" in line for line in installs)
