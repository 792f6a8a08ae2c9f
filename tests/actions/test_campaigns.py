"""A recall of people who have not been seen for a year: a few at a time, by day, while it is of use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from recado.actions.add_segment import change_segment
from recado.actions.book import book
from recado.actions.launch_campaign import end_campaign, launch_campaign, pause_campaign, resume_campaign
from recado.actions.preview_campaign import Span, preview_campaign, preview_segment
from recado.actions.remind import remind
from recado.actions.run_campaign import run_campaign
from recado.actions.weigh_campaign import weigh_campaign
from recado.errors import Conflict, Invalid, Stale
from recado.model.segment import Query
from recado.rules.campaigns import is_held_out
from recado.store import campaigns, contacts, patients

from tests.campaigns import (
    DUE,
    MINUTE,
    YEAR,
    answers,
    drafted,
    everybody,
    launched,
    launched_on_both,
    recalled,
    run,
    seen,
)
from tests.talks import bot_on, practice
from tests.visits import VISIT, overtaken, written

pytestmark = pytest.mark.usefixtures("clinic")
DAY = timedelta(days=1)


def test_thirty_people_are_recalled_but_those_who_are_held_out_and_once_each() -> None:
    visits = [seen(number) for number in range(30)]
    campaign = launched_on_both(visits)
    run(YEAR, 6)
    held = {one.patient for one in visits if is_held_out("boavista", campaign, one.patient)}
    assert {one.patient for one in visits if recalled(one) == ["recall"]} == {
        one.patient for one in visits
    } - held
    assert len(everybody(campaign)) == 30
    found = weigh_campaign("boavista", campaign.id)
    assert (found.results.treated, found.results.control) == (30 - len(held), len(held))
    assert (found.results.sent, found.messages, found.delivered) == (30 - len(held), 30 - len(held), 0)


def test_a_draft_writes_to_nobody_and_a_campaign_is_launched_once() -> None:
    visit = seen(1)
    campaign = drafted()
    run(YEAR)
    assert recalled(visit) == []
    launch_campaign("boavista", campaign.id, YEAR, author="agent:ana")
    with pytest.raises(Conflict):
        launch_campaign("boavista", campaign.id, YEAR, author="agent:ana")
    with pytest.raises(Stale):
        pause_campaign("boavista", campaign.id, version=1)


def test_who_was_not_answered_is_written_to_once_more_and_then_it_ends() -> None:
    visit = seen(1)
    campaign = launched()
    run(YEAR)
    run(YEAR + 3 * DAY)
    run(YEAR + 6 * DAY)
    assert recalled(visit) == ["recall", "recall_again"]
    run(YEAR + 15 * DAY)
    assert campaigns.get_campaign("boavista", campaign.id).state == "ended"
    assert (everybody(campaign)[0].state, everybody(campaign)[0].due_at) == ("done", None)


def test_whoever_books_hears_no_more_and_counts_as_booked() -> None:
    visit = seen(1)
    campaign = launched()
    now = run(YEAR)
    book("boavista", visit.patient, VISIT._replace(start="2028-02-01T09:30"), now, author="agent:ana")
    run(YEAR + 3 * DAY)
    assert recalled(visit) == ["recall"]
    assert (everybody(campaign)[0].state, everybody(campaign)[0].booked_at) == ("booked", now)
    assert weigh_campaign("boavista", campaign.id).results.booked == 1


def test_who_is_held_out_and_books_counts_as_such() -> None:
    visits = [seen(number) for number in range(6)]
    campaign = launched_on_both(visits)
    now = run(YEAR)
    one = next(visit for visit in visits if is_held_out("boavista", campaign, visit.patient))
    book("boavista", one.patient, VISIT._replace(start="2028-02-01T09:30"), now, author="agent:ana")
    found = weigh_campaign("boavista", campaign.id).results
    assert (found.booked, found.booked_control) == (0, 1)
    assert found.effect is not None
    assert found.effect.of < 0


@pytest.mark.parametrize("text", ["1", "sim", "Sim, por favor"])
def test_who_says_yes_is_told_and_becomes_a_person_s(text: str) -> None:
    visit = seen(1)
    campaign = launched()
    now = run(YEAR)
    contact = contacts.get_contact("boavista", answers(1, text, now))
    assert (contact.state, contact.agent) == ("assigned", "ana")
    assert "marcar um horário" in written(visit.patient, "self_service")[-1].text
    assert (everybody(campaign)[0].state, everybody(campaign)[0].answer) == ("answered", "yes")
    run(YEAR + 3 * DAY)
    assert recalled(visit) == ["recall"]


def test_where_self_service_is_on_a_yes_begins_to_find_a_time() -> None:
    bot_on()
    practice()
    visit = seen(1)
    campaign = launched()
    now = run(YEAR)
    contact = contacts.get_contact("boavista", answers(1, "1", now))
    assert contact.dialogue is not None
    assert (contact.dialogue.state, contact.dialogue.flow, contact.agent) == ("open", "book", None)
    assert (everybody(campaign)[0].state, everybody(campaign)[0].answer) == ("answered", "yes")
    assert len(written(visit.patient, "self_service")) == 1


def test_where_self_service_has_no_time_to_offer_a_yes_becomes_a_person_s() -> None:
    bot_on()
    visit = seen(1)
    launched()
    contact = contacts.get_contact("boavista", answers(1, "1", run(YEAR)))
    assert contact.agent == "ana"
    assert "marcar um horário" in written(visit.patient, "self_service")[-1].text


def test_who_says_no_is_thanked_and_left_in_peace() -> None:
    visit = seen(1)
    campaign = launched()
    now = run(YEAR)
    contact = contacts.get_contact("boavista", answers(1, "2", now))
    assert (contact.state, contact.disposition) == ("closed", "declined")
    run(YEAR + 3 * DAY)
    assert recalled(visit) == ["recall"]
    assert everybody(campaign)[0].answer == "no"


def test_who_writes_something_else_is_not_written_to_again() -> None:
    visit = seen(1)
    campaign = launched()
    now = run(YEAR)
    answers(1, "Quem é? Quanto custa?", now)
    run(YEAR + 3 * DAY)
    assert recalled(visit) == ["recall"]
    assert everybody(campaign)[0].state == "answered"


def test_who_opts_out_hears_no_more_and_is_counted() -> None:
    visit = seen(1)
    campaign = launched()
    now = run(YEAR)
    answers(1, "PARAR", now)
    run(YEAR + 3 * DAY)
    assert recalled(visit) == ["recall"]
    assert weigh_campaign("boavista", campaign.id).opted_out == 1


def test_who_has_opted_out_or_has_a_visit_to_come_is_not_in_it() -> None:
    visits = [seen(number) for number in range(3)]
    known = patients.get("boavista", visits[0].patient)
    patients.put("boavista", known.model_copy(update={"opted_out": frozenset({"care"})}))
    book("boavista", visits[1].patient, VISIT._replace(start="2028-02-01T09:30"), YEAR, author="agent:ana")
    campaign = launched()
    run(YEAR)
    assert [one.patient for one in everybody(campaign)] == [visits[2].patient]


def test_news_go_to_those_only_who_take_offers() -> None:
    visits = [seen(number) for number in range(2)]
    known = patients.get("boavista", visits[0].patient)
    patients.put("boavista", known.model_copy(update={"opted_out": frozenset({"marketing"})}))
    campaign = launched(purpose="news", texts=(("news", 0),))
    run(YEAR)
    assert [one.patient for one in everybody(campaign)] == [visits[1].patient]
    assert len(written(visits[1].patient, "news")) == 1


def test_only_so_many_are_taken_in_an_hour() -> None:
    for number in range(4):
        seen(number)
    campaign = launched(per_hour=60)
    run(YEAR, 2)
    assert len(everybody(campaign)) == 2
    slow = launched(YEAR + MINUTE, per_hour=30)
    run(YEAR + 2 * MINUTE, 4)
    assert len(everybody(slow)) == 2


def test_at_night_nobody_is_taken_in() -> None:
    seen(1)
    campaign = launched()
    night = YEAR.replace(hour=4)
    again = campaigns.get_campaign("boavista", campaign.id).model_copy(update={"due_at": night})
    campaigns.save_campaign("boavista", again)
    run(night)
    assert everybody(campaign) == []
    run(YEAR.replace(hour=11))
    assert len(everybody(campaign)) == 1


def test_in_a_pause_nobody_is_taken_in_or_written_to_and_then_it_goes_on() -> None:
    visits = [seen(number) for number in range(3)]
    campaign = launched(per_hour=60)
    remind("boavista", YEAR)
    pause_campaign("boavista", campaign.id)
    now = run(YEAR + MINUTE, 4)
    assert [recalled(one) for one in visits] == [[], [], []]
    assert len(everybody(campaign)) == 1
    resume_campaign("boavista", campaign.id, now)
    run(now, 4)
    run(now + timedelta(hours=1), 3)
    assert [recalled(one) for one in visits] == [["recall"]] * 3


def test_a_pause_of_days_loses_nobody() -> None:
    visit = seen(1)
    campaign = launched(texts=(("recall", 0),))
    remind("boavista", YEAR)
    pause_campaign("boavista", campaign.id)
    for hour in range(5 * 24):
        remind("boavista", YEAR + MINUTE + timedelta(hours=hour))
    resume_campaign("boavista", campaign.id, YEAR + 5 * DAY)
    run(YEAR + 5 * DAY + timedelta(hours=1), 3)
    assert recalled(visit) == ["recall"]


def test_what_is_called_off_writes_to_nobody() -> None:
    visit = seen(1)
    campaign = launched()
    remind("boavista", YEAR)
    end_campaign("boavista", campaign.id, YEAR)
    run(YEAR + MINUTE)
    assert recalled(visit) == []
    assert everybody(campaign)[0].state == "stopped"


def test_two_campaigns_at_once_keep_to_the_caps() -> None:
    visit = seen(1)
    for minutes in range(5):
        launched(YEAR + minutes * MINUTE, texts=(("recall", 0),))
    run(YEAR + 5 * MINUTE, 10)
    assert len(recalled(visit)) == 3


def test_two_workers_at_once_take_everybody_in_once() -> None:
    visits = [seen(number) for number in range(5)]
    campaign = launched()
    run_campaign("boavista", campaign.id, YEAR)
    before = campaigns.get_campaign("boavista", campaign.id)
    campaigns.save_campaign("boavista", before.model_copy(update={"walked_at": None, "due_at": YEAR}))
    with overtaken(lambda: None):
        run_campaign("boavista", campaign.id, YEAR)
    run(YEAR)
    assert [recalled(one) for one in visits] == [["recall"]] * 5


def test_a_preview_says_whom_it_would_reach_and_stores_nothing() -> None:
    visits = [seen(number) for number in range(4)]
    known = patients.get("boavista", visits[0].patient)
    patients.put("boavista", known.model_copy(update={"opted_out": frozenset({"care"})}))
    campaign = drafted()
    found = preview_campaign("boavista", campaign, YEAR)
    assert (found.people, found.unwilling, found.unnamed, found.unreached, found.held_out) == (4, 1, 0, 0, 0)
    assert (dict(found.channels), found.steps) == ({"whatsapp": 3}, (3, 3))
    assert (found.place, found.span) == (None, Span(YEAR, YEAR + 3 * DAY))
    assert preview_segment("boavista", DUE, YEAR)[1] == 4
    assert preview_segment("boavista", Query(languages=("it",)), YEAR)[1] == 0
    assert everybody(campaign) == []


def test_a_preview_of_a_draft_goes_by_what_its_segment_means_by_now_as_a_launch_does() -> None:
    seen(1)
    campaign = drafted()
    change_segment("boavista", campaign.segment, "Italiano", Query(languages=("it",)))
    assert preview_campaign("boavista", campaign, YEAR).people == 0
    assert launch_campaign("boavista", campaign.id, YEAR, author="a").query == Query(languages=("it",))


def test_another_clinic_s_patients_are_in_no_campaign() -> None:
    seen(1)
    assert preview_segment("delsol", DUE, YEAR) == (0, 0, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"texts": ()}, "steps"),
        ({"texts": (("follow_up", 0),)}, "steps.0.text"),
        ({"texts": (("news", 0),)}, "steps.0.text"),
        ({"texts": (("recall", 0), ("recall_again", 60))}, "steps"),
        ({"texts": (("recall", 20 * 24 * 60),)}, "steps.0.minutes"),
        ({"segment": "g0"}, "segment"),
        ({"name": " "}, "name"),
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        drafted(**changes)
    assert caught.value.field == field
