"""Whether a text asks something though it has not the form of a question: 数据标注平台 经开区, 居住证到期了去哪续."""

import re

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Answer, Outcome, Understanding
from bot.understanding.polarity import is_question
from bot.understanding.questions import PLACES, AnswerType, Question
from bot.understanding.text import Clause, normalize, split_message

ASKED = 0.5
"""From here on a clause that names nobody is likelier a question than not."""
SURELY, SURELY_NO_ANSWER = 0.8, 0.87
"""How likely a text must be a question that seems to tell something; and one that seems to answer what is asked."""
UNMARKED = 0.7
"""How likely a text that means nothing else must be a question to be refused as one."""
LIKELY, PLAINLY = 0.5, 0.95
"""How likely the last clause of such a text must be one, where the whole is plainly a question and where it is not."""
_LEAST_OF = {AnswerType.CHOICE: 0.99}
_REGISTERED = re.compile(
    r"登记在|(?:注册地?址?|登记地|执照|营业执照|工商|住所)(?:上|还|都|也|就)*(?:写|落|挂|放|开)?的?(?:在|是|于|到)|^注册(?![商地])|注册(?:的|呢)?$"
)
LONGEST_NAME = 8
"""How much may stand behind a place in what says who one is: 亦庄做数据标注的."""
_US = re.compile(
    r"^(?:公司|单位|厂里|厂子)|我(?:这|们|家|厂|店|单位|公司|司|是|在|哋|地)|俺|咱|本(?:公司|企业|单位|家)|现在这家"
)
_INTRODUCES = re.compile(
    r"(?:的|公司|企业|单位|厂家?|高企|小巨人|协会|联盟|机构|院校?|学校|医院|团队)(?:啊|呀|哈|呢)?$"
)
_OF_NOBODY = re.compile(
    r"哪[一个条项份家些里儿]|谁|什么|[咋啥几]|怎么|多少|[说讲提写叫来]的|规定|所谓|那[个种类]|这[个种类]"
)
"""副中心哪条提到的, 亦庄说的龙头企业, 外地来的公司: nobody is said to be of that place."""
_BEGINS_SO = re.compile(r"(?:一[个家]|是|做|搞|干|弄|卖|在|开|作为)")
_HAPPENS = re.compile(
    r"^(?:只是|还没|从没|没有?|刚|已经?|早就?|都|今年|去年|前年|上个?月)[^的]*$|(?:今年|去年|前年|上个?月|刚|已经?|早就?)[^,的]{0,12}[了过]"
    r"|(?:花|交|投|付|掏|缴|签|贷|借|买)了|^(?:被|挨|遭)[^,]*了$"
)
_OF_WHOEVER = re.compile(r"的(?:公司|企业|单位|人|项目|话)$")
_DENIES = re.compile(r"没有?|不是|不(?:涉及|沾|做|搞)|并非|从未|尚未|无(?!人|论)")
FEWEST_BESIDE = 2
"""How little may stand beside what is denied, and the denial."""
_TELLS = re.compile(r"[了过]|(?:有|没|没有|的)$")


def names_us(text: str) -> bool:
    """Whether the words speak of the user's own company; by itself is anybody's."""
    return _US.search(text) is not None


def says_registered(text: str) -> bool:
    """Whether the words say where one is registered: 注册在通州, 执照是亦庄的."""
    return _REGISTERED.search(text) is not None


def introduces(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause says who one is without a verb: 亦庄的高企, 通州公司, 做机器人的, 在亦庄."""
    place = next(iter(lexicon.place_index.find(text)), None)
    if place is None or place.start > 1 or text[: place.start] not in ("", "在", "是"):
        return _BEGINS_SO.match(text) is not None and _INTRODUCES.search(text) is not None
    rest = text[place.end :]
    if _OF_NOBODY.search(rest):
        return False
    return bool(place.start and not rest) or (len(rest) <= LONGEST_NAME and _INTRODUCES.search(rest) is not None)


def happens(text: str) -> bool:
    """Whether a clause tells what was done, with nobody named: 去年登过了, 交了二十万."""
    return _HAPPENS.search(text) is not None and _OF_WHOEVER.search(text) is None


def denies(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause denies something and names nobody: 不是高新, 失信名单没上; nobody denies a policy."""
    denial = _DENIES.search(text)
    if denial is None or denial.start() <= FEWEST_BESIDE:
        return denial is not None
    cues = lexicon.cue_index.find(text[: denial.start()])
    return bool(cues) and cues[0].start <= FEWEST_BESIDE and len(text) - denial.end() <= FEWEST_BESIDE


def tells_of_us(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause that does not ask tells of the user's own company."""
    if names_us(text) or says_registered(text) or introduces(text, lexicon):
        return True
    return happens(text) or denies(text, lexicon)


def is_asking(clause: Clause, lexicon: Lexicon, *, is_own: bool = False) -> bool:
    """Whether a clause asks something, by its form or, where it names nobody, as far as examples tell.

    `is_own`: the clauses before it tell of the user's own company.
    """
    if is_question(clause, lexicon):
        return True
    return not tells_of_us(clause.text, lexicon) and _chance(clause.text, lexicon) >= (
        SURELY_NO_ANSWER if is_own else ASKED
    )


def sounds_asked(meaning: Understanding, question: Question | None, lexicon: Lexicon) -> bool:
    """Whether a text that seems to tell something asks, and tells only what belongs to the question.

    `question` is the one that is open; what seems to answer it must be surer, and most where it names an option.
    """
    said = [c.text for c in split_message(meaning.text).clauses if lexicon.place_index.get(c.text) is None]
    whole = _chance(normalize(meaning.text), lexicon)
    if not said or whole < _least(meaning.answer, question):
        return False
    if not any(_tells(text, meaning, lexicon) for text in said):
        return True
    last = said[-1]
    is_asked = _chance(last, lexicon) >= (LIKELY if whole >= PLAINLY else SURELY)
    return is_asked and not _tells(last, meaning, lexicon, is_surely_asked=whole >= SURELY_NO_ANSWER)


def _least(answer: Answer | None, question: Question | None) -> float:
    """How likely it must be that the text asks."""
    if question is None or answer is None or answer.outcome is Outcome.ASK or question.id in PLACES:
        return SURELY
    return _LEAST_OF.get(question.type, SURELY_NO_ANSWER)


def _tells(text: str, meaning: Understanding, lexicon: Lexicon, *, is_surely_asked: bool = False) -> bool:
    """Whether a clause tells something: of us, what was done, or a sum."""
    if tells_of_us(text, lexicon):
        return True
    if not is_surely_asked and _TELLS.search(text):
        return True
    return any(not isinstance(fact.value, bool | str | frozenset) for fact in meaning.facts if fact.said == text)


def chance_of_asking(text: str, lexicon: Lexicon) -> float:
    """How likely the whole text is a question, or a request to look something up."""
    return _chance(normalize(text), lexicon)


def chance_of_applying(text: str, lexicon: Lexicon) -> float:
    """How likely a text that asks something asks of applying: papers, ways, times, payment, checks, the text itself."""
    return lexicon.applying.chances(normalize(text)).get("applying", 0.0)


def _chance(plain: str, lexicon: Lexicon) -> float:
    return lexicon.aims.chances(plain).get("asked", 0.0)
