"""Turns and sendings as traces of OpenTelemetry, sent to where the standard variables of OpenTelemetry say.

The module is imported only where that is wished: its libraries are an extra (`policybot[traces]`). A span holds what a
line of the log holds: figures, closed sets and a hash, nothing of what was said and no name of anybody.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Thread

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import NonRecordingSpan, SpanKind, StatusCode, set_span_in_context

from bot.logs import hash_session
from bot.metrics import Metrics
from bot.observing import Ending, Sending, TurnEvent

CLOSE_SECONDS = 2.0
"""So long the end of the program waits for the last spans to be taken."""
REMEMBERED = 10_000
"""What so many parcels were posted for is known; what another process posted is sent in a trace of its own."""
_FAILURES = frozenset({Ending.FAILED, Ending.UNAVAILABLE})


class TracedMetrics(Metrics):
    """Figures that become spans too: a turn with its stages and each attempt to send what it posted.

    A span is made when what it tells of has ended, so that nothing is done on the way of a turn.
    """

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        super().__init__()
        resource = Resource({"service.name": "policybot"}).merge(OTELResourceDetector().detect())
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("policybot")
        self._posted: OrderedDict[str, Context] = OrderedDict()
        self._clock = clock

    def count_event(self, event: TurnEvent) -> None:
        """One more turn has ended, in whichever way."""
        super().count_event(event)
        end = self._clock()
        start = end - _nanoseconds(event.seconds)
        told = {
            "policybot.channel": event.channel,
            "policybot.conversation": hash_session(event.conversation),
            "policybot.ending": event.ending.value,
            "policybot.marks": ",".join(sorted(event.marks)),
            "policybot.content_version": event.content_version,
        }
        turn = self._tracer.start_span("turn", Context(), SpanKind.SERVER, told, start_time=start)
        inside = set_span_in_context(NonRecordingSpan(turn.get_span_context()), Context())
        for part in event.parts:
            begin = start + _nanoseconds(part.begin)
            span = self._tracer.start_span(part.stage.value, inside, start_time=begin)
            span.end(begin + _nanoseconds(part.seconds))
        if event.ending in _FAILURES:
            turn.set_status(StatusCode.ERROR)
        turn.end(end)
        self._posted.update(dict.fromkeys(event.posted, inside))
        while len(self._posted) > REMEMBERED:
            self._posted.popitem(last=False)

    def count_sending(self, sending: Sending) -> None:
        """One more attempt to send something has ended."""
        super().count_sending(sending)
        end = self._clock()
        told: dict[str, str | int] = {
            "policybot.door": sending.door,
            "policybot.outcome": sending.outcome,
            "policybot.attempt": sending.attempt,
        }
        start = end - _nanoseconds(sending.seconds)
        turn = self._posted.get(sending.parcel, Context())
        self._tracer.start_span("send", turn, SpanKind.CLIENT, told, start_time=start).end(end)

    def close(self) -> None:
        """Send what is left; what nobody takes within a moment is given up."""
        closing = Thread(target=self._provider.shutdown, name="traces", daemon=True)
        closing.start()
        closing.join(CLOSE_SECONDS)


def _nanoseconds(seconds: float) -> int:
    return round(seconds * 1e9)
