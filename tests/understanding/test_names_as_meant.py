"""Answers with a company's name: with spaces, several at once, or only described."""

from datetime import date
from typing import Any

import pytest

from bot.understanding.general import general_question
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read_answer

TODAY = date(2026, 11, 21)
ASK, UNKNOWN = Outcome.ASK, Outcome.UNKNOWN

ANSWERS: dict[tuple[str, str], dict[str, Any]] = {
    ("company_name", "贵公司的全称是？"): {
        "北京 沐川 数据 科技 有限公司": "北京沐川数据科技有限公司",
        "北京 沐川科技有限公司": "北京沐川科技有限公司", "您好 北京沐川科技有限公司": "北京沐川科技有限公司",
        "北京沐川 科技股份有限公司": "北京沐川科技股份有限公司",
        "全称 北京沐川科技 有限责任公司": "北京沐川科技有限责任公司",
        "北 京 沐 川 科 技 有 限 公 司": "北京沐川科技有限公司", "谢谢 沐川 科技 有限公司": "沐川科技有限公司",
        "我们是 北京 沐川科技 有限公司 谢谢": "北京沐川科技有限公司",
        "北京沐川科技有限公司和北京沐野数据有限公司": ASK,
        "北京沐川科技有限公司、北京沐野数据有限公司两家": ASK,
        "北京沐川科技有限公司跟沐野数据有限公司都是我们的": ASK,
        "一个是北京沐川科技有限公司一个是北京沐野数据有限公司": ASK,
        "北京和众数据有限公司": "北京和众数据有限公司", "我们就是个做软件的小公司": ASK,
        "海淀一家做数据的公司": ASK, "刚起步的创业公司": ASK, "一个五六个人的小工作室": ASK,
        "人工智能科技公司": ASK, "搞机器人的民营企业": ASK, "北京美的数据有限公司": "北京美的数据有限公司",
        "亦庄做无人车的那个公司": ASK, "我们公司全称叫北京沐川科技有限公司": "北京沐川科技有限公司",
        "名字不方便讲": UNKNOWN, "北京 澜川 信息 技术 股份 有限公司": "北京澜川信息技术股份有限公司",
        "我司名称：北京 澜川 智能科技 有限公司": "北京澜川智能科技有限公司",
        "澜川 北京 科技有限公司": "澜川北京科技有限公司",
        "澜川科技（北京）有限公司 和 澜川数据（北京）有限公司": ASK,
        "有两个主体，澜川科技有限公司、澜野数据有限公司，问哪个都行": ASK,
        "北京澜川科技有限公司及其子公司北京澜野数据有限公司": ASK,
        "北京澜川科技有限公司或者北京澜野科技有限公司，我记混了": ASK,
        "澜川和澜野数据科技有限公司": "澜川和澜野数据科技有限公司", "就是个小微企业": ASK, "卖数据的公司": ASK,
        "做大模型的初创": ASK, "朝阳区一家科技公司": ASK, "我们单位就是普普通通一个软件公司": ASK,
        "亦庄的国企": ASK, "三个人的皮包公司": ASK, "专门给医院做软件的公司": ASK, "帮人家标数据的厂子": ASK,
        "北京小澜科技有限公司": "北京小澜科技有限公司", "北京做梦科技有限公司": "北京做梦科技有限公司",
        "北京一家人健康科技有限公司": "北京一家人健康科技有限公司", "清华大学": "清华大学",
        "美的集团股份有限公司": "美的集团股份有限公司", "北京三一重工有限公司": "北京三一重工有限公司",
        "北京小米科技有限责任公司": "北京小米科技有限责任公司",
        "北京外企服务集团有限责任公司": "北京外企服务集团有限责任公司",
        "北京国企改革发展研究院": "北京国企改革发展研究院",
        "北京创业公社投资发展有限公司": "北京创业公社投资发展有限公司",
        "北京大兴国际机场有限公司": "北京大兴国际机场有限公司",
        "北京开卷信息技术有限公司": "北京开卷信息技术有限公司",
        "北京卖好车科技有限公司": "北京卖好车科技有限公司",
        "弄潮儿（北京）数据有限公司": "弄潮儿（北京）数据有限公司",
        "做梦数据科技（北京）有限公司": "做梦数据科技（北京）有限公司",
        "小鹏智能科技有限公司": "小鹏智能科技有限公司", "小澜数据公司": "小澜数据公司",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "prompt", "text", "expected"),
    [
        pytest.param(name, prompt, text, expected, id=f"{name}-{prompt[:8]}-{text}")
        for (name, prompt), rows in ANSWERS.items()
        for text, expected in rows.items()
    ],
)
def test_a_name_is_read_as_meant(name: str, prompt: str, text: str, expected: Any, lexicon: Lexicon) -> None:
    question = general_question(name, prompt, lexicon.questions)

    answer = read_answer(text, question, lexicon, TODAY)

    outcome = answer.outcome
    value = answer.value
    assert (value if outcome is Outcome.VALUE else outcome) == expected
