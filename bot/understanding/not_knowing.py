"""Whether a clause says that the speaker doesn't know, will look it up, or won't say."""

import re

from bot.understanding.lexicon import Lexicon, once
from bot.understanding.polarity import has_any, strip_fillers

_KNOWS_AFTER_ALL = re.compile(
    r"(?:不清楚|不知道|忘了|记不清|[闹弄搞整]不(?:清|明白|懂))(?:什么|啥|是什么|是啥|怎么算|算不算|哪种|能不能|可不可以|符?合?不符合|够不够|行不行)"
)
_ASKED_BEFORE = re.compile(r"(?<!没)(?<!没去)[问查][过了]")
_NOT_EVEN_HEARD = re.compile(r"([听见想摸碰])都?没有?(?:听|见|想|摸|碰)(?:说|到|着)?过")
"""听都没听说过 is as good as never done."""
_FOUND_NOTHING = re.compile(
    r"(?:没有?|未)查[到出](?:任何|有|什么|过)*(?:不良|处罚|失信|犯罪|违法)*(?:记录|问题|处罚|信息)|查不到(?:任何|我们)*(?:的)?(?:处罚|失信|不良)*(?:记录|处罚|信息)|查无"
)
"""没查到处罚记录 knows: there is none."""
_WONT = re.compile(
    r"不(?:太|大|是很)?(?:想|愿意?|便|方便|能|好|可以|肯|敢|打算)(?:再|跟你|对外)?(?:说|讲|透露|告诉|告知|回答|公开|提供|聊|谈|答|填|给)"
)
_NOT_ASKED = re.compile(r"^(?:我|我们|还|也|都)*没(?:去)?(?:问|查|核实|打听)过?(?:呢)?$")
_OTHERS_KNOW = re.compile(
    r"(?:财务|会计|法务|领导|老板|同事|行政|人事|技术|出纳|别的部门)(?:那边|部)?(?:的人)?(?:才|会)?(?:知道|清楚|晓得|了解)"
)
_ASKED_ELSEWHERE = re.compile(
    r"(?:问|查|看|等|核实|确认)(?:一?下|问|查|了)?(?:财务|会计|领导|老板|同事|技术|法务|行政|人事|出纳|审计|研发|产品|运营|业务|销售|项目|市场|工程|知识产权|采购|合同|发票|台账|账|报表|系统|档案|底稿|资料|凭证|保单)"
)

_KNOWN_TO_OTHERS = re.compile(r"才(?:知道|清楚|晓得|了解|能说)|问问(?:看|他|她|再|去|$)")
_SENT_FOR = re.compile(
    r"(?:得|要|需要?|让|叫|请|找|等|麻烦|回头|安排)(?:让|叫|请|找|等|麻烦|我)*(?:财务|会计|法务|领导|老板|同事|行政|人事|技术|出纳|他们|她们|别人|底下人|小[\u4e00-\u9fff])"
    r"(?:那边|部门|的人|部)?(?:再|去|来|给)?(?:翻|找|查|核|看|问|对|统计|确认|调|捋)(?![了过到])(?:翻|找|查|核|看|问|对|捋|一)?(?![了过到])"
    r"|(?:回头|得|要|等我|我去|让我)(?:再|去)*(?:翻翻|翻一?下|翻找|找找|翻(?=[\u4e00-\u9fff]{2}))(?![了过])"
)
"""得让行政翻翻归档."""
_NOT_TOLD = (_SENT_FOR, _ASKED_ELSEWHERE, _KNOWN_TO_OTHERS, _NOT_ASKED, _WONT, _OTHERS_KNOW)
_EXACTLY = re.compile(r"具体|准确|精确|确切|详细|明细|细账")
_SECRET = ("保密", "涉密", "机密", "不便", "别问")


@once
def is_unknown(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause says that the speaker doesn't know, will look it up, or won't say."""
    words = lexicon.words
    if _KNOWS_AFTER_ALL.search(text):
        return False
    plain = _FOUND_NOTHING.sub("〇〇", _ASKED_BEFORE.sub("〇〇", _NOT_EVEN_HEARD.sub("〇〇", text)))
    core = strip_fillers(text, lexicon)
    if core in words.maybe or text in words.maybe or core.endswith(_SECRET):
        return True
    if has_any(plain, lexicon.dont_know_within) or plain in words.dont_know:
        return True
    if any(said.search(plain) for said in _NOT_TOLD):
        return True
    return core in words.wont_say or has_any(text, lexicon.wont_say_within)


def lacks_only_the_exact(text: str, lexicon: Lexicon) -> bool:
    """Whether what is not known is only how much exactly it was that was told before: 具体多少要问财务."""
    return _EXACTLY.search(text) is not None and is_unknown(text, lexicon)
