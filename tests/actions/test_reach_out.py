"""What is about no visit goes by the same rules: once, by day, within the caps, to whom takes it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from recado import texts
from recado.actions.forget_outreach import forget_outreach
from recado.actions.remind import remind
from recado.actions.set_policy import set_policy
from recado.model.outreach import Outreach
from recado.model.policy import Policy, Step
from recado.rules.outreach import stopped
from recado.store import outreach as store
from recado.store import patients

from tests.outreach import begun, now_is
from tests.samples import NOW
from tests.visits import booked, overtaken, view, written

pytestmark = pytest.mark.usefixtures("clinic")
DAY = timedelta(days=1)
SURVEY = Step(name="ask", minutes=0, purpose="survey", text="follow_up")


@pytest.fixture
def maria() -> str:
    return booked(start="2027-01-30T09:30").patient


def sent(patient: str, purpose: str = "recall") -> list[datetime]:
    return [one.at for one in written(patient, purpose)]


def test_a_step_goes_once_when_it_is_due_and_then_the_matter_is_done(maria: str) -> None:
    matter = begun(maria, NOW)
    assert remind("boavista", NOW).sent == 1
    for minutes in (0, 1, 60):
        remind("boavista", NOW + timedelta(minutes=minutes))
    assert sent(maria) == [NOW]
    assert (now_is(matter).state, now_is(matter).due_at) == ("done", None)


def test_two_minutes_at_once_write_one_message(maria: str) -> None:
    begun(maria, NOW)
    with overtaken(lambda: remind("boavista", NOW)):
        remind("boavista", NOW)
    assert sent(maria) == [NOW]


def test_what_is_due_at_night_waits_for_the_morning(maria: str) -> None:
    night = NOW.replace(hour=3)
    begun(maria, night)
    assert remind("boavista", night).sent == 0
    assert remind("boavista", NOW.replace(hour=11)).sent == 1


def test_nobody_is_written_to_who_does_not_take_it(maria: str) -> None:
    matter = begun(maria, NOW, purpose="survey", steps=(SURVEY,))
    known = patients.get("boavista", maria)
    patients.put("boavista", known.model_copy(update={"opted_out": frozenset({"marketing"})}))
    assert remind("boavista", NOW).sent == 0
    assert (now_is(matter).state, now_is(matter).reminders[0].reason) == ("unreached", "opted_out")


def test_whom_a_team_looks_after_gets_no_survey_but_is_recalled(maria: str) -> None:
    known = patients.get("boavista", maria)
    patients.put("boavista", known.model_copy(update={"care_team": "reception"}))
    asked = begun(maria, NOW, purpose="survey", steps=(SURVEY,))
    recalled = begun(maria, NOW, id="u2")
    remind("boavista", NOW)
    assert (now_is(asked).state, now_is(recalled).state) == ("unreached", "done")


def test_the_caps_hold_across_all_that_is_begun(maria: str) -> None:
    matters = [begun(maria, NOW, id=f"u{number}") for number in range(6)]
    for hours in range(0, 100, 2):
        remind("boavista", NOW + timedelta(hours=hours))
    went = sent(maria)
    assert len(went) == 6
    assert all(sum(0 <= (other - one).total_seconds() < 86400 for other in went) <= 3 for one in went)
    assert {now_is(one).state for one in matters} == {"done"}


def test_what_the_caps_hold_back_for_too_long_is_skipped(maria: str) -> None:
    matters = [begun(maria, NOW, id=f"u{number}", steps=(SURVEY,)) for number in range(3)]
    for days in range(4):
        remind("boavista", NOW + days * DAY)
    assert len(sent(maria, "survey")) == 2
    ends = sorted((now_is(one).state, now_is(one).reminders[0].reason or "") for one in matters)
    assert ends == [("done", ""), ("done", ""), ("unreached", "cap")]


def test_after_an_outage_it_goes_while_it_is_of_use_and_not_later(maria: str) -> None:
    fresh = begun(maria, NOW)
    stale = begun(maria, NOW, id="u2", not_after=NOW + timedelta(hours=10))
    remind("boavista", NOW + DAY)
    assert (now_is(fresh).state, now_is(stale).state) == ("done", "unreached")
    assert now_is(stale).reminders[0].reason == "over"


def test_it_is_said_in_the_clinics_language_and_its_own_words(maria: str) -> None:
    variables = " ".join(f"{{{one}}}" for one in texts.VARIABLES["recall"])
    policy = Policy(language="es", words={"recall": {"es": f"Le esperamos. {variables}"}})
    set_policy("boavista", None, policy)
    begun(maria, NOW, steps=(Step(name="first", minutes=0, purpose="recall", text="recall"),))
    remind("boavista", NOW)
    (message,) = written(maria, "recall")
    assert message.template is not None
    assert message.template.language == "es"
    assert (message.template.words or "").startswith("Le esperamos. Maria Silva")


def test_what_was_stopped_meanwhile_does_not_go(maria: str) -> None:
    matter = begun(maria, NOW)

    def stop() -> None:
        store.save_outreach("boavista", stopped(now_is(matter), "stopped", NOW))

    with overtaken(stop):
        remind("boavista", NOW)
    assert sent(maria) == []
    assert now_is(matter).state == "stopped"


def test_of_somebody_who_was_erased_nothing_is_left_but_that_it_was(maria: str) -> None:
    matter = begun(maria, NOW + DAY, values={"date": "Maria Silva"})
    assert forget_outreach("boavista", maria, NOW) == 1
    assert forget_outreach("boavista", maria, NOW) == 0
    kept = store.find_outreach("boavista", matter.id)
    assert kept is not None
    assert (kept.state, kept.due_at, kept.address, kept.contact_point) == ("stopped", None, "", "")
    assert "Maria" not in kept.model_dump_json()
    assert remind("boavista", NOW + DAY).due == 0


def test_a_message_with_buttons_asks_and_the_matter_stays_open(maria: str) -> None:
    step = Step(name="first", minutes=0, purpose="recall", text="reminder_24h")
    values = {"date": "amanhã", "time": "9:30"}
    matter: Outreach = begun(maria, NOW, steps=(step,), values=values)
    remind("boavista", NOW)
    (question,) = [one for one in view().questions if one.subject == matter.id]
    assert (question.about, question.version) == ("outreach", 1)
    assert now_is(matter).state == "open"
