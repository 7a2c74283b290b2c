from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.splitting import split_text


@given(st.text(min_size=0, max_size=600), st.integers(min_value=8, max_value=200))
def test_every_piece_keeps_within_the_limit_in_bytes(text: str, limit: int) -> None:
    pieces = split_text(text, limit)

    assert all(0 < len(piece.encode()) <= limit for piece in pieces)


@given(st.text(min_size=0, max_size=600), st.integers(min_value=8, max_value=200))
def test_nothing_but_line_breaks_is_lost(text: str, limit: int) -> None:
    pieces = split_text(text, limit)

    assert "".join(pieces).replace("\n", "") == text.replace("\n", "")


def test_a_short_text_stays_whole() -> None:
    assert split_text("一段话。\n\n另一段。", 2048) == ("一段话。\n\n另一段。",)


def test_a_long_text_is_cut_between_paragraphs() -> None:
    text = "甲" * 100 + "\n\n" + "乙" * 100

    pieces = split_text(text, 400)

    assert pieces == ("甲" * 100, "乙" * 100)


def test_an_item_keeps_the_lines_that_are_indented_under_it() -> None:
    items = [f"{number}. {'名' * 20}\n   依据：{'条' * 20}\n   找谁：{'局' * 20}" for number in range(1, 5)]

    pieces = split_text("【可以申领】\n" + "\n".join(items), 500)

    assert pieces == ("【可以申领】\n" + "\n".join(items[:2]), "\n".join(items[2:]))
