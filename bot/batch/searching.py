"""`policybot search`: a free-text question → ranked clauses; an empty list means out of scope."""

from bot.batch.jsonl import Answer, Case, text_of
from bot.dialog.flows import Guide

MAX_RESULTS = 10


def answer_search(case: Case, guide: Guide) -> Answer:
    """The contract's answer to one question."""
    hits = guide.index.search(text_of(case, "query"), MAX_RESULTS)
    return {
        "results": [
            {
                "document": hit.clause.document.id,
                "article": hit.clause.article,
                "clause": hit.clause.id,
                "title": hit.clause.title,
                "score": round(hit.score, 4),
            }
            for hit in hits
        ]
    }
