"""Whoever subscribed hears of each change of a visit: once at least, in order, and of nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.move_appointment import move_appointment
from recado.actions.pause_subscription import pause_subscription, resume_subscription
from recado.actions.replay_notices import replay_notice, replay_notices
from recado.actions.send_notice import send_notice
from recado.actions.subscribe import Wanted, subscribe
from recado.actions.sweep import sweep
from recado.actions.try_subscription import try_subscription
from recado.actions.unsubscribe import unsubscribe
from recado.errors import NotFound
from recado.model.notice import Notice, NoticeState
from recado.model.subscription import Subscription
from recado.rules.notices import PATIENCE, since
from recado.store import appointments, notices, patients, subscriptions, tenants
from recado.store.stream import new_notice

from tests import visits
from tests.cloud import Cloud
from tests.provider import Provider, Refusal
from tests.samples import NOW

pytestmark = pytest.mark.usefixtures("clinic", "provider")

SOON = NOW + timedelta(seconds=30)


def subscribed(**settings: Any) -> Subscription:
    wanted = Wanted("https://ehr.example/recado", **settings)
    made, _ = subscribe("boavista", wanted, NOW, author="role:admin")
    return made


def written(subscription: Subscription) -> list[Notice]:
    """Oldest first."""
    return notices.latest("boavista", subscription.id)[0][::-1]


def send(subscription: Subscription, notice: Notice, now: Any = SOON) -> Notice:
    send_notice("boavista", subscription.id, notice.id, now)
    return notices.get("boavista", subscription.id, notice.id)


def test_a_clinic_without_subscriptions_writes_nothing(clinic: Cloud) -> None:
    visits.booked()
    assert [row for row in clinic.items("contacts") if row["sk"]["S"].startswith("N#")] == []
    assert not tenants.fresh("boavista").notifies


def test_each_change_is_written_with_the_version_that_it_made() -> None:
    known = subscribed(fields=("start",))
    visit = visits.booked()
    move_appointment("boavista", visit.id, "2026-12-01T10:00", NOW, author="agent:ana")
    cancel_appointment("boavista", visit.id, NOW, author="agent:ana")
    told = written(known)
    assert [(one.event, one.appointment_version) for one in told] == [
        ("appointment.booked", 1),
        ("appointment.moved", 2),
        ("appointment.cancelled", 3),
    ]
    assert [one.resource["start"] for one in told if one.resource] == [
        "2026-11-30T12:30:00.000Z",
        "2026-12-01T13:00:00.000Z",
        "2026-12-01T13:00:00.000Z",
    ]


def test_only_the_events_that_were_asked_for_are_written() -> None:
    known = subscribed(events=("appointment.cancelled",))
    visit = visits.booked()
    cancel_appointment("boavista", visit.id, NOW, author="agent:ana")
    assert [one.event for one in written(known)] == ["appointment.cancelled"]


def test_another_clinics_visits_are_none_of_theirs() -> None:
    made, _ = subscribe("delsol", Wanted("https://ehr.example/"), NOW, author="role:admin")
    visits.booked()
    assert notices.latest("delsol", made.id)[0] == []
    with pytest.raises(NotFound):
        replay_notices("boavista", made.id, "0", NOW)


def test_a_notice_reaches_its_receiver_with_what_is_shared_and_no_more(provider: Provider) -> None:
    known = subscribed(fields=("start", "patient.name"))
    visit = visits.booked()
    (notice,) = written(known)
    after = send(known, notice)
    (payload,) = provider.taken
    assert (after.state, after.status, after.attempts, after.due_at) == ("sent", 200, 1, None)
    assert (payload["type"], payload["timestamp"]) == ("appointment.booked", "2026-11-23T14:00:00.000Z")
    assert (payload["data"]["appointment"], payload["data"]["version"]) == (visit.id, 1)
    shown = payload["data"]["resource"]
    assert shown["start"] == "2026-11-30T12:30:00.000Z"
    assert shown["contained"] == [
        {"resourceType": "Patient", "id": "patient", "name": [{"text": "Maria Silva"}]}
    ]
    assert visit.patient not in str(payload)
    assert "98765" not in str(payload)
    send(known, notice)
    assert len(provider.taken) == 1


def test_the_stored_notice_holds_nothing_of_the_patient_but_their_id() -> None:
    known = subscribed(fields=("patient", "patient.name", "patient.telecom"))
    visits.booked()
    assert "Maria" not in written(known)[0].model_dump_json()
    assert "98765" not in written(known)[0].model_dump_json()


def test_of_who_was_erased_meanwhile_nothing_is_told(provider: Provider) -> None:
    known = subscribed(fields=("start", "patient.name"))
    visit = visits.booked()
    gone = patients.get("boavista", visit.patient)
    patients.put("boavista", gone.model_copy(update={"erased_at": NOW}))
    assert send(known, written(known)[0]).state == "sent"
    assert "Maria" not in str(provider.taken)


def test_a_visit_that_was_erased_is_told_of_by_its_id_only(provider: Provider) -> None:
    known = subscribed(fields=("start", "practitioner", "patient", "identifier"))
    visit = visits.booked()
    erased = appointments.get("boavista", visit.id).model_copy(update={"erased_at": NOW})
    appointments.save_appointment("boavista", erased)
    (notice,) = written(known)
    send(known, notice)
    assert set(provider.taken[0]["data"]["resource"]) <= {"resourceType", "id", "meta", "status"}


def test_what_fails_is_tried_again_and_its_receiver_is_well_again_after(provider: Provider) -> None:
    known = subscribed()
    visits.booked()
    (notice,) = written(known)
    provider.script.append(Refusal(1, status=503))
    failed = send(known, notice)
    assert (failed.state, failed.status, failed.error) == ("queued", 503, "http_503")
    assert failed.due_at is not None
    assert notices.line("boavista", known.id).failures == 1
    assert send(known, notice).attempts == 1, "before it is due"
    assert send(known, notice, failed.due_at).state == "sent"
    assert notices.line("boavista", known.id).failures == 0


def test_while_one_fails_the_next_is_put_off_without_an_attempt(provider: Provider) -> None:
    known = subscribed()
    visits.booked()
    visits.booked(start="2026-12-02T09:30")
    first, second = written(known)
    provider.script.append(Refusal(1, status=500))
    send(known, first)
    put_off = send(known, second)
    assert (put_off.state, put_off.attempts) == ("queued", 0)
    assert put_off.due_at == notices.line("boavista", known.id).retry_at
    assert provider.taken == []


def test_an_answer_that_was_lost_leads_to_the_same_notice_again(provider: Provider) -> None:
    known = subscribed()
    visits.booked()
    (notice,) = written(known)
    provider.script.append("reset_after")
    failed = send(known, notice)
    assert (failed.state, failed.error, failed.status) == ("queued", "retry", None)
    send(known, notice, failed.due_at)
    assert provider.taken[0] == provider.taken[1]


def test_a_receiver_that_is_gone_is_paused_and_goes_on_when_somebody_says_so(provider: Provider) -> None:
    known = subscribed()
    visits.booked()
    visits.booked(start="2026-12-02T09:30")
    first, second = written(known)
    provider.script.append(Refusal(1, status=410))
    send(known, first)
    line = notices.line("boavista", known.id)
    assert (line.is_paused, line.reason) == (True, "gone")
    later = SOON + timedelta(days=1)
    assert [send(known, one, later).state for one in (first, second)] == ["held", "held"]
    assert resume_subscription("boavista", known.id).paused_at is None
    held: tuple[NoticeState, ...] = ("held",)
    done = replay_notices("boavista", known.id, since(NOW), later, held)
    assert (done.notices, done.following) == (2, None)
    assert [send(known, one, later).state for one in (first, second)] == ["sent", "sent"]


def test_after_days_of_failures_recado_pauses_it(provider: Provider) -> None:
    known = subscribed()
    visits.booked()
    notice, now = written(known)[0], SOON
    while not notices.line("boavista", known.id).is_paused and now < SOON + 2 * PATIENCE:
        provider.script.append(Refusal(1, status=500))
        failed = send(known, notice, now)
        if failed.state == "failed":
            notice = replay_notice("boavista", known.id, notice.id, now)
        now += timedelta(hours=15)
    line = notices.line("boavista", known.id)
    assert (line.is_paused, line.paused_by, line.reason) == (True, "recado", "failing")


def test_somebody_pauses_it_and_a_test_waits_like_all_else(provider: Provider) -> None:
    known = subscribed()
    pause_subscription("boavista", known.id, NOW, author="agent:ana")
    tried = try_subscription("boavista", known.id, NOW)
    assert send(known, tried).state == "held"
    resume_subscription("boavista", known.id)
    replay_notice("boavista", known.id, tried.id, SOON)
    assert send(known, tried).state == "sent"
    assert provider.taken == [
        {"type": "subscription.test", "timestamp": "2026-11-23T14:00:00.000Z", "data": {}}
    ]


def test_nothing_is_sent_for_a_subscription_that_is_no_more(provider: Provider) -> None:
    known = subscribed()
    visits.booked()
    (notice,) = written(known)
    unsubscribe("boavista", known.id)
    send_notice("boavista", known.id, notice.id, SOON)
    assert provider.taken == []
    assert subscriptions.listing("boavista") == []


def test_the_stream_tells_of_what_has_just_come_due_and_of_nothing_else(clinic: Cloud) -> None:
    known = subscribed()
    visits.booked()
    (notice,) = written(known)
    found = [new_notice(one, SOON) for one in clinic.streamed()["Records"]]
    expected = ("boavista", f"T#boavista#N#{known.id}", f"N#{notice.id}")
    assert [one for one in found if one] == [expected]
    send(known, notice)
    assert not any(new_notice(one, SOON) for one in clinic.streamed()["Records"])
    replay_notice("boavista", known.id, notice.id, SOON)
    assert [new_notice(one, SOON) for one in clinic.streamed()["Records"]] == [expected]


def test_the_sweep_queues_what_the_stream_has_lost(clinic: Cloud) -> None:
    known = subscribed()
    visits.booked()
    (notice,) = written(known)
    sweep("boavista", SOON)
    bodies = [one["body"] for one in clinic.queued("outbound")["Records"]]
    assert sum(notice.id in body for body in bodies) == 1


def test_a_replay_goes_on_where_the_page_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    known = subscribed()
    for day in range(1, 6):
        visits.booked(start=f"2026-12-0{day}T09:30", now=NOW + timedelta(seconds=day))
    told = written(known)
    monkeypatch.setattr("recado.actions.replay_notices.MOST", 2)
    begin: str | None = since(NOW)
    seen: list[int] = []
    while begin:
        done = replay_notices("boavista", known.id, begin, SOON, ("queued", "sent"))
        seen.append(done.notices)
        begin = done.following
    assert seen == [2, 2, 1]
    assert {one.due_at for one in written(known)} == {SOON}
    assert [one.id for one in written(known)] == [one.id for one in told]
