"""The coverage of the documents, for people and for scripts."""

import json
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from bot.content.coverage import ArticleCoverage, Totals, total


def print_coverage(rows: Sequence[ArticleCoverage]) -> None:
    """The articles as a table in a terminal, else one line each; the totals at the end."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    if console.is_terminal:
        console.soft_wrap = False
        console.print(_table(rows))
    else:
        for row in rows:
            console.print(_line(row))
    console.print(_sum_up(total(rows)))


def coverage_lines(rows: Sequence[ArticleCoverage]) -> Iterator[str]:
    """One JSON object an article, and one with the totals."""
    for row in rows:
        yield json.dumps({name: getattr(row, name) for name in ArticleCoverage.__slots__}, ensure_ascii=False)
    sums = total(rows)
    yield json.dumps({"totals": {name: getattr(sums, name) for name in Totals.__slots__}}, ensure_ascii=False)


def _table(rows: Sequence[ArticleCoverage]) -> Table:
    table = Table()
    for heading in ("文件", "条", "条款", "用上的数字", "另行列出的", "还没有着落的"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        names = "\n".join(name.removeprefix(f"{row.document}/") for name in row.clauses) or "还没有条款"
        figures = (_join(texts) for texts in (row.carried, row.listed, row.left_over))
        table.add_row(row.document, row.article, names, *figures, style="" if row.is_complete else "red")
    return table


def _line(row: ArticleCoverage) -> str:
    parts = [f"{len(row.clauses)} 条条款" if row.clauses else "还没有条款"]
    for name, texts in (("用上", row.carried), ("另行列出", row.listed), ("没有着落", row.left_over)):
        parts += [f"{name} {_join(texts)}"] if texts else []
    return f"{row.document} {row.article}：{'；'.join(parts)}"


def _join(texts: Sequence[str]) -> str:
    return "、".join(texts)


def _sum_up(sums: Totals) -> str:
    articles = f"共 {sums.articles} 条，{f'{sums.empty} 条还没有条款' if sums.empty else '每条都有条款'}"
    figures = f"{sums.figures} 个数字：{sums.carried} 个用上，{sums.listed} 个另行列出，{sums.left_over} 个没有着落"
    return f"{articles}；{figures}。"
