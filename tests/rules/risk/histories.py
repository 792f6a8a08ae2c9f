"""Visits of a clinic that never was."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from recado.rules.risk.visits import Visit

MONDAY = date(2026, 11, 23)
NOW = datetime.fromisoformat("2026-11-23T03:00:00+00:00")


def visit(
    *,
    number: int = 0,
    patient: str = "p1",
    day: date = MONDAY,
    lead: int = 5,
    came: bool | None = None,
    place: str = "Dr. Souza",
    age: int | None = 40,
) -> Visit:
    """One visit at 9 o'clock, booked at 10 so many days before."""
    booked = datetime.combine(day - timedelta(days=lead), datetime.min.time()).replace(hour=10)
    return Visit(f"a{number}", patient, place, booked, day, 9, age, None, came)


def history(days: int, a_day: int, seed: int = 1, same_day: float = 0.05) -> list[Visit]:
    """A clinic that is told apart by lead time and by patient: who books for the same day misses 5 % of their
    visits, others 20 %, and one patient in ten 60 %."""
    chance = random.Random(seed)
    made = []
    for index in range(days * a_day):
        day = MONDAY - timedelta(days=days - index // a_day)
        lead, patient = chance.choice((0, 3, 10, 30)), chance.randrange(days * a_day // 6)
        missed = 0.6 if patient % 10 == 0 else same_day if lead == 0 else 0.2
        came = chance.random() >= missed
        made.append(visit(number=index, patient=f"p{patient}", day=day, lead=lead, came=came))
    return made
