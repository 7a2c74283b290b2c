"""The sender of 微信客服 by itself: what becomes of a parcel for each answer of the platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.channels.wecom.api import ApiError
from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.kf_notes import KfNotes, Service
from bot.channels.wecom.kf_parcels import (
    Customer,
    Errand,
    Greeting,
    HandOver,
    Message,
    OnEvent,
    Resume,
    message_id_of,
    parcel_of,
)
from bot.channels.wecom.kf_pieces import Piece
from bot.channels.wecom.kf_sender import KfSender
from bot.dialog.acts import Notice
from bot.metrics import Metrics
from bot.outbox import Outcome, PutOff, Refused, Sent
from bot.sessions.base import Parcel, StoreUnavailable
from bot.sessions.memory import MemoryStore

NOW = 1_790_000_000.0
CUSTOMER = Customer("wk1", "wm1")
SEND, ON_EVENT = "/cgi-bin/kf/send_msg", "/cgi-bin/kf/send_msg_on_event"
GET, TRANS, LIST = (f"/cgi-bin/kf/{name}" for name in ("service_state/get", "service_state/trans", "servicer/list"))


@dataclass(slots=True)
class Platform:
    """Answers as it is told by the call, else kindly; remembers what it was asked."""

    answers: dict[str, list[int | Mapping[str, object]]] = field(default_factory=dict)
    calls: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)

    async def call(self, path: str, body: Mapping[str, object] | None = None) -> Mapping[str, object]:
        plain = path.partition("?")[0]
        self.calls.append((plain, body or {}))
        waiting = self.answers.get(plain)
        answer = waiting.pop(0) if waiting else {}
        if isinstance(answer, int):
            raise ApiError(answer, plain)
        return answer

    @property
    def texts(self) -> list[str]:
        bodies = (body for path, body in self.calls if path in {SEND, ON_EVENT})
        return [str(body.get("text", body.get("msgmenu"))) for body in bodies]


class Bench:
    """A sender over a store in memory; the customer has just written."""

    def __init__(self) -> None:
        self.platform = Platform()
        self.store = MemoryStore(lambda: NOW)
        self.notes = KfNotes(self.store.board)
        self.metrics = Metrics()
        self.sender = KfSender(
            KfGround(
                api=self.platform,
                outbox=self.store.outbox,
                board=self.store.board,
                words=lambda notice: f"<{notice}>",
                metrics=self.metrics,
                clock=lambda: datetime.fromtimestamp(NOW, UTC),
            )
        )

    async def run(self, errand: Errand, number: int = 0, attempt: int = 0) -> Outcome:
        await self.notes.write_heard(CUSTOMER, int(NOW))
        return await self.sender.send(parcel_of("m1", number, CUSTOMER, errand), attempt)

    async def held(self) -> list[str]:
        return [one.piece.text for one in await self.notes.held(CUSTOMER)]


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param(-1, PutOff, id="busy"),
        pytest.param(-2, PutOff, id="no answer"),
        pytest.param(45009, PutOff, id="too many calls"),
        pytest.param(42001, PutOff, id="token"),
        pytest.param(60020, PutOff, id="address not trusted"),
        pytest.param(48002, PutOff, id="not allowed"),
        pytest.param(40058, Refused, id="wrong parameter"),
        pytest.param(45002, Refused, id="too long"),
        pytest.param(99999, Refused, id="unknown"),
        pytest.param(95033, Sent, id="had it before"),
        pytest.param(95001, Sent, id="over the limit"),
    ],
)
async def test_each_answer_to_a_message_has_its_outcome(bench: Bench, code: int, expected: type[Outcome]) -> None:
    bench.platform.answers[SEND] = [code]

    outcome = await bench.run(Message(Piece("你好")))

    assert isinstance(outcome, expected)
    assert await bench.held() == (["你好"] if code == 95001 else [])


@pytest.mark.parametrize(
    ("state", "expected", "held"),
    [
        pytest.param(0, PutOff, [], id="new"),
        pytest.param(1, PutOff, [], id="bot"),
        pytest.param(2, Sent, [], id="pool"),
        pytest.param(3, Sent, [], id="person"),
        pytest.param(4, Sent, ["你好"], id="ended"),
    ],
)
async def test_where_the_state_forbids_it_the_state_decides(
    bench: Bench, state: int, expected: type[Outcome], held: list[str]
) -> None:
    bench.platform.answers = {SEND: [95018], GET: [{"service_state": state}]}

    outcome = await bench.run(Message(Piece("你好")))

    assert isinstance(outcome, expected)
    assert await bench.held() == held
    assert (await bench.notes.service(CUSTOMER)).by_person is (state in {2, 3})


async def test_a_session_that_stays_closed_without_a_reason_is_given_up(bench: Bench) -> None:
    bench.platform.answers = {SEND: [95018], GET: [{"service_state": 1}]}

    assert isinstance(await bench.run(Message(Piece("你好")), attempt=6), Refused)


async def test_a_message_that_was_refused_at_once_is_sent_later_under_another_id(bench: Bench) -> None:
    bench.platform.answers[SEND] = [95001]
    await bench.run(Message(Piece("你好")))
    await bench.notes.write_sent(CUSTOMER, {})

    await bench.run(Resume(), 1)

    first, second = (body["msgid"] for path, body in bench.platform.calls if path == SEND)
    assert first != second
    assert await bench.held() == []


async def test_after_a_refusal_nothing_more_is_tried_until_the_customer_writes(bench: Bench) -> None:
    bench.platform.answers[SEND] = [95001]

    for number in range(3):
        await bench.run(Message(Piece(f"第{number}条")), number)

    assert len(bench.platform.calls) == 1
    assert await bench.held() == ["第0条", "第1条", "第2条"]


async def test_a_message_that_may_have_been_sent_is_sent_later_under_the_same_id(bench: Bench) -> None:
    bench.platform.answers[SEND] = [95001]
    await bench.run(Message(Piece("你好")), attempt=1)
    await bench.notes.write_sent(CUSTOMER, {})

    await bench.run(Resume(), 1)

    first, second = (body["msgid"] for path, body in bench.platform.calls if path == SEND)
    assert first == second


async def test_the_id_of_a_message_is_that_of_its_parcel(bench: Bench) -> None:
    await bench.run(Message(Piece("你好")), attempt=0)
    await bench.run(Message(Piece("你好")), attempt=1)

    name = message_id_of(parcel_of("m1", 0, CUSTOMER, Resume()).id)
    assert [body["msgid"] for _, body in bench.platform.calls] == [name, name]


async def test_nothing_is_sent_beside_a_person(bench: Bench) -> None:
    await bench.notes.write_service(CUSTOMER, Service(by_person=True))

    assert await bench.run(Message(Piece("你好"))) == Sent()
    assert bench.platform.calls == []


@pytest.mark.parametrize("code", [40058, 95007, 99999])
async def test_a_welcome_whose_code_is_not_taken_is_sent_as_a_message_of_the_same_id(bench: Bench, code: int) -> None:
    bench.platform.answers[ON_EVENT] = [code]

    assert await bench.run(Greeting(Message(Piece("欢迎")), "CODE", NOW + 20)) == Sent()

    assert [path for path, _ in bench.platform.calls] == [ON_EVENT, SEND]
    assert len({body["msgid"] for _, body in bench.platform.calls}) == 1


async def test_a_courtesy_that_is_late_or_not_taken_is_let_go(bench: Bench) -> None:
    bench.platform.answers[ON_EVENT] = [95007]

    assert await bench.run(OnEvent("请稍等", "CODE", NOW + 20)) == Sent()
    assert await bench.run(OnEvent("请稍等", "CODE", NOW - 1)) == Sent()
    assert len(bench.platform.calls) == 1


@pytest.mark.parametrize("code", [95014, 95016, 95019, 48002, 40058, 99999])
async def test_a_transfer_that_is_refused_is_told_the_customer(bench: Bench, code: int) -> None:
    bench.platform.answers = {LIST: [{"servicer_list": [{"userid": "li", "status": 0}]}], TRANS: [code]}
    bench.platform.answers[GET] = [{"service_state": 1}]

    assert await bench.run(HandOver("1234-5678")) == Sent()

    [posted] = await bench.store.outbox.waiting()
    assert f"<{Notice.NOBODY_ON_DUTY}>".encode() in posted.parcel.content
    assert not (await bench.notes.service(CUSTOMER)).by_person


@pytest.mark.parametrize("code", [-1, -2, 45009])
async def test_a_transfer_that_may_work_later_is_tried_again(bench: Bench, code: int) -> None:
    bench.platform.answers = {GET: [{"service_state": 1}], LIST: [{"servicer_list": [{"status": 0}]}], TRANS: [code]}

    assert isinstance(await bench.run(HandOver("1234-5678")), PutOff)
    assert await bench.store.outbox.waiting() == ()


@pytest.mark.parametrize(
    ("people", "is_called"),
    [
        pytest.param([{"userid": "li", "status": 0}], True, id="receiving"),
        pytest.param([{"userid": "li", "status": 1}, {"userid": "wang", "status": 0}], True, id="one of two"),
        pytest.param([{"department_id": 2}], True, id="a department"),
        pytest.param([{"userid": "li", "status": 1}], False, id="stopped"),
        pytest.param([], False, id="nobody"),
    ],
)
async def test_a_person_is_called_only_where_one_is_on_duty(
    bench: Bench, people: list[Mapping[str, object]], *, is_called: bool
) -> None:
    bench.platform.answers = {
        GET: [{"service_state": 1}],
        LIST: [{"servicer_list": people}],
        TRANS: [{"msg_code": "C"}],
    }

    await bench.run(HandOver("1234-5678"))

    assert (TRANS in [path for path, _ in bench.platform.calls]) is is_called
    expected = Notice.PERSON_CALLED if is_called else Notice.NOBODY_ON_DUTY
    [posted] = await bench.store.outbox.waiting()
    assert f"<{expected}>".encode() in posted.parcel.content


async def test_where_it_is_not_known_who_is_on_duty_the_transfer_is_tried(bench: Bench) -> None:
    bench.platform.answers = {GET: [{"service_state": 1}], LIST: [48002], TRANS: [{"msg_code": "C"}]}

    await bench.run(HandOver("1234-5678"))

    assert (await bench.notes.service(CUSTOMER)).by_person


async def test_a_parcel_of_another_make_is_refused(bench: Bench) -> None:
    assert isinstance(await bench.sender.send(Parcel("x", "wecom_kf", "l", b"{}"), 0), Refused)


async def test_a_store_that_is_away_puts_it_off(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(_: str) -> bytes:
        raise StoreUnavailable("locked")

    monkeypatch.setattr(bench.store.board, "read_note", fail)

    assert isinstance(await bench.sender.send(parcel_of("m1", 0, CUSTOMER, Message(Piece("x"))), 0), PutOff)


async def test_an_operator_hears_of_what_does_not_pass_by_itself(bench: Bench) -> None:
    bench.platform.answers[SEND] = [60020, -2]

    await bench.run(Message(Piece("甲")))
    await bench.run(Message(Piece("乙")), 1)

    assert 'policybot_errors_total{kind="wecom_kf_config"} 1.0' in bench.metrics.render().decode()
