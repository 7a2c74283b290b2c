"""The vectors of DingTalk, made by code that is independent of this project."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

VECTORS: Mapping[str, Any] = json.loads(
    (Path(__file__).parents[2] / "vectors" / "platform_vectors.json").read_text(encoding="utf-8")
)["dingtalk"]
STREAM = VECTORS["stream"]
BODY: Mapping[str, Any] = VECTORS["robot_message"]["body"]
AT = 1_700_000_000_000
EXCHANGES = {each["down"]["headers"]["messageId"]: each for each in STREAM["exchanges"]}


def frame_of(name: str) -> str:
    """A frame of the vectors as it comes down."""
    return json.dumps(EXCHANGES[name]["down"])
