"""How a patient would rather be reached, as an agent notes it."""

from __future__ import annotations

import pytest

from tests.api.client import person
from tests.visits import booked

pytestmark = pytest.mark.usefixtures("clinic")
ana = person("agent")
lucia = person("agent", tenant="delsol", agent="lucia")


def test_what_is_noted_is_shown_and_what_is_left_out_is_the_clinic_s() -> None:
    path = f"/patients/{booked().patient}"
    wanted = {"channels": ["email", "sms"], "language": "ca", "quiet_from": "20:00", "quiet_until": "10:30"}
    noted = ana.put(f"{path}/preferences", wanted)
    assert noted.status == 200
    assert ana.get(path).body == noted.body
    assert {name: noted.body[name] for name in wanted} == wanted
    left = ana.put(f"{path}/preferences", {"version": noted.body["version"]}).body
    assert {name: left[name] for name in wanted} == {
        "channels": [],
        "language": None,
        "quiet_from": None,
        "quiet_until": None,
    }


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"channels": ["pigeon"]}, "channels"),
        ({"language": "de"}, "language"),
        ({"quiet_from": "21:00"}, "quiet_from"),
        ({"quiet_from": "9pm", "quiet_until": "08:00"}, "quiet_from"),
        ({"quiet": "always"}, "quiet"),
        ({"timezone": "Lisbon"}, "timezone"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(body: dict[str, object], field: str) -> None:
    refused = ana.put(f"/patients/{booked().patient}/preferences", body)
    assert (refused.status, refused.error) == (400, ("invalid", field))


def test_who_lives_by_other_clocks_has_both_times_on_their_visits() -> None:
    visit = booked()
    ana.put(f"/patients/{visit.patient}/preferences", {"timezone": "Europe/Lisbon"})
    shown = ana.get(f"/appointments/{visit.id}").body
    assert (shown["local_start"], shown["own_local_start"]) == ("2026-11-30T09:30", "2026-11-30T12:30")
    assert shown["own_timezone"] == "Europe/Lisbon"


def test_who_saw_an_older_version_and_who_is_of_another_clinic_changes_nothing() -> None:
    path = f"/patients/{booked().patient}/preferences"
    assert ana.put(path, {"language": "es", "version": 99}).error == ("stale", None)
    assert lucia.put(path, {"language": "es"}).status == 404
