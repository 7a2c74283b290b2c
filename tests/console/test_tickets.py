"""What a ticket is, whatever a cookie holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.tickets import Role, Seal, Ticket, is_same, new_ticket

NOW = 1_800_000_000
SEAL, OTHER = Seal("correct horse battery"), Seal("correct horse batterz")
TICKETS = st.builds(
    Ticket,
    st.sampled_from(Role),
    st.text("abcXYZ019_-", min_size=22, max_size=22),
    st.integers(0, 99_999_999_999),
    st.integers(0, 99_999_999_999),
)


@given(TICKETS)
def test_a_ticket_is_read_as_it_was_written_and_by_nobody_else(ticket: Ticket) -> None:
    assert SEAL.read(SEAL.write(ticket)) == ticket
    assert OTHER.read(SEAL.write(ticket)) is None


@given(TICKETS, st.data())
def test_a_ticket_with_any_sign_changed_is_none(ticket: Ticket, data: st.DataObject) -> None:
    written = SEAL.write(ticket)
    at = data.draw(st.integers(0, len(written) - 1))
    sign = data.draw(st.characters().filter(lambda one: one != written[at]))

    assert SEAL.read(written[:at] + sign + written[at + 1 :]) is None
    assert SEAL.read(written[:at] + written[at + 1 :]) is None
    assert SEAL.read(written[: at + 1] + sign + written[at + 1 :]) is None


@given(TICKETS, st.text(max_size=50))
def test_a_token_is_that_of_one_ticket_only(ticket: Ticket, text: str) -> None:
    another = new_ticket(ticket.role, NOW)

    assert SEAL.is_token_of(ticket, SEAL.token_of(ticket))
    assert not SEAL.is_token_of(another, SEAL.token_of(ticket))
    assert not OTHER.is_token_of(ticket, SEAL.token_of(ticket))
    assert not SEAL.is_token_of(ticket, text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_password_is_right_when_it_is_the_same(given_one: str, password: str) -> None:
    assert is_same(given_one, password) == (given_one.encode("utf-8", "replace") == password.encode("utf-8", "replace"))


def test_another_replica_with_the_same_password_reads_the_same_tickets() -> None:
    ticket = new_ticket(Role.MEMBER, NOW)

    assert Seal("correct horse battery").read(SEAL.write(ticket)) == ticket


def test_no_two_tickets_are_alike() -> None:
    assert len({new_ticket(Role.MEMBER, NOW).id for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize(
    ("began", "seen", "is_over"),
    [
        pytest.param(0, 0, False, id="new"),
        pytest.param(0, -3_600, False, id="an hour of silence"),
        pytest.param(0, -3_601, True, id="more than an hour"),
        pytest.param(-12 * 3_600 + 1, 0, False, id="nearly twelve hours"),
        pytest.param(-12 * 3_600, 0, True, id="twelve hours"),
    ],
)
def test_a_members_ticket_ends_after_silence_and_after_a_day_of_work(began: int, seen: int, *, is_over: bool) -> None:
    assert Ticket(Role.MEMBER, "x" * 22, NOW + began, NOW + seen).is_over(NOW) is is_over


def test_the_token_of_a_ticket_does_not_change_while_it_is_in_use() -> None:
    ticket = new_ticket(Role.MEMBER, NOW)

    assert SEAL.token_of(ticket) == SEAL.token_of(ticket.renewed(NOW + 600))
