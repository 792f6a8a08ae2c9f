"""When a message goes out, and what is done when it may have gone."""

from datetime import timedelta
from typing import Any

import pytest
from recado.errors import Outcome
from recado.model.communication import Communication
from recado.rules import sending

from tests.rules.test_contacts import NOW, message


def outbound(**settings: Any) -> Communication:
    return message().model_copy(update={"direction": "outbound", "state": "queued", **settings})


def test_what_is_queued_is_sent() -> None:
    assert sending.step(outbound(), NOW) == "send"


def test_what_is_settled_is_left_alone() -> None:
    for state in ("sent", "delivered", "read", "failed", "expired", "withdrawn", "unknown"):
        assert sending.step(outbound(state=state), NOW) == "leave"


def test_what_another_worker_has_in_hand_is_left_until_its_lease_is_over() -> None:
    claimed = sending.claimed(outbound(), "claim", NOW)
    assert sending.step(claimed, NOW + sending.LEASE / 2) == "leave"
    assert sending.step(claimed, NOW + sending.LEASE) == "judge"


def test_nothing_goes_out_before_its_time_or_after_it_is_stale() -> None:
    assert sending.step(outbound(not_before=NOW + timedelta(seconds=1)), NOW) == "leave"
    assert sending.step(outbound(not_after=NOW - timedelta(seconds=1)), NOW) == "expire"


def test_a_reminder_of_unknown_fate_goes_out_once_more_and_never_a_third_time() -> None:
    reminder = outbound(purpose="reminder", not_after=NOW + timedelta(hours=20), attempts=1)
    once_more = sending.unknown(reminder, NOW)
    assert once_more.due_at == NOW + sending.RESEND_AFTER
    assert sending.step(once_more, NOW) == "leave"
    assert sending.step(once_more, NOW + sending.RESEND_AFTER) == "send"
    assert sending.unknown(once_more.model_copy(update={"attempts": 2}), NOW).due_at is None


def test_a_reminder_of_unknown_fate_is_not_repeated_shortly_before_the_visit() -> None:
    reminder = outbound(purpose="reminder", not_after=NOW + timedelta(hours=1), attempts=1)
    assert sending.unknown(reminder, NOW).due_at is None


def test_an_agents_answer_of_unknown_fate_is_shown_and_never_repeated() -> None:
    told = sending.unknown(outbound(attempts=1), NOW)
    assert (told.state, told.due_at) == ("unknown", None)


@pytest.mark.parametrize(
    "outcome", ["template_only", "opted_out", "bad_address", "fix_request", "fix_account"]
)
def test_an_agents_answer_that_was_refused_for_good_fails_with_its_reason(outcome: Outcome) -> None:
    refused = sending.failed(outbound(attempts=1), outcome, NOW)
    assert (refused.state, refused.error, refused.due_at) == ("failed", outcome, None)


def test_what_was_certainly_not_sent_is_tried_again_at_growing_distances() -> None:
    waits = [sending.failed(outbound(attempts=n), "retry", NOW).due_at for n in (1, 2, 3)]
    assert waits == [NOW + timedelta(seconds=s) for s in (4, 16, 64)]


def test_the_providers_own_pause_is_kept() -> None:
    assert sending.failed(outbound(attempts=1), "retry", NOW, 30).due_at == NOW + timedelta(seconds=30)


def test_tries_end_at_the_cap_and_where_the_message_would_be_stale() -> None:
    assert sending.failed(outbound(attempts=sending.MAX_ATTEMPTS), "retry", NOW).state == "failed"
    soon_stale = outbound(attempts=1, not_after=NOW + timedelta(hours=1))
    assert sending.failed(soon_stale, "wait", NOW).state == "failed"


def test_a_reminder_waits_for_its_account_to_be_mended() -> None:
    reminder = outbound(purpose="reminder", attempts=1, not_after=NOW + timedelta(hours=20))
    assert sending.failed(reminder, "fix_account", NOW).state == "queued"


@pytest.mark.parametrize("purpose", ["conversation", "self_service"])
def test_an_answer_is_stale_after_a_day_whoever_gave_it(purpose: str) -> None:
    answer = outbound(purpose=purpose, attempts=1)
    day = timedelta(hours=24)
    assert sending.step(answer, answer.at + day) == "send"
    assert sending.step(answer, answer.at + day + timedelta(seconds=1)) == "expire"
    assert sending.failed(answer, "retry", answer.at + day).state == "failed"


def test_a_message_of_our_own_accord_keeps_the_limit_it_was_given() -> None:
    reminder = outbound(purpose="reminder", not_after=NOW + timedelta(hours=40))
    assert sending.step(reminder, NOW + timedelta(hours=39)) == "send"
