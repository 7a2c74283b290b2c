"""Questions whether something is finished: under way, half done or about to be done is no."""

import re

from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import has_any
from bot.understanding.questions import Question

_COMPLETION = re.compile(r"建成|投入使用|是否(?:已经?)?(?:完成|办完|办好)|了.{0,8}登记")
_DECIDED_ELSEWHERE = re.compile(r"评审|认定|通过|首次")
_AT_WORK = re.compile(r"(?<!没)(?:在用|用着|用上了|跑着|开着机|投用了)(?!别|租|旧|老)")
_UNFINISHED = re.compile(
    r"(?:还|仍|尚|都)(?:没|未|在(?!用))|(?<![\u4e00-\u9fff])在(?:调试|装修|施工|建|安装|布线|跑手续|走流程|办|审)|在路上|没[装上验通建弄]"
    r"|(?:递|报|交|送)(?:上去|进去|过去)了?$|刚(?:封顶|开工|动工|进场|立项|起步|开始|交|报|递|打)|就?[差等]着?(?:验收|通电|设备|一步|一点|临门|签字|盖章|批)"
    r"|(?:大半|小半|几成|[一二三四五六七八九]成)(?:多|了|左右|的样子|吧)*$|只(?:建|搭|弄|盖|做)了|[建盖做弄搭修装搞](?:了|到)?(?:才|刚)?(?:一|大|小)半|半拉子|停工|烂尾|收尾(?!完)|打地基|装修(?!完)|试运行"
)


def wants_completion(question: Question) -> bool:
    """Whether the question asks if something has been finished, which nobody has to decide on."""
    prompt = question.prompt
    return _COMPLETION.search(prompt) is not None and _DECIDED_ELSEWHERE.search(prompt) is None


def is_at_work(text: str, question: Question) -> bool:
    """Whether a clause says that what should be finished is in use: 天天在用, 早就跑着呢."""
    return wants_completion(question) and _AT_WORK.search(text) is not None


def is_unfinished(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause says that what is asked about is still under way."""
    if not wants_completion(question):
        return False
    return has_any(text, lexicon.words.pending) or _UNFINISHED.search(text) is not None


def tells_how_far(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause says that what is asked about is in use, or still under way."""
    return is_at_work(text, question) or is_unfinished(text, question, lexicon)
