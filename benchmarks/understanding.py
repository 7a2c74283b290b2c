"""How long it takes to read one answer and one free message: medians in microseconds, in this process."""

import statistics
import time
from collections.abc import Callable
from datetime import date

from bot.understanding.lexicon import Lexicon
from bot.understanding.reading import read, read_answer, read_command
from tests.content_fixture import shipped_bundle

TODAY = date(2026, 11, 21)
ANSWERS = (
    ("region", "注册在通州办公在亦庄"), ("region", "通洲"), ("specialized_tier", "不是小巨人，就北京市那个"),
    ("high_tech", "有证的，23年刚复审过"),
    ("first_registration", "母公司登过，我们没有"), ("sector", "医疗大模型"), ("insurance_premium",
    "大概二十六万四左右"),
    ("last_major_penalty", "2024年11月6号公示过"), ("purchase_amount", "三四十万吧"), ("first_trade", "不好说"),
)  # fmt: skip
MESSAGES = (
    "副中心的公司，专精特新没评，国高新也不是，今年买数据模型花了五十六万，另外拿数据资产质押借的钱付息八十九万四，这些有说法吗",
    "失信名单没上过，没吃过行政处罚，也没有刑事案底",
    "注册地改成通州",
)


def median_microseconds(act: Callable[[], object], rounds: int = 300) -> float:
    """The median time of one call."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter_ns()
        act()
        times.append(time.perf_counter_ns() - began)
    return statistics.median(times) / 1_000


def main() -> None:
    """Print the medians."""
    lexicon = shipped_bundle().guide.lexicon
    answers = [_answer_time(name, text, lexicon) for name, text in ANSWERS]
    messages = [median_microseconds(lambda text=text: read(text, None, lexicon, TODAY)) for text in MESSAGES]  # type: ignore[misc]
    commands = [median_microseconds(lambda text=text: read_command(text, lexicon)) for text in MESSAGES]  # type: ignore[misc]
    print(f"answer   {statistics.median(answers):8.0f} µs (slowest {max(answers):.0f})")
    print(f"message  {statistics.median(messages):8.0f} µs (slowest {max(messages):.0f})")
    print(f"command  {statistics.median(commands):8.0f} µs (slowest {max(commands):.0f})")


def _answer_time(name: str, text: str, lexicon: Lexicon) -> float:
    question = lexicon.questions[name]
    return median_microseconds(lambda: read_answer(text, question, lexicon, TODAY))


if __name__ == "__main__":
    main()
