"""One person who arrives at once on two channels, by two workers, in every order of their calls.

Messages are recorded at once, then the records that came of them are matched at once: what records and what
matches have no row in common that both write, so that an order of the two together says nothing new.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from recado.actions.match import match
from recado.actions.record import record
from recado.actions.route import route
from recado.channels import Received
from recado.model.block import Filed, Key
from recado.rules.blocks import keys_of
from recado.store import blocks, reviews

from tests.faults.oracle import rows
from tests.faults.stage import Stage
from tests.faults.test_interleavings import two_at
from tests.faults.worlds_inbound import OTHER
from tests.faults.worlds_people import BORN, NEAR, wrote
from tests.samples import PHONE, received


class Came(NamedTuple):
    """What there is in the end."""

    records: int
    people: int
    found: int
    """People whom keys lead to."""
    contacts: int
    assignments: int
    asked: int
    """Questions to people of the clinic."""


def came(stage: Stage) -> Came:
    seen = rows(stage, "boavista")
    filed = [entry for one in seen.patients for entry in _filed(keys_of(one))]
    return Came(
        records=len(seen.patients),
        people=len({one.person or one.id for one in seen.patients}),
        found=len({one.person for one in filed}),
        contacts=len(seen.contacts),
        assignments=sum(len(one.assigned) for one in seen.agents),
        asked=len(reviews.open_ones("boavista")[0]),
    )


def _filed(keys: tuple[Key, ...]) -> list[Filed]:
    return [entry for block in blocks.read("boavista", keys) for entry in block.filed]


def at_once(
    stage: Stage, *workers: Callable[[], object], accepted: tuple[str, ...] = ("wamid.1", "wamid.2")
) -> tuple[int, list[str], set[Came]]:
    """How many orders there are, what did not hold after them, and what came of them."""
    outcomes: set[Came] = set()

    def settle() -> None:
        for one in rows(stage, "boavista").contacts:
            route("boavista", one.id, stage.now)
        outcomes.add(came(stage))

    runs, found = two_at(stage, *workers, accepted=accepted, after=settle)
    # Either may be first: they are two deliveries, and the queue's order is not under test here.
    return runs, [one for one in found if "timeline" not in one], outcomes


def recorded(stage: Stage, *messages: Received) -> tuple[int, list[str], set[Came]]:
    stage.fresh()
    return at_once(stage, *[lambda one=one: record("boavista", one, stage.now) for one in messages])


def by_sms(message_id: str) -> Received:
    return received("oi", message_id)._replace(channel="twilio_sms", account="551130000000")


def by_form(message_id: str) -> Received:
    form = received("oi", message_id, type="form")
    return form._replace(channel="webform", account="key", sender=f"+{PHONE}")


ONE = Came(records=1, people=1, found=1, contacts=1, assignments=1, asked=0)


def test_one_number_by_whatsapp_and_by_sms_is_one_person_with_one_contact(stage: Stage) -> None:
    runs, found, outcomes = recorded(stage, received("oi", "wamid.1"), by_sms("wamid.2"))
    assert runs >= 5
    assert (found, outcomes) == ([], {ONE})


def test_one_number_by_whatsapp_and_in_a_form_is_one_person_with_one_contact(stage: Stage) -> None:
    runs, found, outcomes = recorded(stage, received("oi", "wamid.1"), by_form("wamid.2"))
    assert runs >= 5
    assert (found, outcomes) == ([], {ONE})


def matched(stage: Stage, born: str) -> tuple[int, list[str], set[Came]]:
    """One name from two numbers, with these birth dates; nobody has looked yet who they are."""
    stage.fresh()
    ids = [wrote(stage, "wamid.1", PHONE, BORN), wrote(stage, "wamid.2", OTHER, born)]
    return at_once(stage, *[lambda one=one: match("boavista", one, stage.now) for one in ids])


def test_one_name_and_birth_date_from_two_numbers_is_one_person_in_the_end(stage: Stage) -> None:
    runs, found, outcomes = matched(stage, BORN)
    assert runs >= 8
    # Nobody has proven that they are one: each has a contact of their own, which the person's agent sees.
    assert (found, outcomes) == ([], {Came(2, 1, 1, 2, 2, 0)})


def test_two_who_may_be_one_are_asked_about_once(stage: Stage) -> None:
    runs, found, outcomes = matched(stage, NEAR)
    assert runs >= 8
    assert (found, outcomes) == ([], {Came(2, 2, 2, 2, 2, 1)})


def test_stream_and_sweep_that_match_one_record_at_once_file_it_once(stage: Stage) -> None:
    stage.fresh()
    came_in = wrote(stage, "wamid.1", PHONE, BORN)
    worker = lambda: match("boavista", came_in, stage.now)  # noqa: E731
    runs, found, outcomes = at_once(stage, worker, worker, accepted=("wamid.1",))
    assert runs >= 8
    assert (found, outcomes) == ([], {ONE})
