"""What is counted and timed, for Prometheus; no label ever holds what a user wrote."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from bot.observing import Depth, Sending, TurnEvent

STORE_PARTS = ("turn", "outbox", "gauge", "probe", "console")
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The figures of one running program, in a registry of its own."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        counter, gauge, times = self._counter, self._gauge, self._histogram
        self._turn_seconds = times("policybot_turn_seconds", "A turn from message to kept reply", "channel")
        self._endings = counter("policybot_turn_endings", "Turns by how they ended", "channel", "ending")
        self._marks = counter("policybot_turn_marks", "What answered turns came to", "channel", "mark")
        self._stages = times("policybot_stage_seconds", "Time spent in a stage", "stage")
        self._errors = counter("policybot_errors", "Turns and requests that failed", "kind")
        self._store_errors = counter("policybot_store_errors", "Times the store could not be used", "part")
        self._platform_errors = counter(
            "policybot_platform_errors", "Calls not done, by what is to be done", "platform", "kind"
        )
        self._platform_codes = counter(
            "policybot_platform_codes", "Calls not done, by what was called and answered", "platform", "call", "code"
        )
        self._sendings = counter("policybot_sendings", "Attempts to send, by how they ended", "door", "outcome")
        self._waiting = gauge("policybot_outbox_waiting", "Messages to be sent", "door")
        self._dead = gauge("policybot_outbox_dead", "Messages that were given up", "door")
        self._oldest = gauge("policybot_outbox_oldest_seconds", "Age of the oldest to be sent", "door")
        self._outbox_read = gauge("policybot_outbox_read_timestamp_seconds", "When the outbox was last looked at")
        self._ratings = counter("policybot_ratings", "What users think of answers", "channel", "rating")
        self._connected = gauge("policybot_connected", "1 while this process holds the connection", "channel")
        self._content = gauge("policybot_content_info", "Content version in use", "version")
        self._loaded = gauge("policybot_content_loaded_timestamp_seconds", "When the content in use was taken")
        self._refused = gauge("policybot_content_refused", "1 while the folder holds content that was refused")
        self._problems = gauge("policybot_content_problems", "Problems of the refused content")
        for part in STORE_PARTS:  # shown as 0: an increase is only seen from a figure that was there before
            self._store_errors(part)

    # all labels are closed sets: the figure of each is looked up once and kept
    def _counter(self, name: str, meaning: str, *labels: str) -> Callable[..., Counter]:
        return cache(Counter(name, meaning, labels, registry=self._registry).labels)

    def _gauge(self, name: str, meaning: str, *labels: str) -> Gauge:
        return Gauge(name, meaning, labels, registry=self._registry)

    def _histogram(self, name: str, meaning: str, *labels: str) -> Callable[..., Histogram]:
        return cache(Histogram(name, meaning, labels, buckets=_SECONDS, registry=self._registry).labels)

    def count_event(self, event: TurnEvent) -> None:
        """One more turn has ended, in whichever way."""
        self._turn_seconds(event.channel).observe(event.seconds)
        self._endings(event.channel, event.ending.value).inc()
        for mark in event.marks:
            self._marks(event.channel, mark.value).inc()
        for stage, seconds in event.stages.items():
            self._stages(stage.value).observe(seconds)

    def set_outbox(self, depths: Iterable[Depth], now: float) -> None:
        """What waits to be sent and what was given up, all doors together."""
        for gauge in (self._waiting, self._dead, self._oldest):
            gauge.clear()
        for depth in depths:
            self._waiting.labels(depth.door).set(depth.waiting)
            self._dead.labels(depth.door).set(depth.dead)
            self._oldest.labels(depth.door).set(max(0.0, now - depth.oldest) if depth.waiting else 0.0)
        self._outbox_read.set(now)

    def count_store_error(self, part: str) -> None:
        """The store could not be used by this part of the program, which is one of a closed set."""
        self._store_errors(part).inc()

    def expect_platform_errors(self, platform: str, kinds: Iterable[str]) -> None:
        """Show these kinds as 0 until there is one."""
        for kind in kinds:
            self._platform_errors(platform, kind)

    def count_platform_error(self, platform: str, call: str, code: str, kind: str) -> None:
        """A platform did not do a call; each of these is one of a closed set."""
        self._platform_errors(platform, kind).inc()
        self._platform_codes(platform, call, code).inc()

    def expect_errors(self, kinds: Iterable[str]) -> None:
        """Show these kinds as 0 until there is one."""
        for kind in kinds:
            self._errors(kind)

    def count_error(self, kind: str) -> None:
        """One more failure of the kind, which must be one of a closed set."""
        self._errors(kind).inc()

    def count_sending(self, sending: Sending) -> None:
        """One more attempt to send something has ended."""
        self._sendings(sending.door, sending.outcome).inc()

    def count_rating(self, channel: str, rating: str) -> None:
        """One more opinion of a user on an answer; `rating` is one of a closed set."""
        self._ratings(channel, rating).inc()

    def set_connected(self, channel: str, *, is_connected: bool) -> None:
        """Whether this process holds the long connection of the channel."""
        self._connected.labels(channel).set(is_connected)

    def set_content_version(self, version: str, since: float = 0.0) -> None:
        """Name the content version that is now in use, and the time since when."""
        self._content.clear()
        self._content.labels(version).set(1)
        self._loaded.set(since)

    def set_refused_problems(self, problems: int | None) -> None:
        """How many problems the content has that was refused; None when what the folder holds is in use."""
        self._refused.set(problems is not None)
        self._problems.set(problems or 0)

    def totals(self, name: str, label: str) -> Mapping[str, int]:
        """The counts of one figure since the start, by one of its labels, whatever the others are."""
        found: dict[str, int] = {}
        for family in self._registry.restricted_registry([name]).collect():
            for sample in family.samples:
                key = sample.labels[label]
                found[key] = found.get(key, 0) + int(sample.value)
        return found

    def render(self) -> bytes:
        """All figures in the text format of Prometheus."""
        return generate_latest(self._registry)
