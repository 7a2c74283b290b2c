"""Questions of no single attribute: an amount, a date, yes or no, a company's name, as a prompt puts them."""

import re

from bot.understanding.questions import AnswerType, Question, Questions

_TYPES = {
    "amount": AnswerType.AMOUNT,
    "date": AnswerType.DATE,
    "yes_no": AnswerType.YES_NO,
    "company_name": AnswerType.COMPANY_NAME,
}
_ASKS_FIRST = re.compile(
    r"(?:是不是|是否|是|属于|算|为)(?:属于|为|算|贵公司|你们|企业)?(?:首次|第一次|首个|首单|首笔|首批|头一|初次)|(?:首次|第一次)(?:吗|么|\?|？)"
)


def general_question(name: str, prompt: str, questions: Questions) -> Question:
    """The question that `name` and `prompt` put: the attribute's own, or a general one.

    General names are `amount`, `date`, `yes_no` and `company_name`; raises KeyError for any other that is no attribute.
    """
    if (known := questions.get(name)) is not None:
        return known
    return Question(id=name, type=_TYPES[name], prompt=prompt, asks_first=bool(_ASKS_FIRST.search(prompt)))
