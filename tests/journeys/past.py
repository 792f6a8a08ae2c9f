"""What happened before the stack stood: the package's own action, told another time than now.

    python -m tests.journeys.past CLINIC '[{"name", "phone", "start", "booked_at"}, …]'

In a process of its own, whose environment names the stack's tables (infra.local.seed.environment); it prints
the visits' ids.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime

from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.place_visit import Visit


def main(clinic: str, wanted: str) -> None:
    """Book each at its own time."""
    booked = []
    for one in json.loads(wanted):
        who, visit = Person(one["name"], one["phone"]), Visit(one["start"], "Dra. Sá", "Consulta", 30)
        at = datetime.fromisoformat(one["booked_at"])
        booked.append(book(clinic, who, visit, at, author="role:admin").id)
    sys.stdout.write(json.dumps(booked))


if __name__ == "__main__":
    main(*sys.argv[1:])
