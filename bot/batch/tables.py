"""The answers of the contract's commands as tables for people."""

from datetime import date

from rich.console import Console
from rich.table import Table

from bot.batch.jsonl import Answer
from bot.content.linting import Review
from bot.content.problems import Weight
from bot.dialog.deciding import failing
from bot.dialog.results import worth_of
from bot.policy.availability import Availability
from bot.policy.matching import Standing, Verdict
from bot.policy.money import format_yuan
from bot.policy.plan import Plan
from bot.rendering.sentences import say_gain

STANDINGS = {Standing.ELIGIBLE: "符合", Standing.NEEDS_INFO: "待定", Standing.NOT_ELIGIBLE: "不符合"}
STATES = {
    Availability.OPEN: "可申领",
    Availability.DRAFT: "征求意见稿",
    Availability.CLOSED: "已截止",
    Availability.UNCONFIRMED: "待核实",
}
OUTCOMES = {"value": "明确", "ask": "要再问", "unknown": "不知道或不愿说", "interval": "一个范围"}


def review_summary(review: Review) -> str:
    """One line on what the check found, and on the content when it can be used."""
    counts = {weight: review.count(weight) for weight in Weight}
    told = [f"{counts[Weight.MISTAKE]} 处错误"] if counts[Weight.MISTAKE] else []
    told += [f"{counts[weight]} 条{weight.value}" for weight in (Weight.REMINDER, Weight.NOTICE) if counts[weight]]
    has_to_act = counts[Weight.MISTAKE] or counts[Weight.REMINDER]
    head = "、".join(told) if has_to_act else "，".join(["没有问题", *(f"另有 {each}" for each in told)])
    if review.bundle is None:
        return head
    knowledge = review.bundle.guide.knowledge
    sizes = f"{len(knowledge.documents)} 份文件、{len(knowledge.clauses)} 条条款、{len(knowledge.attributes)} 个属性"
    return f"{head}：{sizes}，版本 {review.bundle.version}"


def print_match(verdicts: tuple[Verdict, ...], plan: Plan, on: date) -> None:
    """Every claimable clause in the order of standing and money, and the best combination."""
    table = Table(title=f"按 {on.isoformat()} 计算")
    for heading in ("条款", "名称", "结论", "金额，或为什么不符合"):
        table.add_column(heading, overflow="fold")
    order = list(STANDINGS)
    shown = [verdict for verdict in verdicts if verdict.clause.is_claimable]
    for verdict in sorted(shown, key=lambda v: (order.index(v.standing), -worth_of(v))):
        is_out = verdict.standing is Standing.NOT_ELIGIBLE
        table.add_row(
            f"{verdict.clause.document.short_title} {verdict.clause.article}",
            verdict.clause.title,
            f"{STANDINGS[verdict.standing]}，{STATES[verdict.availability]}",
            "；".join(failing(verdict.finding)) if is_out else say_gain(verdict.clause.benefit, verdict.amount),
        )
    console = Console(highlight=False)
    console.print(table)
    console.print(f"能算准的合计 {format_yuan(plan.fixed_total)}，最多 {format_yuan(plan.ceiling_total)}")
    if (other := plan.runner_up) is not None:
        titles = "、".join(chosen.clause.title for chosen in other.instead)
        console.print(f"次一种取法：改取{titles}，合计 {format_yuan(other.total)}", markup=False)
    for left in plan.left_out:
        console.print(f"未计入：{left.clause.title}，{left.because}", markup=False)


def print_search(answer: Answer) -> None:
    """The clauses found, best first: how well each answers, its title, its id."""
    if not answer["results"]:
        Console().print("没有找到：这个问题不在范围内。")
        return
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for result in answer["results"]:
        console.print(f"{result['score']:.2f}  {result['title']}  {result['clause']}")


def print_understanding(answer: Answer) -> None:
    """What the text means."""
    console = Console(markup=False, highlight=False)
    if "outcome" in answer:
        console.print(f"回答：{OUTCOMES[answer['outcome']]}")
    names = {"value": "值", "min": "下限", "max": "上限", "candidates": "可能是", "intent": "指令", "slot": "属性"}
    for key, name in names.items():
        if answer.get(key) is not None:
            console.print(f"{name}：{answer[key]}")


def print_replay(answer: Answer) -> None:
    """The conversation as it went, what is known at the end, and what was offered."""
    console = Console(markup=False, highlight=False)
    for turn in answer["turns"]:
        console.print(f"› {turn['user']}", style="cyan")
        console.print(turn["bot"] + "\n")
    table = Table("条款", "结论", "状态", "金额（元）", title="最后的结果")
    for item in answer["offered"]:
        amount = "" if item["amount_yuan"] is None else f"{item['amount_yuan']:,}"
        verdict, state = STANDINGS[Standing(item["verdict"])], STATES[Availability(item["availability"])]
        table.add_row(item["clause"], verdict, state, amount)
    console.print(table)
