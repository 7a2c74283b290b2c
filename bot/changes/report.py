"""The comparison of two contents, in Chinese for staff and as JSON for machines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.changes.comparing import Change, Edit, FieldChange, FileChange
from bot.changes.entries import Part
from bot.changes.outcomes import Difference, Respect, Told
from bot.changes.sides import LoadedSide
from bot.changes.subjects import Subjects
from bot.policy.clauses import Clause
from bot.rendering.sentences import say_article

SIGNS = {Edit.ADDED: "＋ 新增", Edit.REMOVED: "－ 删去", Edit.ALTERED: "～ 改了"}
RESPECTS = {
    Respect.VERDICT: "结论",
    Respect.AVAILABILITY: "能不能申领",
    Respect.AMOUNT: "金额",
    Respect.FIXED_TOTAL: "能算准的合计",
    Respect.CEILING_TOTAL: "最多的合计",
    Respect.NEXT_QUESTION: "接下来问的",
}
WHOLE = "全部政策合起来"
MOST_KINDS = 6
"""How many different transitions of one respect are told apart; more are told as one, with examples."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that an edit changes: in the content, in files told no further, and for the enterprises compared."""

    old: LoadedSide
    new: LoadedSide
    changes: tuple[Change, ...]
    files: tuple[FileChange, ...]
    subjects: Subjects
    differences: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing at all differs."""
        return not (self.changes or self.files or self.differences)


def report_lines(comparison: Comparison, examples: int) -> Iterator[str]:
    """The whole report for staff, with so many examples of each difference."""
    sides = (comparison.old, comparison.new)
    for which, one in zip("旧新", sides, strict=True):
        yield f"{which}：{one.side.name}（{one.side.origin}，内容版本 {one.version}）"
    yield from (f"注意：{one.note}" for one in sides if one.note)
    yield ""
    yield from _content_lines(comparison)
    yield ""
    yield from _outcome_lines(comparison, examples)


def _clauses(loaded: LoadedSide) -> Mapping[str, Clause]:
    return loaded.guide.knowledge.by_id


def _content_lines(comparison: Comparison) -> Iterator[str]:
    if not comparison.changes and not comparison.files:
        yield "内容没有改动。"
        return
    yield f"内容的改动：{_count(comparison.changes)}"
    for part in Part:
        found = [change for change in comparison.changes if change.part is part]
        if found:
            yield f"【{part.value}】"
        for change in found:
            yield from _change_lines(change)
    if comparison.files:
        yield "【其他文件】"
    yield from (f"  {SIGNS[change.edit]} {change.file}" for change in comparison.files)


def _change_lines(change: Change) -> Iterator[str]:
    yield f"  {SIGNS[change.edit]} {change.name}（{change.id}）"
    yield from (f"      {line}" for field in change.fields for line in _field_lines(field))


def _count(changes: Sequence[Change]) -> str:
    counts = {edit: sum(change.edit is edit for change in changes) for edit in Edit}
    return "，".join(f"{SIGNS[edit][2:]} {number} 处" for edit, number in counts.items() if number) or "只有其他文件"


def _field_lines(change: FieldChange) -> Iterator[str]:
    if len(change.old) == len(change.new) == 1:
        yield f"{change.field}：{change.old[0]} → {change.new[0]}"
        return
    yield from (f"{change.field}，去掉：{line}" for line in change.old)
    yield from (f"{change.field}，加上：{line}" for line in change.new)


def _outcome_lines(comparison: Comparison, examples: int) -> Iterator[str]:
    subjects, differences = comparison.subjects, comparison.differences
    touched = _count_subjects(differences)
    counted = f"{len(subjects.cases)} 个用例、{len(subjects.profiles)} 份企业情况"
    end = f"{touched} 个有变化" if touched else "没有一个有变化"
    yield f"结果的变化：比了 {counted}，{end}"
    if subjects.unreadable:
        yield f"  有 {subjects.unreadable} 处用例读不懂，没有比；用 policybot test 看哪里要改"
    if not subjects.cases and not subjects.profiles:
        yield "  没有可比的：用 --cases 写用例的文件夹，或用 --profiles 写企业情况的文件"
    for clause, found in _by_clause(comparison):
        yield f"【{_title(clause, comparison)}】{_count_subjects(found)} 个"
        yield from (f"  {line}" for line in _clause_lines(found, examples))


def _count_subjects(differences: Iterable[Difference]) -> int:
    return len({difference.subject for difference in differences})


def _by_clause(comparison: Comparison) -> Iterator[tuple[str, Sequence[Difference]]]:
    """The differences of each clause, in the order of the new content, then of the old; those of the whole last."""
    found: dict[str, list[Difference]] = {}
    for difference in comparison.differences:
        found.setdefault(difference.clause, []).append(difference)
    order = dict.fromkeys((*_clauses(comparison.new), *_clauses(comparison.old), ""))
    yield from ((clause, found[clause]) for clause in order if clause in found)


def _title(clause: str, comparison: Comparison) -> str:
    found = _clauses(comparison.new).get(clause) or _clauses(comparison.old).get(clause)
    return WHOLE if found is None else f"{found.title}，{say_article(found)}（{clause}）"


def _clause_lines(differences: Sequence[Difference], examples: int) -> Iterator[str]:
    for respect in Respect:
        of_respect = sorted((d for d in differences if d.respect is respect), key=_is_ceiling)
        kinds: dict[str, list[Difference]] = {}
        for difference in of_respect:
            kinds.setdefault(_transition(difference), []).append(difference)
        if len(kinds) > MOST_KINDS:
            yield f"{RESPECTS[respect]}：{len(of_respect)} 个，变化各不相同"
            yield from _example_lines([f"{d.subject}：{_transition(d)}" for d in of_respect], examples)
            continue
        for kind, found in kinds.items():
            yield f"{RESPECTS[respect]} {kind}：{len(found)} 个"
            yield from _example_lines([difference.subject for difference in found], examples)


def _example_lines(told: Sequence[str], examples: int) -> Iterator[str]:
    yield from (f"    {line}" for line in told[:examples])
    if len(told) > examples > 0:
        yield f"    ……另有 {len(told) - examples} 个"


def _is_ceiling(difference: Difference) -> bool:
    """Whether no exact sum is in it: those come last."""
    return "最高" in _transition(difference)


def _transition(difference: Difference) -> str:
    return f"{difference.old.words} → {difference.new.words}"


def report_json(comparison: Comparison) -> Mapping[str, object]:
    """The whole report as one object."""
    lines = tuple(report_json_lines(comparison))
    subjects = comparison.subjects
    return {
        "old": _side_json(comparison.old),
        "new": _side_json(comparison.new),
        "content": [line for line in lines if line["type"] == "content"],
        "files": [line for line in lines if line["type"] == "file"],
        "compared": {
            "cases": len(subjects.cases),
            "profiles": len(subjects.profiles),
            "unreadable": subjects.unreadable,
        },
        "outcomes": [line for line in lines if line["type"] == "outcome"],
    }


def _side_json(loaded: LoadedSide) -> Mapping[str, str]:
    return {"name": loaded.side.name, "origin": loaded.side.origin, "version": loaded.version, "note": loaded.note}


def report_json_lines(comparison: Comparison) -> Iterator[Mapping[str, object]]:
    """One object for each change of the content, each other file and each difference of an outcome."""
    for change in comparison.changes:
        yield {
            "type": "content",
            "change": change.edit.value,
            "part": change.part.name.lower(),
            "id": change.id,
            "name": change.name,
            "fields": _fields_json(change.fields),
        }
    yield from ({"type": "file", "change": one.edit.value, "file": one.file} for one in comparison.files)
    for one in comparison.differences:
        whose = {"subject": one.subject, "clause": one.clause or None, "respect": one.respect.value}
        yield {"type": "outcome", **whose, "old": _told_json(one.old), "new": _told_json(one.new)}


def _fields_json(fields: Iterable[FieldChange]) -> list[Mapping[str, object]]:
    return [{"field": one.field, "old": list(one.old), "new": list(one.new)} for one in fields]


def _told_json(told: Told) -> Mapping[str, object]:
    return {"value": told.value, "text": told.words}
