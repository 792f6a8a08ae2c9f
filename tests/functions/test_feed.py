"""A practitioner's calendar, as a calendar program asks for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any, cast

import feed
import pytest
from icalendar import Calendar
from recado.model.schedule import Practitioner, Schedule, WeeklySpan
from recado.store import articles, rows, schedules, tenants

from tests.api.client import person
from tests.api.test_resources import PERSON
from tests.architecture.translated import resources, statements, target

admin = person("admin")

pytestmark = pytest.mark.usefixtures("clinic")


def asked(url: str, **headers: str) -> dict[str, Any]:
    clinic, practitioner, secret = url.partition("/webhooks/calendar/")[2].split("/")
    ids = {"clinic": clinic, "practitioner": practitioner, "secret": secret}
    return feed.handler({"pathParameters": ids, "headers": headers}, None)


def practitioner() -> str:
    """Somebody who can be booked around the clock."""
    schedules.save_practitioner("boavista", Practitioner(id="costa", name="Dra. Costa"))
    weekly = tuple(WeeklySpan(weekday=day, begins="00:00", ends="24:00") for day in range(7))
    schedules.save_schedule("boavista", Schedule(practitioner="costa", weekly=weekly))
    return "costa"


def address(who: str) -> str:
    made = admin.post(f"/practitioners/{who}/calendar")
    assert made.status == 201
    return str(made.body["url"])


def booked(who: str) -> dict[str, Any]:
    soon = (datetime.now(UTC) + timedelta(days=3)).isoformat(timespec="minutes")
    visit = {"start": soon, "practitioner_id": who, "type": "oncologia", "minutes": 30}
    made = admin.post("/appointments", {**visit, **PERSON})
    assert made.status == 201, made
    return dict(made.body)


def test_it_says_when_they_are_busy_and_nothing_of_whom_or_why() -> None:
    who = practitioner()
    visit = booked(who)
    answer = asked(address(who))
    assert (answer["statusCode"], answer["headers"]["content-type"]) == (200, "text/calendar; charset=utf-8")
    (event,) = cast("list[Any]", Calendar.from_ical(answer["body"]).walk("VEVENT"))
    assert event["DTSTART"].dt == datetime.fromisoformat(visit["start"])
    assert event["SUMMARY"] == "Ocupado"
    for secret in (PERSON["name"], "oncologia", visit["patient"], "93333"):
        assert secret not in answer["body"]


def test_what_has_not_changed_is_not_sent_again() -> None:
    who = practitioner()
    url = address(who)
    first = asked(url)
    again = asked(url, **{"if-none-match": first["headers"]["etag"]})
    assert (again["statusCode"], again["body"]) == (304, "")
    booked(who)
    assert asked(url, **{"if-none-match": first["headers"]["etag"]})["statusCode"] == 200


def test_a_new_address_ends_the_one_before_and_closing_it_ends_all() -> None:
    who = practitioner()
    old, new = address(who), address(who)
    assert (asked(old)["statusCode"], asked(new)["statusCode"]) == (404, 200)
    assert admin.call("DELETE", f"/practitioners/{who}/calendar").body == {"url": None}
    assert asked(new)["statusCode"] == 404


def test_whatever_is_wrong_of_an_address_looks_alike() -> None:
    who = practitioner()
    url = address(who)
    wrong = [
        url.rpartition("/")[0] + "/" + "x" * 32 + ".ics",
        url.replace("boavista", "delsol"),
        url.replace("boavista", "nobody"),
        url.replace(who, "somebody"),
        url.replace("boavista", "T%23boavista"),
        url + "x" * 3000,
    ]
    answers = [asked(one) for one in wrong]
    assert {(one["statusCode"], one["body"]) for one in answers} == {(404, "Not found.")}
    assert len({str(one) for one in answers}) == 1


def test_a_calendar_is_no_answer_to_a_question() -> None:
    address(practitioner())
    assert articles.everything("boavista") == []


def test_the_secret_is_long_and_is_not_kept(clinic: Any) -> None:
    who = practitioner()
    secret = address(who).rpartition("/")[2].removesuffix(".ics")
    assert len(secret) >= 32
    assert secret not in str(clinic.items("tenants"))


def test_there_is_none_of_who_is_not_there() -> None:
    assert admin.post("/practitioners/nobody/calendar").status == 404


def allowed() -> dict[str, list[str]]:
    """Of each table, the partitions that its role may read."""
    found: dict[str, list[str]] = {}
    for one in statements(resources("AWS::IAM::Role")["FeedRole"]):
        if "Condition" in one:
            keys = one["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
            found[target(one["Resource"]).removesuffix("Table").lower()] = keys
    return found


def partition(body: dict[str, Any]) -> str:
    """Which one a request reads."""
    if "Key" in body:
        return str(body["Key"]["pk"]["S"])
    names, values = body["ExpressionAttributeNames"], body["ExpressionAttributeValues"]
    (name,) = (placeholder for placeholder, attribute in names.items() if attribute == "pk")
    condition = str(body["KeyConditionExpression"])
    value = condition.partition(f"{name} = ")[2].split()[0].strip("()")
    return str(values[value]["S"])


def test_it_reads_what_its_role_may_read_and_nothing_is_allowed_that_it_does_not_need() -> None:
    who = practitioner()
    booked(who)
    url, read = address(who), set[tuple[str, str]]()

    def note(params: dict[str, Any], **_: Any) -> None:
        body = json.loads(params["body"])
        read.add((body["TableName"].removeprefix("recado-test-"), partition(body)))

    tenants.forget()
    events = rows._connection.client.meta.events
    events.register("before-call.dynamodb", note)
    try:
        assert asked(url)["statusCode"] == 200
    finally:
        events.unregister("before-call.dynamodb", note)
    patterns = [(table, one) for table, keys in allowed().items() for one in keys]
    needed = {
        key: [one for one in patterns if one[0] == key[0] and fnmatchcase(key[1], one[1])] for key in read
    }
    assert [key for key, found in needed.items() if not found] == []
    assert {one for found in needed.values() for one in found} == set(patterns)
