"""What a message tells around the one thing that it asks belongs to it; what it tells of the enterprise doesn't."""

import pytest

from bot.dialog.answer_acts import AnswerFromClauses
from bot.dialog.state import State
from tests.dialog.talks import turn

AROUND = {
    "家里有栋旧厂房闲着，改成研发用的楼能补几成": "2.1.2-6",
    "数据中心准备装液冷，投进去的钱给补百分之多少": "2.1.3-2",
    "我们帮银行换国产系统，第一家落地，奖金最多多少": "2.1.1-1",
    "机器人产品第一次卖到北京的工厂里用，一台给多少": "2.2.4-8",
    "公司要上北交所，信创的，市里给多少": "2.1.1-6",
    "无人工厂刚建好，机器人自己造机器人，能奖几成": "2.2.4-5",
    "北斗的项目贷了款，政府给贴几个点": "2.2.1-10",
    "开源组织落户北京，建平台的，给多少奖": "3.1-1",
    "进了沙盒，试验也做完了，证明也拿到了，通州配套多少": "6",
    "我们搞了个数据标注平台，给全行业用的，亦庄每年给多少": "6",
    "首轮贯标的用户，信创标准，一家奖多少": "2.1.1-2",
}
BESIDE = {
    "我们刚融了三千万，数据券一年最多补多少": "8",
    "上个月刚签了个房租合同，数据入表补贴要什么条件": "1.1-2",
    "公司搬家忙得要死，监管沙盒怎么申请": "3",
    "孩子发烧我在医院，DCMM认证奖多少": "2.1.2-4",
    "前两天跟银行聊过贷款，雁阵计划要求啥": "14",
    "听隔壁做大模型的说有钱拿，信创首方案最高给多少": "2.1.1-1",
    "厂房是租的，保费五万，科技保险补贴够不够格": "1",
    "今年业绩不好，人形机器人创新中心怎么回事": "2.2.4-1",
    "数据券我知道了，那数据跨境给多少奖励": "12",
    "我们在亦庄，小巨人，买科技保险能报几成": "1",
}


@pytest.mark.parametrize(("text", "article"), AROUND.items(), ids=AROUND)
def test_what_is_told_around_a_question_is_what_it_asks_of(text: str, article: str) -> None:
    assert told(text) == article


@pytest.mark.parametrize(("text", "article"), BESIDE.items(), ids=BESIDE)
def test_what_is_told_beside_a_question_does_not_change_its_answer(text: str, article: str) -> None:
    assert told(text) == article


def told(text: str) -> str:
    """The article that is told of first."""
    acts = [act for act in turn(State(), text).acts if isinstance(act, AnswerFromClauses)]
    return acts[0].verdicts[0].clause.article
