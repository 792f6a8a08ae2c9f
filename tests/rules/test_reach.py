"""Which lines reach a person now, the best first."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from recado.model.contact_point import ContactPoint
from recado.model.tenant import Account
from recado.rules.reach import Ability, Letter, Lines, Person, Route, mark, routes, sibling

from tests.samples import NOW

MAIL = "maria@example.org"
ABILITIES = {
    "whatsapp": Ability("whatsapp", ("phone", "bsuid"), 4096, 24, templates=True, media=frozenset({"image"})),
    "twilio_sms": Ability("sms", ("phone",), 1600),
    "aws_sms": Ability("sms", ("phone",), 1600),
    "email": Ability("email", ("email", "unverified_email"), 100_000, media=frozenset({"image"})),
    "telegram": Ability("telegram", ("telegram",), 4096),
    "messenger": Ability("messenger", ("messenger",), 2000, 24, 168),
    "webchat": Ability("webchat", ("webchat",), 4096, live=True),
}
LADDER = ("whatsapp", "sms", "email", "telegram", "messenger")
REMINDER = Letter(length=100, template=True)
ANSWER = Letter(length=100, by_person=True, answer=True)


def lines(*channels: str, ladder: tuple[str, ...] = LADDER, **settings: Any) -> Lines:
    accounts = tuple(Account(tenant="t", channel=one, id="1", **settings) for one in channels)
    return Lines(accounts, ABILITIES, ladder)


def maria(**known: Any) -> Person:
    points = (ContactPoint(system="phone", value="+5511987654321"), ContactPoint(system="email", value=MAIL))
    return Person("p1", **{"points": points, **known})


def found(person: Person, by: Lines, letter: Letter = REMINDER) -> list[str]:
    return [one.channel for one in routes(person, by, letter, NOW)]


EVERY = lines(*ABILITIES)


def test_the_clinics_ladder_decides_where_the_patient_has_said_nothing() -> None:
    assert found(maria(), lines("email", "twilio_sms", "whatsapp")) == ["whatsapp", "twilio_sms", "email"]


def test_a_ladder_of_the_clinics_own_is_followed_and_what_it_does_not_name_comes_last() -> None:
    by = lines("whatsapp", "twilio_sms", "email", ladder=("email", "twilio_sms"))
    assert found(maria(), by) == ["email", "twilio_sms", "whatsapp"]


@pytest.mark.parametrize("preferred", ["twilio_sms", "sms"])
def test_what_the_patient_prefers_comes_first(preferred: str) -> None:
    by = lines("whatsapp", "email", "twilio_sms")
    assert found(maria(preferred=(preferred,)), by) == ["twilio_sms", "whatsapp", "email"]


def test_the_line_they_last_wrote_on_comes_before_the_ladder_and_after_what_they_prefer() -> None:
    heard = {f"email/1/{MAIL}": NOW, "whatsapp/1/5511987654321": NOW - timedelta(days=1)}
    by = lines("whatsapp", "twilio_sms", "email")
    assert found(maria(heard_at=heard), by)[0] == "email"
    assert found(maria(heard_at=heard, preferred=("sms",)), by) == ["twilio_sms", "email", "whatsapp"]


def test_the_address_is_the_one_they_wrote_from_on_that_line_in_its_own_spelling() -> None:
    heard = {"whatsapp/1/551187654321": NOW}
    (route, *_) = routes(maria(heard_at=heard), EVERY, REMINDER, NOW)
    assert route == Route("whatsapp", "1", "551187654321")


def test_a_line_of_another_number_is_not_taken_for_this_ones() -> None:
    heard = {"whatsapp/1/5511900000000": NOW}
    (route, *_) = routes(maria(heard_at=heard), EVERY, REMINDER, NOW)
    assert route == Route("whatsapp", "1", "+5511987654321")


def test_a_messenger_needs_an_identity_of_its_own() -> None:
    assert "telegram" not in found(maria(), EVERY)
    person = maria(points=(ContactPoint(system="telegram", value="42"),))
    assert found(person, EVERY) == ["telegram"]


def test_nobody_is_written_to_where_it_is_not_proven_who_they_are() -> None:
    person = maria(points=(ContactPoint(system="unverified_email", value=MAIL),))
    assert found(person, EVERY, ANSWER) == []


def test_outside_the_window_only_a_template_goes() -> None:
    heard = {"whatsapp/1/5511987654321": NOW - timedelta(hours=25)}
    assert found(maria(heard_at=heard), lines("whatsapp"), REMINDER) == ["whatsapp"]
    assert found(maria(heard_at=heard), lines("whatsapp"), ANSWER) == []


def test_a_machine_does_not_use_the_longer_window_of_a_person() -> None:
    person = Person(
        "p1",
        (ContactPoint(system="messenger", value="psid"),),
        heard_at={"messenger/1/psid": NOW - timedelta(days=3)},
    )
    assert found(person, EVERY, ANSWER) == ["messenger"]
    assert found(person, EVERY, REMINDER) == []


def test_a_template_that_the_provider_does_not_allow_there_takes_another_way() -> None:
    barred = REMINDER._replace(barred=frozenset({("whatsapp", "1")}))
    assert found(maria(), EVERY, barred)[0] in ("twilio_sms", "aws_sms")


def test_a_live_channel_is_for_answers_only() -> None:
    person = maria(points=(ContactPoint(system="webchat", value="v1"),))
    assert found(person, EVERY, REMINDER) == []
    assert found(person, EVERY, ANSWER) == ["webchat"]


def test_what_does_not_fit_takes_a_way_where_it_does() -> None:
    assert found(maria(), lines("twilio_sms", "email"), REMINDER._replace(length=2000)) == ["email"]
    assert found(maria(), lines("twilio_sms", "email"), REMINDER._replace(media=frozenset({"image"}))) == [
        "email"
    ]


def test_a_paused_account_carries_nothing() -> None:
    assert found(maria(), lines("whatsapp", state="paused")) == []


def test_what_has_failed_is_not_tried_again() -> None:
    tried = REMINDER._replace(tried=(mark("whatsapp", "whatsapp", "bad_address"),))
    assert "whatsapp" not in found(maria(), EVERY, tried)


def test_a_bad_number_is_no_better_at_the_other_provider_but_a_broken_account_is() -> None:
    by = lines("twilio_sms", "aws_sms")
    assert found(maria(), by, REMINDER._replace(tried=(mark("twilio_sms", "sms", "bad_address"),))) == []
    assert found(maria(), by, REMINDER._replace(tried=(mark("twilio_sms", "sms", "fix_account"),))) == [
        "aws_sms"
    ]


def test_two_providers_share_the_patients_by_weight_and_each_patient_keeps_theirs() -> None:
    accounts = tuple(
        Account(tenant="t", channel=channel, id="1", weight=weight)
        for channel, weight in (("twilio_sms", 3), ("aws_sms", 1))
    )
    by = Lines(accounts, ABILITIES, LADDER)
    people = [maria()._replace(id=f"p{number}") for number in range(2000)]
    first = [found(one, by)[0] for one in people]
    assert first == [found(one, Lines(accounts[::-1], ABILITIES, LADDER))[0] for one in people]
    assert 0.7 < Counter(first)["twilio_sms"] / len(first) < 0.8


def test_an_account_without_weight_is_the_last_of_its_family_and_nobodys_sibling() -> None:
    accounts = (
        Account(tenant="t", channel="twilio_sms", id="1"),
        Account(tenant="t", channel="aws_sms", id="1", weight=0),
    )
    by = Lines(accounts, ABILITIES, LADDER)
    assert all(found(maria()._replace(id=f"p{n}"), by)[0] == "twilio_sms" for n in range(50))
    assert sibling(Route("twilio_sms", "1", "+34600"), "sms", "p1", by) is None


def test_what_one_provider_did_not_carry_the_other_one_may_to_the_same_number() -> None:
    route = Route("twilio_sms", "1", "+34600000000")
    assert sibling(route, "sms", "p1", lines("twilio_sms", "aws_sms", "email")) == route._replace(
        channel="aws_sms"
    )
    assert sibling(route, "sms", "p1", lines("twilio_sms", "email")) is None


def test_who_wrote_to_one_number_has_opened_no_window_at_another() -> None:
    accounts = tuple(Account(tenant="t", channel="whatsapp", id=one) for one in "12")
    assert (
        sibling(Route("whatsapp", "1", "5511"), "whatsapp", "p1", Lines(accounts, ABILITIES, LADDER)) is None
    )
