"""Users who say anything in any order: nothing breaks, nothing is lost, nothing is recorded that was not said."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.dialog.acts import NotUnderstood
from bot.dialog.asking import options_of
from bot.dialog.deciding import passed_attributes
from bot.dialog.machine import Transition, advance
from bot.dialog.results import OFFERED, build_result
from bot.dialog.state import OfferKind, PendingKind, State
from bot.policy.attributes import Profile
from bot.rendering.renderer import Renderer
from tests.content_fixture import shipped_bundle

FACTS: dict[str, dict[str, Any]] = {
    "我们注册在通州": {"region": "通州区"},
    "执照在亦庄": {"region": "经开区"},
    "小巨人": {"specialized_tier": "little_giant"},
    "没有专精特新": {"specialized_tier": "none"},
    "是国家高新技术企业": {"high_tech": True},
    "不是高新技术企业": {"high_tech": False},
    "科技保险保费交了26万": {"insurance_premium": 260_000},
    "今年数据采购额80万": {"purchase_amount": 800_000},
    "数据资产登记还没办过，是首次": {"first_registration": True},
    "数据资产登记去年办过了": {"first_registration": False},
    "首次入表，入表金额300万": {"first_listing": True, "listing_amount": 3_000_000},
    "没有行政处罚，没有犯罪记录，没有失信": {
        "last_major_penalty": "none",
        "criminal_record": False,
        "dishonest_listed": False,
    },
}
"""What a text says of the enterprise, all of it."""
BESIDE = (
    "数据券怎么补", "入表有补贴吗", "为什么要问这个", "看结果", "更多", "依据1", "帮助", "我的资料", "谢谢", "你好",
    "谁能领", "转人工", "今天天气怎么样", "你真笨", "按2027-12-31算", "再说一遍", "？？？", "阿巴阿巴", "🙂", "asdf",
    "1和2能一起拿吗", "对比", "总结一下", "转发给老板",
    "对比1和2", "如果注册到经开区呢", "朋友的公司是小巨人", "母公司在海淀", "🤷", "3.14159", "“”", "\u200b", "继续",
)  # fmt: skip
"""Questions, commands and nonsense: none of it says anything of the enterprise."""
NOT_KNOWN = ("不知道", "不清楚", "不方便说", "跳过", "回头查一下")


class RandomUser(RuleBasedStateMachine):
    """One conversation, with all that was said in it of the enterprise."""

    @initialize()
    def begin(self) -> None:
        self.state = State()
        self.now = datetime(2026, 7, 15, 9, tzinfo=UTC)
        self.said: dict[str, set[Any]] = {}
        self.last = self._say("")

    def _say(self, text: str) -> Transition:
        bundle = shipped_bundle()
        self.now += timedelta(minutes=1)
        done = advance(self.state, text, self.now, bundle.guide)
        renderer = Renderer(bundle.templates["text"], bundle.notices, bundle.guide.knowledge.hotline)
        messages = renderer.render(done.acts, done.state.profile)
        assert messages, f"no reply to {text!r}"
        assert all(message.text.strip() and len(message.text.encode()) <= renderer.max_bytes for message in messages)
        self.state, self.last = done.state, done
        return done

    @rule(text=st.sampled_from(sorted(FACTS)))
    def tells(self, text: str) -> None:
        for name, value in FACTS[text].items():
            self.said.setdefault(name, set()).add(value)
        self._say(text)

    @rule(text=st.sampled_from(BESIDE))
    def speaks_of_something_else(self, text: str) -> None:
        before = self.state
        self._say(text)
        assert self.state.profile == before.profile, text
        was_open = before.pending is not None and before.pending.kind is PendingKind.QUESTION
        if was_open and before.misses < 3:
            assert self.state.pending is not None or "看结果" in text, text

    @rule(text=st.text(max_size=12))
    def types_anything(self, text: str) -> None:
        self._say(text)
        for name, value in self.state.profile.values.items():
            self.said.setdefault(name, set()).add(value)

    @rule(text=st.sampled_from(NOT_KNOWN))
    def does_not_know(self, text: str) -> None:
        """To decline is never worse than not to have been asked: all that was on offer still is."""
        pending = self.state.pending
        if pending is None or pending.kind in (PendingKind.CONFIRM_DELETE, PendingKind.CONFIRM_RESTART):
            return
        if self.state.offer is not None and self.state.offer.kind is OfferKind.CONTRADICTION:
            return  # which of two statements holds is left open then
        before, profile = self._offered(), self.state.profile
        self._say(text)
        assert self.state.profile == profile
        assert before <= self._offered(), text

    @rule(choice=st.integers(1, 22))
    def picks_a_number(self, choice: int) -> None:
        pending, guide = self.state.pending, shipped_bundle().guide
        options = () if pending is None else options_of(pending, guide)
        is_option = pending is not None and pending.kind is PendingKind.QUESTION and choice <= len(pending.options)
        before, offer = dict(self.state.profile.values), self.state.offer
        self._say(str(choice))
        changed = {n for n, v in self.state.profile.values.items() if before.get(n) != v}
        allowed = {pending.attribute} if is_option and pending is not None else self._asked(options)
        allowed |= {offer.about} if offer is not None else set()
        assert changed <= allowed, (choice, changed)
        for name in changed:
            self.said.setdefault(name, set()).add(self.state.profile.values[name])

    def _asked(self, options: tuple[Any, ...]) -> set[str]:
        premises = set(shipped_bundle().guide.flow.premises)
        return premises | {option.value for option in options} | {"operating_regions", "sector"}

    @rule()
    def goes_back(self) -> None:
        self._say("返回")

    @rule()
    def says_it_twice(self) -> None:
        self._say("我们注册在通州")
        self.said.setdefault("region", set()).add("通州区")
        profile = self.state.profile
        self._say("我们注册在通州")
        assert self.state.profile == profile

    @rule(hours=st.sampled_from([2, 30, 24 * 9]))
    def is_silent(self, hours: int) -> None:
        profile = self.state.profile
        self.now += timedelta(hours=hours)
        self._say("我回来了")
        assert self.state.profile == profile

    @rule()
    def starts_over_and_takes_it_back(self) -> None:
        profile = self.state.profile
        self._say("重新开始")
        if self.state.pending is not None and self.state.pending.kind is PendingKind.CONFIRM_RESTART:
            self._say("不了")
            assert self.state.profile == profile

    @invariant()
    def records_only_what_was_said(self) -> None:
        for name, value in self.state.profile.values.items():
            assert value in self.said.get(name, set()), (name, value)

    @invariant()
    def is_never_at_a_loss_for_long(self) -> None:
        assert sum(isinstance(act, NotUnderstood) for act in self.last.acts) <= 1

    def _offered(self) -> frozenset[str]:
        state, guide = self.state, shipped_bundle().guide
        result = build_result(Profile(state.profile.values), guide, self.now.date(), passed_attributes(state, guide))
        return frozenset(item.verdict.clause.id for item in result.items if item.group in OFFERED)


RandomUser.TestCase.settings = settings(
    max_examples=60,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    stateful_step_count=25,
)
test_random_users = RandomUser.TestCase
