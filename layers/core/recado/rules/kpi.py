"""Each KPI as a pure function of what was counted, and how the desk stands.

Sources are the R and K numbers of the requirements. A definition that changes gets a new version; it is never
changed under its old one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from recado.model.contact import Contact
from recado.model.interval import Counts, Now


def standing(open_contacts: Iterable[Contact], now: datetime) -> Now:
    """How the desk stands: who waits, since when, and who is being looked after."""
    contacts = list(open_contacts)
    waiting = [contact.waiting_since for contact in contacts if contact.state in ("new", "waiting")]
    oldest = int((now - min(waiting)).total_seconds()) if waiting else None
    return Now(
        waiting=len(waiting),
        assigned=sum(contact.state == "assigned" for contact in contacts),
        oldest_wait_s=None if oldest is None else max(0, oldest),
    )


def offered(counts: Counts) -> int:
    """Contacts that were opened."""
    return counts.offered


def handled(counts: Counts) -> int:
    """Contacts opened in the period that have been closed or answered by now."""
    return counts.handled


def waiting(counts: Counts) -> int:
    """Contacts opened in the period that nobody has yet."""
    return counts.waiting


def answered(counts: Counts) -> int:
    """Contacts opened in the period that were answered before the patient gave up."""
    return len(counts.waits_s)


def answered_in_target(counts: Counts) -> int:
    """Those of them answered within the clinic's time for their channel."""
    return counts.answered_in_target


def wait_s_total(counts: Counts) -> int:
    """Seconds that the answered ones waited."""
    return sum(counts.waits_s)


def abandoned(counts: Counts) -> int:
    """Calls whose caller hung up first."""
    return counts.abandoned


def unique_records(counts: Counts) -> int:
    """People of whom something was heard in the period, as they are joined now (rules/canonical.py)."""
    return len(counts.patients)


def dup_rate(counts: Counts) -> float | None:
    """The share of those as whom sources know people that is one person with another (0 to 1); none when
    nobody was heard."""
    return round(1 - len(counts.patients) / len(counts.sources), 4) if counts.sources else None


def average_wait_s(counts: Counts) -> float | None:
    """Seconds that an answered contact waited, on average; none when nothing was answered."""
    return round(wait_s_total(counts) / answered(counts), 1) if answered(counts) else None


def median_wait_s(counts: Counts) -> float | None:
    """Seconds that half of the answered contacts waited at most; none when nothing was answered."""
    from statistics import median  # noqa: PLC0415 - slow to import, and only a report needs it

    return median(counts.waits_s) if counts.waits_s else None


def service_level(counts: Counts) -> float | None:
    """The share answered in target, of all answered or abandoned (0 to 1); none when there are none."""
    count = answered(counts) + abandoned(counts)
    return round(answered_in_target(counts) / count, 4) if count else None


def messages(counts: Counts) -> int:
    """Communications, in and out."""
    return counts.inbound + counts.outbound


class Touch(NamedTuple):
    """How many an origin brought, and its share of all (0 to 1; none when there are none)."""

    number: int
    share: float | None


class Origin(NamedTuple):
    """`first_touch`: new people, by what brought them the first time. `last_touch`: contacts, by what brought
    the patient that time."""

    first_touch: Touch
    last_touch: Touch


def origins(counts: Counts) -> dict[str, Origin]:
    """What brought people, by its type; `unknown` where nothing told (K8)."""
    return {
        name: Origin(_touch(name, counts.first_touch), _touch(name, counts.last_touch))
        for name in sorted({*counts.first_touch, *counts.last_touch})
    }


def _touch(name: str, counted: Mapping[str, int]) -> Touch:
    number, of = counted.get(name, 0), sum(counted.values())
    return Touch(number, round(number / of, 4) if of else None)


class Lead(NamedTuple):
    """What became of new people who first came by a channel (R96), and its share of all new patients (0 to 1;
    none when there are none): they are counted when they come, and when they book."""

    contacted: int
    missed: int
    recovered: int
    booked: int
    share: float | None


def new_people(counts: Counts) -> dict[str, Lead]:
    """New people by the channel on which they first came: how many, whom we missed and reached after all, and
    who booked a visit."""
    return {
        name: Lead(
            counts.contacted.get(name, 0),
            counts.missed.get(name, 0),
            counts.recovered.get(name, 0),
            *_touch(name, counts.booked),
        )
        for name in sorted({*counts.contacted, *counts.booked})
    }


def new_patient_share(counts: Counts) -> dict[str, float]:
    """New patients whose first interaction was on a channel, of all new patients (0 to 1); of whom nobody
    knows how they came, none."""
    number = sum(counts.booked.values())
    return {name: round(booked / number, 4) for name, booked in counts.booked.items()}


class Kpi(NamedTuple):
    """A number with a name: `id` and `version` say which definition it is, `source` what asks for it."""

    id: str
    version: int
    name: str
    source: str
    formula: Callable[[Counts], int | float | Mapping[str, Origin | Lead | float] | None]


KPIS: Final[tuple[Kpi, ...]] = (
    Kpi("offered", 1, "Contacts offered", "R31, denominator of K10-K12", offered),
    Kpi("handled", 1, "Contacts handled", "R83", handled),
    Kpi("waiting", 1, "Contacts waiting", "R24", waiting),
    Kpi("answered", 1, "Contacts answered", "R39, of K11", answered),
    Kpi("answered_in_target", 1, "Contacts answered in target", "R39, of K11", answered_in_target),
    Kpi("wait_s_total", 1, "Seconds waited by the answered", "R74, of K43", wait_s_total),
    Kpi("abandoned", 1, "Calls abandoned", "R38, of K10", abandoned),
    Kpi("K1", 3, "unique_records", "R16, K1", unique_records),
    Kpi("dup_rate", 1, "Share of duplicates among raw identities", "R16, of K1", dup_rate),
    Kpi("K11", 1, "service_level", "R39, K11 with S = 0 s", service_level),
    Kpi("K43", 1, "average_wait_s", "R39, K43", average_wait_s),
    Kpi("median_wait_s", 1, "Median wait of the answered", "R6", median_wait_s),
    Kpi("messages", 1, "Messages by channel", "R84", messages),
    Kpi("K8", 1, "origin_share", "R75, K8 by first and by last touch", origins),
    Kpi("K28", 1, "new_patient_share", "R96, K28", new_patient_share),
    Kpi("new_people", 1, "New people: contacted, missed, recovered, booked", "R96", new_people),
)
"""All that a report holds, of all channels and of each, in its order."""
