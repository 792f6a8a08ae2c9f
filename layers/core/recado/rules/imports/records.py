"""What a row makes of a record: a new one, or one of before as it is from now on."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final, NamedTuple

from recado.errors import Invalid
from recado.model.consent import Consent
from recado.model.contact_point import NUMBERS, ContactPoint
from recado.model.patient import Origin, Patient
from recado.model.patient_import import Decision, ImportedRow, Issue, PatientImport
from recado.model.profile import Profile
from recado.rules import consent, kinds
from recado.rules.imports.entry import Entry
from recado.rules.patients import moved, profile_of, reached_at
from recado.rules.told import tell

ALONE: Final = 12
"""So many people may share a phone number or an e-mail address: more are no family, and the number is one
that was written down for want of another."""


class Reached(NamedTuple):
    """Where a row's person is reached, in the form of matching, and where no more."""

    points: tuple[ContactPoint, ...] = ()
    former: tuple[ContactPoint, ...] = ()


class Row(NamedTuple):
    """A row of an import, by its number, and what it says."""

    known: PatientImport
    number: int
    entry: Entry

    def result(self, decision: Decision, patient: str | None = None) -> ImportedRow:
        """What became of it."""
        return ImportedRow(row=self.number, decision=decision, patient=patient, issues=self.entry.issues)

    def with_issues(self, issues: Iterable[Issue]) -> Row:
        """The same row, of which more was left out."""
        return self._replace(entry=self.entry._replace(issues=(*self.entry.issues, *issues)))


def record_id(tenant: str, source: str, entry: Entry) -> str:
    """The record of what a system calls somebody; else of what this row says: said again, it is the same."""
    whole = json.dumps(entry._replace(issues=()), default=str, sort_keys=True)
    return "p" + _digest(tenant, "import", source, entry.own_id, "" if entry.own_id else whole)


def begun_by(row: Row) -> Origin:
    """How a record is known to be of this row, should its taking in have been cut short."""
    return Origin(type="import", id=f"{row.known.id}/{row.number}")


def source_of(known: PatientImport, entry: Entry) -> str:
    """Who says so (Told.source): a system that knows its patients again corrects itself, a list does not."""
    return f"ehr:{known.source}" if entry.own_id else f"import:{known.id}"


def made(own_id: str, row: Row, reached: Reached, now: datetime) -> Patient:
    """The record of somebody whom this system has not told us of before.

    Of two rows that one slice takes in at once, the first is the elder: who is root goes by that.
    """
    known, entry = row.known, row.entry
    points = (*_ids(known, entry), *(() if entry.gone == "deceased" else reached.points))
    blank = Patient(
        id=own_id,
        kind=entry.kind or "patient",
        language=entry.language,
        contact_points=points,
        origin=begun_by(row),
        created_at=now + timedelta(milliseconds=row.number % 1000),
    )
    return tell(blank, entry.facts, source_of(known, entry), known.created_at)


def updated(before: Patient, row: Row, reached: Reached, now: datetime) -> Patient:
    """The record after its system has told us of its person again. What it leaves out stays.

    Raises Invalid (`id`) when it has given its id to somebody else: neither name nor birth date is theirs.
    """
    known, entry = row.known, row.entry
    after = tell(before, entry.facts, source_of(known, entry), known.created_at)
    if _is_somebody_else(before, after):
        raise Invalid("id", "This id was somebody else's: neither the name nor the birth date is the same.")
    points = [one for one in reached.points if one not in before.former]
    after = reached_at(after, [*_ids(known, entry), *points])
    after = moved(after, left(after, entry, reached), ())
    if entry.kind and entry.kind != after.kind:
        after = kinds.set_to(after, entry.kind, now)
    if entry.language and (after.language is None or after.language_heard):
        after = after.model_copy(update={"language": entry.language, "language_heard": None})
    return after


def left(patient: Patient, entry: Entry, reached: Reached) -> tuple[ContactPoint, ...]:
    """Where somebody is reached no more: of who has died, anywhere."""
    addresses = tuple(one for one in patient.live if one.system not in NUMBERS)
    return addresses if entry.gone == "deceased" else tuple(one for one in reached.former if one in addresses)


def is_news(before: Patient, after: Patient) -> bool:
    """Whether they differ in more than when it was last said."""
    values = [{field: told.value for field, told in one.told.items()} for one in (before, after)]
    return values[0] != values[1] or after.model_copy(update={"told": before.told}) != before


def wish(own_id: str, row: Row, wording: str, now: datetime) -> Consent | None:
    """What the row says of being written to, to be kept with the record: once, however often it is told."""
    known, entry = row.known, row.entry
    stops = bool(entry.opted_out or entry.gone)
    if not stops and not entry.agreed:
        return None
    evidence, at = entry.gone or entry.opted_out, known.created_at
    if not stops and entry.agreed:
        evidence, on = entry.agreed
        at = min(datetime.combine(on, time(), UTC), at) if on else at
    action = "stop" if stops else "start"
    return Consent.model_validate(
        {
            "id": _digest(own_id, action, evidence),
            "action": action,
            "purposes": ("care", "marketing") if stops else ("marketing",),
            "source": f"import:{known.id}",
            "evidence": evidence,
            "wording": wording,
            "at": at,
            "recorded_at": now,
        }
    )


def is_taken(said: Consent, history: Sequence[Consent]) -> bool:
    """Whether it is news, and may be kept: nothing that was stopped is started by a file."""
    stopped = {purpose for one in history if one.action == "stop" for purpose in one.purposes}
    allowed = said.action == "stop" or stopped.isdisjoint(said.purposes)
    return allowed and consent.is_news(said, history)


def _ids(known: PatientImport, entry: Entry) -> tuple[ContactPoint, ...]:
    own = (f"{known.source}:{entry.own_id}",) if entry.own_id else ()
    return tuple(ContactPoint(system="ehr", value=value) for value in dict.fromkeys((*own, *entry.ids)))


def _is_somebody_else(before: Patient, after: Patient) -> bool:
    from recado.rules.matching import fits  # noqa: PLC0415 - heavy, and only records of before need it

    one, other = profile_of(before), profile_of(after)
    born = {one.birth_date, other.birth_date}
    return len(born) == 2 and "" not in born and fits(_name(one), _name(other)) == "unlike"


def _name(profile: Profile) -> str:
    return profile.name or f"{profile.given_name} {profile.family_name}".strip()


def _digest(*parts: str) -> str:
    return base64.b32encode(hashlib.sha256(json.dumps(parts).encode()).digest())[:20].decode().lower()
