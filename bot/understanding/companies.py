"""The full name of a company, out of the sentence that tells it."""

import re

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, Answer, Outcome
from bot.understanding.name_pieces import is_generic, name_pieces
from bot.understanding.polarity import has_any, is_question
from bot.understanding.text import Message

_QUOTES = "\"'“”‘’「」『』《》【】 \t"
_NOT_A_NAME = re.compile(
    r"营业执照|那个|这个|什么|公司名|贵公司|我们公司$|你们|哪个|一家(?!人|亲)|有限公司$(?<=^有限公司)|^(?:本|我|该|此|某|母|子|分|小|大|上市|一般|普通)公司$"
)
_DESCRIPTION = re.compile(
    r"的(?:[小大老破新私民国合外中][\u4e00-\u9fff]{0,6}|初创|创业|科技|软件|数据|互联网|那个|这个|普通)*"
    r"(?:公司|企业|厂|工作室|集团|中心|单位|作坊|研究院)$"
    r"|^(?:也|只|不过|咱|俺|才|个|家)*(?:就?一[个家]?|个|家|几[个家])?(?:搞|做|干|卖|开|弄)"
    r"[\u4e00-\u9fff]*(?:公司|企业|厂|工作室|单位)$(?<!有限公司)"
    r"|一[个家](?!人|亲)[\u4e00-\u9fff]{0,6}(?:公司|企业|厂)$(?<!有限公司)"
    r"|[一二两三四五六七八九十几\d]个人|起步|(?:初创|创业|小|皮包)公司$|小厂$|[民国外私]企$"
)
_INFORMAL = re.compile(r"(?<!有限)(?<!份)(?<!责任)(?:公司|企业|厂|工作室|单位)$")
_LEAD = re.compile(
    r"^(?:那|嗯|哦)?(?:我们|我司|我方|我|这边|咱们?|俺们?|偶们?|阿拉|[她他]们?|敝|鄙|小号){0,2}(?:那|这)?个?(?:公司|单位|企业|集团|(?<=[我敝鄙])司)?的?"
    r"(?:(?:正式|官方|工商|注册)的?)?(?:全称|名字|名称|全名|大名|名号|抬头|(?<=[司业位团的])[名称])?(?:就|现在|其实|应该)?(?:是叫|叫做?|是|为|(?<=[全大]名)|(?<=[全名]称)|(?<=抬头)|(?<=[敝鄙]公司)|(?<=[我敝鄙]司))(?=[\u4e00-\u9fffA-Za-z（(]{4})"
)
_RATHER = ("不是", "更名", "改名", "现名")
_RENAMED = re.compile(
    r"^(?!北京)(?:.{0,8}?(?:更名|改名|变更)(?:成了?|为|叫)"
    r"|[^北]{0,6}?(?:更名|改名|新名字?|现名|名称|名字|全称|抬头)(?:改)?(?:成了?|为|是|叫)?(?=[\u4e00-\u9fffA-Za-z（(]{6}))"
)
_TAIL = re.compile(r"(?:了|的|啊|呀|吧|哦|哈|呢|这家|这个|，谢谢|谢谢)+$")


def read_company_name(message: Message, lexicon: Lexicon) -> Answer:
    """The company's full name as it was written; the new one where it was renamed; ASK where none is told."""
    names: list[str] = []
    for written in name_pieces(message.raw):
        is_former = has_any(written, lexicon.words.former)
        piece = _after_former(written, lexicon) if is_former else written
        if (name := _name_in(piece.strip(), lexicon)) is not None:
            names.append(name)
    if not names:
        return ASK
    if len(set(names)) == 1 or has_any(
        message.raw, (*lexicon.words.former, *lexicon.words.correcting, "不是", "更名", "改名", "现名")
    ):
        return Answer(Outcome.VALUE, names[-1])
    return Answer(Outcome.ASK, candidates=tuple(dict.fromkeys(names)))


def _after_former(piece: str, lexicon: Lexicon) -> str:
    """以前叫甲现在叫乙 in one piece: what stands after 现在 or 改名."""
    turns = [piece.rfind(w) for w in ("现在", "改名", "更名", "改成", "变更为") if w in piece]
    return piece[max(turns) :] if turns and not has_any(piece[max(turns) :], lexicon.words.former) else ""


def _name_in(piece: str, lexicon: Lexicon) -> str | None:
    words = lexicon.words
    text = _TAIL.sub("", piece.strip(_QUOTES)).strip(_QUOTES)
    text = _without_lead(text, words.company_leads)
    ends = [text.rfind(e) + len(e) for e in words.company_endings if e in text]
    if not ends:
        return None
    end = max(ends)
    text = text[: end + 1] if text[end : end + 1] in ("）", ")") else text[:end]
    text = text.strip(_QUOTES)
    if (
        len(text) < (4 if text.endswith(("大学", "医院")) else 6)
        or len(text) > 60
        or _NOT_A_NAME.search(text)
        or re.search(r"不是|没有", text)
    ):
        return None
    return None if _describes(text) else text


def _describes(text: str) -> bool:
    """Whether the text says what kind of company it is, and not what it is called: 刚起步的创业公司."""
    if _DESCRIPTION.search(text):
        return True
    return _INFORMAL.search(text) is not None and is_generic(text)


def _without_lead(text: str, leads: tuple[str, ...]) -> str:
    text = _LEAD.sub("", _RENAMED.sub("", text))
    by_length = sorted(leads, key=len, reverse=True)
    for _ in range(4):
        lead = next((w for w in by_length if text.startswith(w) and len(text) > len(w) + 3), None)
        if lead is None:
            break
        text = text[len(lead) :].lstrip("：:，, 是叫为" + _QUOTES)
    return text


def is_refusal(message: Message, lexicon: Lexicon) -> bool:
    """Whether no name is told and the text asks to leave it."""
    return any(is_question(c, lexicon) and "不" in c.text for c in message.clauses)
