"""The numbers, as the console asks for them."""

import json
from datetime import UTC, datetime, timedelta

import metrics
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.actions.book import book
from recado.actions.close import close
from recado.actions.hear_call import hear_call
from recado.actions.lookup_caller import answer_flow
from recado.actions.record import record
from recado.actions.reply import reply
from recado.actions.route import route
from recado.store import contacts

from tests import calls
from tests.api.client import person
from tests.cloud import Cloud
from tests.samples import NOW, later, received
from tests.visits import MARIA, VISIT

ana = person("agent")
EMPTY: dict[str, object] = {
    "offered": 0,
    "handled": 0,
    "waiting": 0,
    "answered": 0,
    "answered_in_target": 0,
    "wait_s_total": 0,
    "abandoned": 0,
    "unique_records": 0,
    "dup_rate": None,
    "messages": {},
}


def heard(clinic: Cloud, *at: datetime) -> None:
    """One patient writes at each of these moments, each time anew."""
    for n, moment in enumerate(at):
        record("boavista", received(message_id=f"m{n}", sender="5511900000001"), moment)
        (contact,) = contacts.open_contacts("boavista")[0]
        route("boavista", contact.id, moment)
        ana.post(f"/contacts/{contact.id}/close", {"disposition": "resolved"})
    metrics.handler(clinic.streamed(), LambdaContext())


@pytest.mark.usefixtures("clinic")
def test_a_day_on_which_nothing_happened_is_empty() -> None:
    answer = ana.get("/metrics")
    assert answer.status == 200
    assert answer.body["clinic"] == {"timezone": "America/Sao_Paulo"}
    assert answer.body["now"] == {"waiting": 0, "assigned": 0, "oldest_wait_s": None}
    assert answer.body["intervals"] == []
    rates = {"average_wait_s": None, "median_wait_s": None, "service_level": None}
    assert answer.body["total"] == {**EMPTY, **rates, "origins": {}}
    assert answer.body["channels"] == {}
    assert answer.body["new_people"] == {}


def test_intervals_come_in_order_and_the_total_counts_a_person_once(clinic: Cloud) -> None:
    heard(clinic, NOW, later(minutes=5), later(minutes=20), later(days=1))
    found = ana.get("/metrics", **{"from": "2026-11-23", "to": "2026-11-24"}).body
    assert [(one["start"], one["offered"], one["unique_records"]) for one in found["intervals"]] == [
        ("2026-11-23T14:00:00.000Z", 2, 1),
        ("2026-11-23T14:15:00.000Z", 1, 1),
    ]
    total = found["total"]
    assert (total["offered"], total["handled"], total["unique_records"]) == (3, 3, 1)
    assert total["messages"] == {"whatsapp": {"in": 3, "out": 0}}


def test_a_period_is_half_open_and_may_cross_days(clinic: Cloud) -> None:
    heard(clinic, NOW, later(minutes=15), later(days=1))
    for start, end, offered in (
        ("2026-11-23T14:00:00Z", "2026-11-23T14:15:00Z", 1),
        ("2026-11-23T14:15:00Z", "2026-11-24T14:00:00Z", 1),
        ("2026-11-23T14:00:00Z", "2026-11-24T14:15:00Z", 3),
    ):
        assert ana.get("/metrics", **{"from": start, "to": end}).body["total"]["offered"] == offered


def test_another_clinic_sees_nothing_of_it(clinic: Cloud) -> None:
    heard(clinic, NOW)
    period = {"from": "2026-11-23", "to": "2026-11-24"}
    other = person("agent", tenant="delsol", agent="lucia").get("/metrics", **period).body
    assert (other["intervals"], other["clinic"]) == ([], {"timezone": "Europe/Madrid"})


def test_the_desk_now_says_who_waits_and_for_how_long(clinic: Cloud) -> None:
    ana.put("/agents/me/state", {"state": "away"})
    since = datetime.now(UTC) - timedelta(minutes=3)
    record("boavista", received(), since)
    now = ana.get("/metrics").body["now"]
    assert (now["waiting"], now["assigned"]) == (1, 0)
    assert 180 <= now["oldest_wait_s"] < 240
    (contact,), _ = contacts.open_contacts("boavista")
    ana.post(f"/contacts/{contact.id}/take")
    assert ana.get("/metrics").body["now"] == {"waiting": 0, "assigned": 1, "oldest_wait_s": None}


PERIOD = {"from": "2026-11-23", "to": "2026-11-24"}


def of_two_channels(clinic: Cloud) -> None:
    """Two patients write by WhatsApp, one of them twice; one of them comes to the desk as well."""
    for n, sender in enumerate(("5511900000001", "5511900000002", "5511900000001")):
        record("boavista", received(message_id=f"m{n}", sender=sender), later(seconds=n))
    (first, second), _ = contacts.open_contacts("boavista")
    reply("boavista", "ana", first.id, "Bom dia", first.opened_at + timedelta(seconds=60))
    reply("boavista", "ana", second.id, "Bom dia", second.opened_at + timedelta(seconds=400))
    close("boavista", first.id, "resolved", later(minutes=8))
    told = received("Está?", "d1", "5511900000001", origin={"type": "ad", "id": "1", "url": ""})
    record("boavista", told._replace(channel="frontdesk", account="agent:ana"), later(minutes=9))
    metrics.handler(clinic.streamed(), LambdaContext())


