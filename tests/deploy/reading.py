"""Reads the files of deploy/."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def read_yaml(path: Path) -> Any:
    """The only document of a file."""
    (document,) = read_all(path)
    return document


def read_all(path: Path) -> list[Any]:
    """All documents of a file, aliases and merges taken in; a key that stands twice is an error."""
    with path.open(encoding="utf-8") as file:
        return list(YAML(typ="safe", pure=True).load_all(file))
