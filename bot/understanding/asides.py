"""Commands that carry a number or a day: 依据2, 按2027-12-31算."""

import re
import unicodedata
from datetime import date

from bot.understanding.dates import find_dates
from bot.understanding.meaning import Answer, Command, Intent, Outcome
from bot.understanding.numerals import parse_numeral

_NUMBER = r"第?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?:项|条|个|号)?"
_PROOF = re.compile(rf"(?:请|看|说说|讲讲|查看)*(?:依据|详情|凭据|理由)(?:是|看)?{_NUMBER}")
_PROOF_OF = re.compile(rf"(?:请|看|说说|讲讲|查看)*{_NUMBER}的?(?:依据|详情|凭据|理由)(?:呢|是什么)?")
_AS_OF = re.compile(
    r"(?:按照?|以|假设是|如果是)(?P<day>.{2,16}?)(?:这一?天|那一?天|这个日期)?(?:来|去)?(?:算|计算|看|测算|再算)(?:一下|一次|呢|吧)?"
)


def read_aside(text: str, today: date) -> Command | None:
    """The proof of a numbered policy or the result of another day, if the text asks for just that."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).strip("。.!?,~")
    if found := _PROOF.fullmatch(plain) or _PROOF_OF.fullmatch(plain):
        number = parse_numeral(found["number"])
        return None if number is None else Command(Intent.PROOF, number=int(number))
    if (asked := _AS_OF.fullmatch(plain)) and (day := _day(asked["day"], today)) is not None:
        return Command(Intent.AS_OF, answer=Answer(Outcome.VALUE, day))
    return None


def _day(text: str, today: date) -> date | None:
    """The one day that a text names whole, to the day."""
    mentions = find_dates(text, today)
    return mentions[0].exact if len(mentions) == 1 else None
