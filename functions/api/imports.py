"""Files of patients: handed in, how far they are, and what became of each row."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field
from recado.errors import NotFound
from recado.model.patient_import import Decision, Format, ImportedRow, Kind, PatientImport, State
from recado.model.record import iso
from recado.store import imports
from typing_extensions import TypedDict

from api.answers import Moment, Page, Paged, moment, page
from api.reading import Asked
from api.resource import Call, File, Resource, Text

resource = Resource(__name__)

FORMATS: Final[dict[str, Format]] = {
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "application/x-ndjson": "jsonl",
    "application/fhir+ndjson": "jsonl",
    "application/fhir+json": "bundle",
}
TABLES: Final = ("text/csv", "text/tab-separated-values")
ROWS: Final = 100
ROWS_OF_A_TABLE: Final = 5_000

More = Annotated[bool, Field(strict=False, description="Parts of the file are still to come.")]


class Handing(Asked):
    """What is handed in. A system's ids of its patients mean something under its own `source` only."""

    source: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$", description="Which system says so.")]
    name: Annotated[str, Field(max_length=120, description="What the file is called.")] = ""
    more: More = False


Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="`2026-11-24`")]


class Exporting(Asked):
    """From which day of the clinic's calendar to which, both with all of it."""

    since: Day
    until: Day


class Exported(TypedDict):
    """A table: `rows` of cells under `header`."""

    header: list[str]
    rows: list[list[str]]


class Continued(Asked):
    """A further part of a file."""

    more: More = False


class Import(TypedDict):
    """A file. `columns`: what each column of a table holds, "" where nobody knows; `read` of `size` bytes and
    `rows` rows have been worked off; `counts` says what became of them, `problem` why no more can be read."""

    id: str
    name: str
    source: str
    kind: Kind
    format: Format
    state: State
    parts: int
    size: int
    read: int
    rows: int
    counts: dict[Decision, int]
    columns: list[str]
    problem: str | None
    created_by: str
    created_at: Moment
    ended_at: Moment | None


class Issue(TypedDict):
    """What is wrong with a row, without its value."""

    field: str
    message: str


class Row(TypedDict):
    """What became of a row (from 1; a table's header is none). `same`: it is `person`'s, who was known, with
    the probability `score`; `review`: a person of the clinic decides whether it is. `issues` say why a row
    failed, or what of it was left out."""

    row: int
    decision: Decision
    patient: str | None
    appointment: str | None
    person: str | None
    score: float | None
    issues: list[Issue]


@resource.route(
    "POST",
    "/patients/import",
    "import_patients",
    Import,
    status=202,
    query=Handing,
    content=tuple(FORMATS),
    keyed=True,
)
def import_patients(call: Call, query: Handing, body: File) -> Import:
    """Hand in a file of patients: a table with a header, our objects or FHIR Patients a line each, or a FHIR
    R4 Bundle; up to 4 MB, or else its first part. Its rows are taken in one by one: ask how far it is."""
    from recado.actions.import_patients import Handed, import_patients  # noqa: PLC0415 - seldom, and heavy

    handed = Handed(query.name, query.source, FORMATS[body.mime], body.content, query.more)
    return call.once(lambda: _shown(import_patients(call.tenant, call.author, handed, call.now)))


@resource.route(
    "POST",
    "/appointments/import",
    "import_appointments",
    Import,
    status=202,
    query=Handing,
    content=TABLES,
    keyed=True,
)
def import_appointments(call: Call, query: Handing, body: File) -> Import:
    """Hand in a table of visits: a column for an id and a start at least, and practitioner, type, minutes,
    state, and the patient's name and phone, or their id in that system. How far it is, the patients' imports
    say."""
    from recado.actions.import_patients import Handed, import_patients  # noqa: PLC0415 - seldom, and heavy

    handed = Handed(query.name, query.source, FORMATS[body.mime], body.content, query.more, "visits")
    return call.once(lambda: _shown(import_patients(call.tenant, call.author, handed, call.now)))


