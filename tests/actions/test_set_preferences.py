"""What a patient prefers is stored, and what is planned for them follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.record import record
from recado.actions.set_preferences import Preferences, set_preferences
from recado.errors import Invalid, NotFound, Stale
from recado.model.appointment import Appointment
from recado.model.patient import Quiet
from recado.rules import times
from recado.store import contacts, patients

from tests.samples import NOW, received
from tests.visits import FIRST, booked, now_is, overtaken, reminded, view, written

pytestmark = pytest.mark.usefixtures("clinic")
LATE_RISER = Quiet(begins="22:00", ends="11:00")


def prefer(patient: str, **wanted: object) -> None:
    set_preferences("boavista", patient, Preferences(**wanted), NOW)  # type: ignore[arg-type]


def due(appointment: Appointment) -> list[str]:
    """When the first two reminders are."""
    first = now_is(appointment).reminders[:2]
    return [f"{times.wall(one.due_at, appointment.timezone):%d %H:%M}" for one in first]


def test_all_that_they_prefer_is_stored_and_what_is_left_out_is_forgotten() -> None:
    patient = booked().patient
    prefer(patient, channels=("email", "sms", "email"), language="es", quiet=LATE_RISER)
    stored = patients.get("boavista", patient)
    assert (stored.channels, stored.language, stored.quiet) == (("email", "sms"), "es", LATE_RISER)
    prefer(patient)
    stored = patients.get("boavista", patient)
    assert (stored.channels, stored.language, stored.quiet) == ((), None, None)


def test_the_same_again_writes_nothing() -> None:
    patient = booked().patient
    prefer(patient, quiet=LATE_RISER)
    before = patients.get("boavista", patient)
    prefer(patient, quiet=LATE_RISER)
    assert patients.get("boavista", patient) == before


def test_reminders_that_are_planned_move_out_of_the_new_quiet_hours_and_back() -> None:
    appointment = booked()
    assert due(appointment) == ["27 09:30", "29 09:30"]
    prefer(appointment.patient, quiet=LATE_RISER)
    assert due(appointment) == ["27 11:00", "29 11:00"]
    assert reminded(FIRST) == []
    assert reminded(FIRST + timedelta(minutes=90)) == ["72h"]
    prefer(appointment.patient)
    assert due(appointment) == ["27 11:00", "29 09:30"]


def test_a_visit_that_is_booked_later_keeps_them_too() -> None:
    patient = booked().patient
    prefer(patient, quiet=LATE_RISER)
    assert due(booked(patient, "2026-12-04T09:30")) == ["01 11:00", "03 11:00"]


def test_what_they_say_in_their_own_language_from_then_on_is_answered_in_it() -> None:
    patient = booked().patient
    prefer(patient, language="it")
    assert view().links[0].language == "it"
    record("boavista", received("Buongiorno"), NOW)
    contact = contacts.latest_contact("boavista", patient)
    assert contact is not None
    assert contact.language == "it"


def test_a_channel_that_there_is_not_is_refused() -> None:
    patient = booked().patient
    with pytest.raises(Invalid) as refused:
        prefer(patient, channels=("pigeon",))
    assert refused.value.field == "channels"


def test_who_has_seen_another_version_is_told() -> None:
    patient = booked().patient
    with pytest.raises(Stale):
        set_preferences("boavista", patient, Preferences(), NOW, version=99)
    with pytest.raises(NotFound):
        set_preferences("delsol", patient, Preferences(), NOW)


def test_a_reminder_that_goes_out_meanwhile_stays_sent() -> None:
    appointment = booked()
    with overtaken(lambda: reminded(FIRST)):
        prefer(appointment.patient, quiet=LATE_RISER)
    assert [one.state for one in now_is(appointment).reminders][:2] == ["sent", "planned"]
    assert len(written(appointment.patient, "reminder")) == 1


def test_who_lives_by_other_clocks_is_told_both_times_of_visits_booked_before_and_after() -> None:
    visit = booked()
    prefer(visit.patient, timezone="Europe/Lisbon")
    assert now_is(visit).own_timezone == "Europe/Lisbon"
    assert due(visit) == ["27 09:30", "29 09:30"]
    later_one = booked(visit.patient, "2026-12-01T22:30")
    texts = [one.template.parameters["time"] for one in written(visit.patient) if one.template]
    assert sorted(texts) == ["09:30", "22:30 (quarta-feira, 2 de dezembro, 01:30 no seu fuso horário)"]
    reminded(FIRST)
    reminder = written(visit.patient, "reminder")[0].template
    assert reminder is not None
    assert reminder.parameters["time"] == "09:30 (12:30 no seu fuso horário)"
    prefer(visit.patient)
    assert (now_is(visit).own_timezone, now_is(later_one).own_timezone) == (None, None)


def test_where_clocks_show_the_same_one_time_is_told() -> None:
    visit = booked()
    prefer(visit.patient, timezone="America/Bahia")
    reminded(FIRST)
    reminder = written(visit.patient, "reminder")[0].template
    assert reminder is not None
    assert reminder.parameters["time"] == "09:30"


def test_a_zone_that_is_none_is_refused() -> None:
    with pytest.raises(Invalid) as caught:
        prefer(booked().patient, timezone="Europe/Nowhere")
    assert caught.value.field == "timezone"