def test_each_channel_has_every_number_and_together_they_are_the_total(clinic: Cloud) -> None:
    of_two_channels(clinic)
    found = ana.get("/metrics", **PERIOD).body
    desk, whatsapp, total = found["channels"]["frontdesk"], found["channels"]["whatsapp"], found["total"]
    assert desk.keys() == whatsapp.keys() == total.keys()
    assert (desk["offered"], whatsapp["offered"], total["offered"]) == (1, 2, 3)
    assert (desk["unique_records"], whatsapp["unique_records"], total["unique_records"]) == (1, 2, 2)
    waits = ("average_wait_s", "median_wait_s", "service_level")
    assert [whatsapp[name] for name in waits] == [230.0, 230.0, 0.5]
    assert [desk[name] for name in waits] == [None, None, None]
    assert whatsapp["messages"] == {"whatsapp": {"in": 3, "out": 2}}


def test_a_report_of_one_channel_holds_nothing_of_the_others(clinic: Cloud) -> None:
    of_two_channels(clinic)
    every, alone = ana.get("/metrics", **PERIOD).body, ana.get("/metrics", channel="frontdesk", **PERIOD).body
    assert alone["total"] == every["channels"]["frontdesk"]
    assert list(alone["channels"]) == ["frontdesk"]
    assert [one["offered"] for one in alone["intervals"]] == [1]
    assert (every["now"]["waiting"], alone["now"]["waiting"]) == (1, 1)
    assert ana.get("/metrics", channel="email", **PERIOD).body["total"]["offered"] == 0


def test_what_brings_new_people_and_what_brings_them_back_are_told_apart(clinic: Cloud) -> None:
    of_two_channels(clinic)
    assert ana.get("/metrics", **PERIOD).body["total"]["origins"] == {
        "ad": {"first_touch": {"count": 0, "share": 0.0}, "last_touch": {"count": 1, "share": 0.3333}},
        "unknown": {"first_touch": {"count": 2, "share": 1.0}, "last_touch": {"count": 2, "share": 0.6667}},
    }


@pytest.mark.usefixtures("clinic")
def test_every_number_says_by_which_definition_it_was_made() -> None:
    kpis = {one["id"]: one for one in ana.get("/metrics").body["kpis"]}
    assert kpis["K1"] == {"id": "K1", "version": 3, "name": "unique_records", "source": "R16, K1"}
    assert {"K11", "K43"} < set(kpis)


DAY = {"from": "2026-11-23", "to": "2026-11-24"}


def new_people(clinic: Cloud) -> None:
    """Somebody new calls in vain, and is called back; they book, and another has only written."""
    told = [calls.flow(), *calls.events(calls.ABANDONED)]
    for one in told:
        if "Details" in one:
            answer_flow(one, NOW)
        else:
            hear_call(json.dumps(one).encode(), NOW)
    (contact,), _ = contacts.open_contacts("boavista")
    route("boavista", contact.id, NOW)
    reply("boavista", "ana", contact.id, "Ligamos agora?", later(minutes=1))
    record("boavista", received(message_id="m2", sender="5511900000002"), NOW)
    book("boavista", MARIA, VISIT, later(minutes=2), author="agent:ana")
    metrics.handler(clinic.streamed(), LambdaContext())


def test_new_people_are_counted_by_the_channel_on_which_they_came(clinic: Cloud) -> None:
    new_people(clinic)
    found = ana.get("/metrics", **DAY).body
    assert found["new_people"] == {
        "voice": {"contacted": 1, "missed": 1, "recovered": 1, "booked": 1, "share": 1.0},
        "whatsapp": {"contacted": 1, "missed": 0, "recovered": 0, "booked": 0, "share": 0.0},
    }
    assert list(ana.get("/metrics", channel="voice", **DAY).body["new_people"]) == ["voice"]


def test_the_numbers_are_those_of_one_kind_of_people_where_it_is_named(clinic: Cloud) -> None:
    record("boavista", received(message_id="m1", sender="5511900000001"), NOW)
    book("boavista", MARIA, VISIT, NOW, author="agent:ana")
    record("boavista", received(message_id="m2"), later(minutes=20))
    metrics.handler(clinic.streamed(), LambdaContext())
    for kind in ("lead", "patient"):
        total = ana.get("/metrics", kind=kind, **DAY).body["total"]
        assert (total["offered"], total["unique_records"]) == (1, 1)
        assert total["messages"]["whatsapp"]["in"] == 1
    unknown = ana.get("/metrics", kind="unknown", **DAY).body["total"]
    assert (unknown["offered"], unknown["messages"]) == (0, {"whatsapp": {"in": 0, "out": 1}})


def test_there_is_no_other_kind_of_people(clinic: Cloud) -> None:
    assert ana.get("/metrics", kind="vip").error == ("invalid", "kind")