@resource.route(
    "GET", "/appointments/export", "export_appointments", Exported, query=Exporting, also=("text/csv",)
)
def export_visits(call: Call, query: Exporting) -> Exported | Text:
    """All visits from a day to another one (31 days at most); as a table with `Accept: text/csv`."""
    from recado.actions import export_appointments as exports  # noqa: PLC0415 - seldom
    from recado.rules.exports import table  # noqa: PLC0415 - seldom

    found = exports.export_appointments(call.tenant, query.since, query.until)
    if call.wants("text/csv"):
        return Text(table(exports.HEADER, found), "text/csv; charset=utf-8")
    return {"header": list(exports.HEADER), "rows": found}


@resource.route(
    "PUT",
    "/patients/imports/{id}/parts/{part}",
    "add_import_part",
    Import,
    status=202,
    query=Continued,
    content=tuple(FORMATS),
)
def add_import_part(call: Call, import_id: str, part: str, query: Continued, body: File) -> Import:
    """The next part of a file, from 2; a file is cut anywhere. The same part again changes nothing."""
    from recado.actions.import_patients import add_part  # noqa: PLC0415 - seldom, and heavy

    if not part.isdecimal() or not 0 < int(part) < 1_000_000:
        raise NotFound
    return _shown(add_part(call.tenant, import_id, int(part), body.content, more=query.more))


@resource.route("GET", "/patients/imports", "list_imports", Page[Import], query=Paged)
def list_imports(call: Call, query: Paged) -> Page[Import]:
    """The clinic's imports, the latest first."""
    found, earlier = imports.listing(call.tenant, before=query.after)
    return page([_shown(one) for one in found], earlier)


@resource.route("GET", "/patients/imports/{id}", "read_import", Import)
def read_import(call: Call, import_id: str) -> Import:
    """How far an import is; ask again until it is `done` or `failed`."""
    return _shown(imports.get(call.tenant, import_id))


@resource.route(
    "GET", "/patients/imports/{id}/rows", "list_import_rows", Page[Row], query=Paged, also=("text/csv",)
)
def list_import_rows(call: Call, import_id: str, query: Paged) -> Page[Row] | Text:
    """What became of each row so far, in their order; as a table with `Accept: text/csv`."""
    known = imports.get(call.tenant, import_id)
    after = int(query.after) if query.after and query.after.isdecimal() else 0
    as_table = call.wants("text/csv")
    limit = ROWS_OF_A_TABLE if as_table else ROWS
    found = imports.rows(call.tenant, known.id, after, limit)
    listed = page([_row(one) for one in found], str(found[-1].row) if len(found) == limit else None)
    return _table(listed) if as_table else listed


def _table(listed: Page[Row]) -> Text:
    from recado.rules.exports import table  # noqa: PLC0415 - seldom

    header = ("row", "decision", "patient", "appointment", "person", "score", "issues")
    cells = ([*list(one.values())[:-1], _issues(one)] for one in listed["items"])
    return Text(table(header, cells), "text/csv; charset=utf-8", listed["next"])


def _issues(row: Row) -> str:
    return "; ".join(f"{one['field']}: {one['message']}" for one in row["issues"])


def _shown(one: PatientImport) -> Import:
    return {
        "id": one.id,
        "name": one.name,
        "source": one.source,
        "kind": one.kind,
        "format": one.format,
        "state": one.state,
        "parts": len(one.parts),
        "size": one.size,
        "read": one.position,
        "rows": one.row,
        "counts": one.counts,
        "columns": list(one.columns),
        "problem": one.problem or None,
        "created_by": one.created_by,
        "created_at": iso(one.created_at),
        "ended_at": moment(one.ended_at),
    }


def _row(one: ImportedRow) -> Row:
    return {
        "row": one.row,
        "decision": one.decision,
        "patient": one.patient,
        "appointment": one.appointment,
        "person": one.person,
        "score": one.score,
        "issues": [{"field": each.field, "message": each.message} for each in one.issues],
    }
