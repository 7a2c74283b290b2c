"""How well texts are understood that somebody wrote without having seen the program.

Run: python -m benchmarks.blind [seen|unseen|plain|second|third|fourth|fifth|sixth|seventh]

The sets stand in benchmarks/blind/; what each showed when it was first put to the program was mended afterwards.
docs/understanding.md has the first figures, which alone are blind.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.batch.searching import answer_search
from bot.batch.understanding import answer_understand
from bot.content.loading import load_content, shipped_content
from bot.dialog.flows import Guide

HERE = Path(__file__).parent / "blind"
Row = Mapping[str, Any]
AGAIN = {"ask": True}
SETS = ("seen", "unseen", "plain", "second", "third", "fourth", "fifth", "sixth", "seventh")


def main() -> None:
    guide = load_content(shipped_content()).guide
    for name in sys.argv[1:] or SETS:
        for kind, figures in (("answers", answers), ("commands", commands), ("queries", queries)):
            if rows := _rows(kind, name):
                print(f"{name}: {kind:8} {figures(rows, guide)}")


def answers(rows: list[Row], guide: Guide) -> str:
    """Right ones, wrong values, needless questions, each as a share of all rows."""
    right = wrong = 0
    for row in rows:
        got = _outcome(
            answer_understand({k: row[k] for k in ("question", "prompt", "text", "as_of") if k in row}, guide)
        )
        is_right = any(_same(got, wanted) for wanted in (row["expected"], *row.get("accept", ())))
        right, wrong = right + is_right, wrong + (not is_right and not isinstance(got, dict))
    return _shares(len(rows), right=right, wrong_values=wrong, needless=len(rows) - right - wrong)


def commands(rows: list[Row], guide: Guide) -> str:
    """Right intents, changes with slot and value exact, and answers that would be lost for nothing."""
    right = exact = lost = 0
    changes = [row for row in rows if row["intent"] == "change_answer"]
    for row in rows:
        got = answer_understand({"text": row["text"]}, guide)
        is_right = got["intent"] in (row["intent"], *(other["intent"] for other in row.get("accept", ())))
        right, lost = right + is_right, lost + (not is_right and got["intent"] in ("delete_data", "restart"))
        exact += row["intent"] == "change_answer" and any(
            _is_change(got, each) for each in (row, *row.get("accept", ()))
        )
    return f"{_shares(len(rows), right=right)}; changes exact {exact}/{len(changes)}; lost for nothing {lost}"


def queries(rows: list[Row], guide: Guide) -> str:
    """The usual figures of a ranking, refusals of what can be answered, answers to what can't."""
    ranks, refused, false = [], 0, 0
    inside = [row for row in rows if row["relevant"]]
    for row in rows:
        results = answer_search({"query": row["query"]}, guide)["results"]
        found = list(dict.fromkeys(_place(each) for each in results))  # type: ignore[union-attr, arg-type]
        if not row["relevant"]:
            false += bool(found)
            continue
        wanted = {_place(each) for each in row["relevant"]}
        refused += not found
        ranks.append(next((rank for rank, place in enumerate(found, 1) if place in wanted), 0))
    shares = _shares(len(inside), first=ranks.count(1), in_three=sum(0 < rank <= 3 for rank in ranks), refused=refused)
    reciprocal = sum(1 / rank for rank in ranks if rank) / len(inside)
    return f"{shares}, MRR {reciprocal:.3f}; out of scope answered {false}/{len(rows) - len(inside)}"


def _rows(kind: str, name: str) -> list[Row]:
    """The rows of a set; none where it has no texts of the kind."""
    path = HERE / f"{kind}_{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _outcome(answer: Mapping[str, object]) -> object:
    if answer["outcome"] == "value":
        return answer["value"]
    return {"unknown": True} if answer["outcome"] == "unknown" else AGAIN


def _same(one: object, other: object) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return _plain(one) == _plain(other)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return sorted(map(str, value)) if len(value) != 1 else _plain(value[0])
    return float(value) if isinstance(value, int | float) else value


def _is_change(got: Mapping[str, object], wanted: Row) -> bool:
    is_value = wanted.get("value") is None or _same(got.get("value"), wanted["value"])
    return got["intent"] == wanted["intent"] and got.get("slot") == wanted.get("slot") and is_value


def _place(result: Mapping[str, object]) -> tuple[str, str]:
    return str(result["document"]), str(result["article"])


def _shares(whole: int, **counts: int) -> str:
    return f"of {whole}: " + ", ".join(f"{name} {count / whole:.3f}" for name, count in counts.items())


if __name__ == "__main__":
    main()
