"""What one row says of a person, as far as it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple, TypeVar

from recado.errors import Invalid
from recado.model.patient import Fact, Kind
from recado.model.patient_import import Issue
from recado.model.tenant import Language
from recado.rules import documents, fields
from recado.rules.imports import values

T = TypeVar("T")

Cells = Mapping[str, Sequence[str]]
"""What a row holds under our own names (see `columns`), and `former_phone`, `former_email`, `ehr`."""

MOST_PHONES: Final = 4
MOST_EMAILS: Final = 2
MOST_IDS: Final = 1
"""Of one row: whose record it is is decided by six reads."""
LONGEST_ID: Final = 120
EVIDENCE: Final = 200
"""Characters of what a column says that are kept with a consent."""


class Agreed(NamedTuple):
    """That somebody takes marketing: by what it is known, and since when, where that was said."""

    evidence: str
    on: date | None


class Entry(NamedTuple):
    """One row. Numbers are as they were written, those of no country of `region`."""

    own_id: str = ""
    """What its system calls this person."""
    facts: Mapping[Fact, str] = {}
    phones: tuple[str, ...] = ()
    former_phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    former_emails: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    """What other systems call them, `<system>|<id>`."""
    region: str = ""
    language: Language | None = None
    kind: Kind | None = None
    opted_out: str = ""
    """By what we know that they want to hear nothing: what the row says; "": it does not."""
    agreed: Agreed | None = None
    gone: Literal["", "deceased", "inactive"] = ""
    issues: tuple[Issue, ...] = ()


def read(cells: Cells, country: str, today: date) -> Entry:
    """A row of a clinic in this country. What cannot be read of it is left out, and among its issues."""
    reading = _Reading(cells, country, today)
    region = reading.one("country", values.country) or country
    reading.country = region
    entry = Entry(
        own_id=reading.text("id")[:LONGEST_ID],
        facts=dict(reading.facts()),
        phones=reading.phones("phone"),
        former_phones=reading.phones("former_phone"),
        emails=reading.emails("email"),
        former_emails=reading.emails("former_email"),
        ids=tuple(one for one in cells.get("ehr", ()) if len(one) <= LONGEST_ID)[:MOST_IDS],
        region=region,
        language=reading.one("language", values.language),
        kind=reading.one("kind", values.kind),
        opted_out=_stop(reading.text("opted_out")),
        agreed=reading.agreed(),
        gone=_gone(reading.text("deceased"), reading.text("active")),
    )
    return entry._replace(issues=tuple(reading.issues))


class _Reading:
    """The reading of one row: what goes wrong in a cell is noted, and is the cell's matter alone."""

    def __init__(self, cells: Cells, country: str, today: date) -> None:
        self.cells, self.country, self.today = cells, country, today
        self.issues: list[Issue] = []

    def text(self, name: str) -> str:
        """The first cell that holds something."""
        return next((one for cell in self.cells.get(name, ()) if (one := values.text(cell))), "")

    def one(self, name: str, of: Callable[..., T], *how: object) -> T | None:
        """What the first cell says, in our form."""
        typed = self.text(name)
        return self.tried(name, of, typed, *how) if typed else None

    def tried(self, name: str, of: Callable[..., T], *given: object) -> T | None:
        try:
            return of(*given)
        except Invalid as wrong:
            self.issues.append(Issue(field=name, message=str(wrong)))
            return None

    def facts(self) -> Iterator[tuple[Fact, str]]:
        for field, typed in (*self._names(), *self._others()):
            found = self.tried(field, fields.checked, field, typed, self.today) if typed else None
            if found:
                yield found
        yield from self._documents()

    def _others(self) -> Iterator[tuple[str, str]]:
        yield "birth_date", self.one("birth_date", values.day, self.country, self.today) or ""
        yield "sex", self.one("sex", values.sex, self.country) or ""
        yield from ((field, self.text(field)) for field in ("street", "city", "postcode"))
        yield "country", self.country if self.text("country") else ""

    def _names(self) -> Iterator[tuple[str, str]]:
        whole, given = self.text("name"), self.text("given_name")
        family = " ".join(one for one in (self.text("family_name"), self.text("second_name")) if one)
        before, comma, after = whole.partition(",")
        if comma and not (given or family) and "," not in after:
            whole, family, given = "", before.strip(), after.strip()
        yield from (("name", whole), ("given_name", given), ("family_name", family))

    def _documents(self) -> Iterator[tuple[Fact, str]]:
        for name in (one for one in self.cells if one.startswith("document")):
            typed = self.text(name)
            found = self.tried("document", self._document, name.partition(" ")[2], typed) if typed else None
            if found:
                yield found

    def _document(self, kind: str, typed: str) -> tuple[Fact, str]:
        if kind:
            return kind, documents.number(kind, typed)
        found = documents.guessed(typed, self.country)
        if found is None:
            raise Invalid("document", "We do not know which document this is, or a digit is wrong.")
        return found

    def phones(self, name: str) -> tuple[str, ...]:
        found = [one for cell in self.cells.get(name, ()) for one in values.listed(cell)]
        return tuple(dict.fromkeys(found))[:MOST_PHONES]

    def emails(self, name: str) -> tuple[str, ...]:
        typed = [one for cell in self.cells.get(name, ()) for one in values.listed(cell, r"[;,|\s]+")]
        found = [self.tried("email", values.email, one) for one in typed]
        return tuple(dict.fromkeys(one for one in found if one))[:MOST_EMAILS]

    def agreed(self) -> Agreed | None:
        """Only with its evidence: a cross in a column proves nothing."""
        if not values.truth(self.text("marketing")):
            return None
        evidence = self.text("evidence")[:EVIDENCE]
        if not evidence:
            message = "This needs its evidence beside it: where and when they agreed."
            self.issues.append(Issue(field="marketing", message=message))
            return None
        on = self.one("consented_on", values.day, self.country, self.today)
        return Agreed(evidence, date.fromisoformat(on) if on else None)


def _stop(said: str) -> str:
    """Whatever is not clearly a no is a wish to be left alone."""
    return "" if not said or values.truth(said) is False else said[:EVIDENCE]


def _gone(deceased: str, active: str) -> Literal["", "deceased", "inactive"]:
    """Of when somebody died, the date is a yes, too."""
    if deceased and values.truth(deceased) is not False:
        return "deceased"
    return "inactive" if active and values.truth(active) is False else ""
