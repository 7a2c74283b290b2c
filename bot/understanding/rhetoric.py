"""Forms of speech: questions that answer (敢不买吗 says yes, 哪有闲钱 no), and what leads up to an answer."""

import re

_SURELY = re.compile(
    r"^(?:我们?|咱们?|公司|那|这|你说|倒是)*(?:[敢能]|哪[敢能会]|怎么(?:敢|能|会|可能)|岂[敢能会]|谁家?[敢能会]?|还[敢能])不(?![能敢会])"
    r"|^(?:我们?|咱们?|公司)*(?:哪|怎么?|咋|谁|谁家[\u4e00-\u9fff]{0,6}?)(?:能|敢|会|可能)?没有?[\u4e00-\u9fff]"
    r"|不[\u4e00-\u9fff]{1,6}(?:能行|行吗|哪行|怎么行|怎么成|成吗|哪成|还得了|还行吗|咋行|等着|难道)"
    r"|还(?:用|需要?|要)(?:得着)?(?:问|说|讲|想)|那还有假|还能有假"
)
_HARDLY = re.compile(
    r"哪(?:有(?!没|卖|买)|能(?!不|没))|哪(?:里|儿)?(?:敢(?!不)|会(?!不|没)|舍得|来的?|轮得?[到着上]|够|配|顾得?上|买得起|用得[着上]|知道|晓得|评得?上|谈得上)"
    r"|怎么(?:可能|会|敢)(?!不|没)|谁(?:会(?!不)|愿意|肯|敢(?!不)|有空|有钱|有那个?闲|吃饱了?)|(?<![找归由给问该跟])谁[买做办弄搞报](?![\u4e00-\u9fff]*[的过])"
    r"|^(?!.*[问说查填]).{2,8}(?:干嘛|干啥|干吗|做什么|干什么|有什么用|有啥用|图啥|图什么)(?:呀|啊|呢)?$"
)


def rhetorical(text: str) -> bool | None:
    """What a clause in the form of a question says: True for yes, False for no, None where it is no such clause."""
    if _SURELY.search(text):
        return True
    return False if _HARDLY.search(text) else None


_LOOKED_UP = re.compile(
    r"(?:查|搜|核实|核对|核|检索|查询|翻|问|答|聊|咨询)(?:过|了)(?:一?下|[一两二三四五几好多\d]+[遍次回])?了?$"
)
_INVESTIGATED = re.compile(r"被|[来让给遭]|局|委|部门|税务|海关|工商|市监|网信|公安|警|检察|法院|纪|监管")


def only_looked_up(text: str) -> bool:
    """Whether a clause only says that somebody looked it up, and not what he found; 税务来查过 is an inspection."""
    return _LOOKED_UP.search(text) is not None and _INVESTIGATED.search(text) is None


_LEADS_IN = re.compile(
    r"(?:对了|哦|噢|嗯|啊|那|还|另外|再|又|顺便|忘了|先)*"
    r"(?:有一?(?:[个件点]|两[件个])(?:小|别的)?(?:事儿?|情况|问题)(?:要|想)?(?:说|讲|补充|问|请教|告诉你们?)?一?下?"
    r"|(?:说|讲|补充|提|问)一?[个件点句声下](?:事儿?|情况)?|对了|另外|补充|忘了说了?)[哈啊哦呢]*"
)


def leads_in(text: str) -> bool:
    """Whether a clause only leads up to what comes next: 还有个事, 顺便说一句."""
    return _LEADS_IN.fullmatch(text) is not None
