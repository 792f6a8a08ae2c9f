"""What is known of a patient, as the API shows it: fields with their sources, and what is left to ask."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from recado.actions.load_person import load_person
from recado.model.patient import Patient
from recado.model.record import iso
from typing_extensions import TypedDict

from api.answers import Moment, moment

if TYPE_CHECKING:
    from recado.rules import known, needs


class KnownField(TypedDict):
    """A field, or a document (`br/cpf`), as it is known now: `source` is `agent:<id>`, `role:<role>`,
    `import:<id>`, `ehr` or a channel, `at` when it was last said, `record` which of theirs says it."""

    field: str
    value: str
    source: str
    at: Moment
    stale: bool
    record: str


class Dispute(TypedDict):
    """What another source says of a field, or another record of the same person; a form that nobody proves
    suggests it so, too."""

    field: str
    value: str
    source: str
    at: Moment
    record: str


class Need(TypedDict):
    """What to ask for."""

    field: str
    why: Literal["missing", "stale"]


class Care(TypedDict):
    """The queue that looks after them in person, and why, as who said so noted."""

    team: str
    note: str
    by: str
    at: Moment | None


class Known(TypedDict):
    """What is known of somebody, what is in dispute, and what is to be asked when they book, or register."""

    fields: list[KnownField]
    disputes: list[Dispute]
    ask_to_book: list[Need]
    ask_to_register: list[Need]
    became_patient_at: Moment | None
    care: Care | None


def known_of(tenant: str, own: Patient, now: datetime) -> Known:
    """What is known of a person, one of whose records is this, by all of them."""
    from recado.actions.list_needs import heard_of  # noqa: PLC0415 - lists need none of it
    from recado.rules import known, needs  # noqa: PLC0415

    records = load_person(tenant, own.id)
    heard = heard_of(tenant, records)
    return {
        "fields": [_known(one) for one in known.current(records, now)],
        "disputes": [_doubt(one) for one in known.doubts(records, now)],
        "ask_to_book": [need_of(one) for one in needs.to_ask(records, "booking", now, heard)],
        "ask_to_register": [need_of(one) for one in needs.to_ask(records, "registration", now, heard)],
        "became_patient_at": moment(own.became),
        "care": _care(own),
    }


def _known(one: known.Known) -> KnownField:
    told = one.told
    return {
        "field": one.field,
        "value": told.value,
        "source": told.source,
        "at": iso(told.at),
        "stale": one.stale,
        "record": one.record,
    }


def _doubt(one: known.Doubt) -> Dispute:
    said = one.said
    return {
        "field": said.field,
        "value": said.value,
        "source": said.source,
        "at": iso(said.at),
        "record": one.record,
    }


def need_of(one: needs.Need) -> Need:
    """What to ask for, as the API shows it."""
    return {"field": one.field, "why": one.why}


def _care(one: Patient) -> Care | None:
    if one.care_team is None:
        return None
    note = one.care_note
    return {
        "team": one.care_team,
        "note": note.value if note else "",
        "by": note.source if note else "",
        "at": iso(note.at) if note else None,
    }
