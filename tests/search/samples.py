"""Small documents and clauses made by hand."""

from bot.policy.clauses import Clause, Document, Kind, NoFigure, NoTerm
from bot.policy.conditions import ALWAYS

ZONE = Document("zone", "经开区数据措施", "经开区措施", "经开区", "zone", NoTerm(), places=("经开区",))
DISTRICT = Document("district", "副中心数据细则", "副中心细则", "通州区", "district", NoTerm(), places=("通州区",))
CITY = Document("city", "北京市数据意见", "市级意见", "北京市", "municipal", NoTerm())


def make_clause(document: Document, article: str, title: str, *tags: str, part: str = "") -> Clause:
    """A clause that gives something without a figure."""
    name = f"{document.id}/{article}/{part}"
    return Clause(name, document, document, article, title, title, Kind.AWARD, "", ALWAYS, NoFigure(), tags=tags)
