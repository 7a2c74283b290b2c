"""Ids of clauses that somebody wrote, and what was probably meant."""

from bot.content.names import did_you_mean
from bot.errors import RequestError
from bot.policy.clauses import Clause, Knowledge


def unknown_clause(name: str, knowledge: Knowledge) -> tuple[str, str]:
    """What is wrong with an id that no clause has, and a hint: the document is looked at first."""
    document = name.partition("/")[0]
    if document not in knowledge.documents:
        return f"没有文件 {document}", did_you_mean(document, knowledge.documents)
    near = [each for each in knowledge.by_id if each.startswith(f"{document}/")]
    return f"没有条款 {name}", did_you_mean(name, near)


def find_clause(name: str, knowledge: Knowledge) -> Clause:
    """The clause of an id, or the only one with that title; RequestError with a hint when there is none."""
    if (clause := knowledge.by_id.get(name)) is not None:
        return clause
    titled = [clause for clause in knowledge.clauses if clause.title == name]
    if len(titled) == 1:
        return titled[0]
    if titled:
        raise RequestError(f"叫「{name}」的有几条，请写编号：{'、'.join(clause.id for clause in titled)}")
    what, hint = unknown_clause(name, knowledge)
    if "/" not in name and (near := did_you_mean(name, [clause.title for clause in knowledge.clauses])):
        what, hint = f"没有条款 {name}", near
    raise RequestError(f"{what}；{hint or '条款编号像 digest-2024/1.1-2，用 policybot search 可以查到'}")
