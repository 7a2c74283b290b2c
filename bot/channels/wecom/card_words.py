"""The words on a card, each within the few signs that the platform has room for."""

from collections.abc import Sequence


def cut(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis where it is longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def shorten(labels: Sequence[str], most: int) -> list[str]:
    """What stands on the card for each: the label, or where that is too long what stands before its bracket, or its
    number, by which the text has it in full, and its start."""
    heads = [label if len(label) <= most else label.partition("（")[0] for label in labels]
    return [
        head if head.strip() and len(head) <= most and heads.count(head) == 1 else cut(f"{number} {label}", most)
        for number, (label, head) in enumerate(zip(labels, heads, strict=True), 1)
    ]


def brief(label: str, most: int) -> str:
    """One label where no other stands beside it: in full, else what stands before its bracket, else its start."""
    head = label if len(label) <= most else label.partition("（")[0]
    return cut(head if head.strip() else label, most)
