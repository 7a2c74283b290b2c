"""Thresholds against the words about them: 超过 is above, 以上 and 不低于 at least, 不超过 at most, 不到 below."""

import re
from collections.abc import Iterator

from bot.content.clause_words import own_condition, places_of
from bot.content.condition_syntax import describe
from bot.content.figure_reading import Figure, FigureKey, plain_characters, read_figures
from bot.content.figures import benefit_keys, threshold_keys
from bot.content.places import Places, Said
from bot.content.problems import Finding
from bot.content.yaml_source import TreePath
from bot.policy.clauses import Clause, Tiers
from bot.policy.conditions import Comparison, Condition, Number, Requirement

_BEFORE = (
    (re.compile(r"(?:不超过|不高于|不多于|不大于|至多|最多)$"), Comparison.AT_MOST),
    (re.compile(r"(?:未满|不满)$"), Comparison.BELOW),
    (re.compile(r"(?:不低于|不少于|不小于|至少|达到|达|满)$"), Comparison.AT_LEAST),
    (re.compile(r"(?:低于|少于|小于|不到|不足)$"), Comparison.BELOW),
    (re.compile(r"(?:超过|大于|高于|多于|突破)$"), Comparison.ABOVE),
)
_AFTER = (
    (re.compile(r"(?:及|\(含\))?以上"), Comparison.AT_LEAST),
    (re.compile(r"(?:及|\(含\))?以下"), Comparison.AT_MOST),
)
_INCLUDED = re.compile(r"\(含")
_SAID = {
    Comparison.ABOVE: "超过",
    Comparison.AT_LEAST: "不低于",
    Comparison.BELOW: "低于",
    Comparison.AT_MOST: "不超过",
}


def lint_wording(places: Places) -> Iterator[Finding]:
    """A reminder for each threshold that the words about it put otherwise."""
    for clause in places.guide.knowledge.clauses:
        for path, leaf in _thresholds(clause):
            if said := _misfit(clause, path, leaf):
                yield places.at_clause(clause, said)


def _thresholds(clause: Clause) -> Iterator[tuple[TreePath, Requirement]]:
    """The requirements with a threshold, each with its place."""
    tiers = clause.benefit.tiers if isinstance(clause.benefit, Tiers) else ()
    lists: list[tuple[Condition, TreePath]] = [(own_condition(clause), ("conditions",))]
    lists += [(when, ("benefit", "tiers", index, "when")) for index, (when, _) in enumerate(tiers)]
    for condition, path in lists:
        for place, part in places_of(condition, path):
            if isinstance(part, Requirement) and isinstance(part.predicate, Number) and part.predicate.threshold > 1:
                yield (*place, part.attribute.name), part


def _misfit(clause: Clause, path: TreePath, leaf: Requirement) -> Said | None:
    if not isinstance(leaf.predicate, Number) or "not" in path:
        return None
    keys, written = threshold_keys(leaf), leaf.predicate.comparison
    quoted = () if keys & benefit_keys(clause) else clause.evidence
    own = () if leaf.say == describe(leaf.attribute, leaf.predicate) else (leaf.say,)
    found = [said for text in (*own, *quoted) for said in _comparisons(text, keys)]
    if not found or written in (comparison for comparison, _ in found):
        return None
    comparison, words = found[0]
    what = f"写的是 {written.value}（{_SAID[written]}），话里说的是「{words}」"
    return Said(path, what, f"「{words}」要写成 {comparison.value}；改条件，或改话")


def _comparisons(text: str, keys: frozenset[FigureKey]) -> Iterator[tuple[Comparison, str]]:
    """How the text puts each mention of the threshold, with its words."""
    plain = plain_characters(text)
    for figure in read_figures(text):
        if figure.key in keys and (found := _comparison(plain, figure)):
            yield found


def _comparison(plain: str, figure: Figure) -> tuple[Comparison, str] | None:
    before, after = plain[: figure.start].rstrip(), plain[figure.end :].lstrip()
    for pattern, comparison in _AFTER:
        if named := pattern.match(after):
            return comparison, figure.text + named[0]
    for pattern, comparison in _BEFORE:
        if named := pattern.search(before):
            return _with_bound(comparison, after), named[0] + figure.text
    return None


def _with_bound(comparison: Comparison, after: str) -> Comparison:
    """超过 X（含） takes the bound in."""
    if not _INCLUDED.match(after):
        return comparison
    return {Comparison.ABOVE: Comparison.AT_LEAST, Comparison.BELOW: Comparison.AT_MOST}.get(comparison, comparison)
