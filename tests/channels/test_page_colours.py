"""The colours of the chat page can be read by people with weak sight (WCAG 2.2 AA)."""

import re
from importlib.resources import files

import pytest

PAIRS = [
    ("ink", "paper", 7.0),
    ("ink", "card", 7.0),
    ("soft", "paper", 4.5),
    ("soft", "card", 4.5),
    ("soft", "tint", 4.5),
    ("accent", "paper", 4.5),
    ("accent", "card", 4.5),
    ("accent", "tint", 4.5),
    ("accent-ink", "accent", 4.5),
    ("mine-ink", "mine", 4.5),
    ("alert", "alert-tint", 4.5),
]


def read_themes() -> dict[str, dict[str, str]]:
    sheet = (files("bot.channels.web") / "static" / "colors.css").read_text(encoding="utf-8")
    blocks = re.findall(r"(:root[^{]*)\{([^}]*)\}", sheet)
    return {name.strip(): dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body)) for name, body in blocks}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", read_themes())
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS, ids=[f"{text} on {ground}" for text, ground, _ in PAIRS])
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str, least: float) -> None:
    colours = read_themes()[theme]

    dark, light = sorted((luminance(colours[text]), luminance(colours[ground])))

    assert (light + 0.05) / (dark + 0.05) >= least


def test_both_dark_themes_are_the_same() -> None:
    themes = read_themes()

    assert themes[':root:not([data-theme="light"])'] == themes[':root[data-theme="dark"]']
    assert len(themes) == 3
