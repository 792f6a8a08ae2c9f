"""A table of visits, as a clinic's calendar or another system writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Final, NamedTuple

from recado.errors import Invalid
from recado.model.appointment import AppointmentStatus
from recado.model.patient_import import Issue, PatientImport
from recado.rules.imports import frames, table, values
from recado.rules.imports.buffer import Buffer
from recado.rules.imports.entry import Cells
from recado.rules.imports.words import meanings, plain
from recado.rules.told_visits import ToldPatient, ToldVisit

USABLE: Final = frozenset({"id", "start"})
"""Without these nobody knows a visit again, or when it is; `date` and `time` are a start, too."""

_HEADINGS: Final = """
id: id|visit id|appointment id|codigo|codigo agendamento|id agendamento|id consulta|id cita|codigo cita
id: id appuntamento|codice|codice appuntamento|id visita|codi|codi visita
start: start|starts|start time|date time|datetime|inicio|data hora|data e hora|fecha hora|fecha y hora
start: inizio|data ora|data e ora|inici|data i hora
date: date|day|data|dia|fecha|giorno
time: time|hour|hora|ora|horario|hora inicio|hora de inicio|ora inizio
minutes: minutes|duration|duracao|duracion|durata|durada|minutos|minuti|minuts|duracao minutos
practitioner: practitioner|doctor|dr|physician|professional|provider|medico|medica|profissional|profesional
practitioner: dottore|medico curante|professionista|metge|metgessa|professional sanitari
type: type|visit type|appointment type|service|tipo|tipo de consulta|tipo consulta|servico|servicio
type: tipo cita|tipo visita|prestazione|tipus|servei|tipus de visita
status: status|state|situacao|estado|stato|estat
patient: patient id|id paciente|prontuario|nhc|id paziente|id pacient|mrn
name: name|patient|patient name|paciente|nome|nome do paciente|nombre|nombre del paciente|paziente
name: nome paziente|pacient|nom|nom del pacient
phone: phone|mobile|telephone|tel|telefone|celular|telefono|movil|cellulare|telefon|mobil
confirmation: confirmation|confirmacao|confirmacion|conferma|confirmacio
updated_at: updated at|last updated|changed at|atualizado em|actualizado|modificado|aggiornato|actualitzat
"""

_STATUSES: Final = """
booked: booked|confirmed|scheduled|pending|agendado|agendada|marcado|confirmado|confirmada|programada
booked: citado|prenotato|confermato|prenotata|confermata|reservat|reservada|confirmat
cancelled: cancelled|canceled|cancelado|cancelada|anulada|anulado|annullato|annullata|anul lada|cancel lada
noshow: noshow|no show|missed|faltou|falta|ausente|no asistio|non presentato|assente|no presentat|absent
arrived: arrived|chegou|presente|llego|arrivato|arribat
fulfilled: fulfilled|done|completed|realizado|realizada|atendido|atendida|eseguita|fatto|feta|atesa
"""

_CONFIRMED: Final = frozenset(
    {"confirmed", "confirmado", "confirmada", "confermato", "confermata", "confirmat"}
)


class Row(NamedTuple):
    """A row: what it says, or why it cannot be read; neither: it is empty. And where the next one begins."""

    told: ToldVisit | None
    issue: Issue | None
    end: int


def held(headings: Sequence[str]) -> tuple[str, ...]:
    """What each column holds, "" where nobody knows."""
    return tuple(_known(_HEADINGS).get(plain(one), "") for one in headings)


def is_usable(columns: Sequence[str]) -> bool:
    """Whether a table with these columns says of each visit which it is, and when."""
    known = frozenset(columns) | ({"start"} if {"date", "time"} <= set(columns) else set())
    return known >= USABLE


VISITS: Final = table.Meanings(
    held, is_usable, "The first line must name the columns: an id, and a start (or a date and a time)."
)


def rows(known: PatientImport, chunks: Iterator[bytes]) -> Iterator[Row]:
    """The rows from where an import is."""
    how = table.Layout(known.delimiter, known.columns)
    for frame in frames.rows(Buffer(chunks, known.position), how.delimiter, len(how.columns)):
        try:
            cells = table.row(frame, how)
            yield Row(None if cells is None else read(cells, known.source), None, frame.end)
        except Invalid as wrong:
            yield Row(None, Issue(field=wrong.field or "row", message=str(wrong)), frame.end)


def read(cells: Cells, source: str) -> ToldVisit:
    """What a row says; a visit's id means something in its own system only. Raises Invalid that names a
    column."""
    said = {
        name: next((one for cell in found if (one := values.text(cell))), "") for name, found in cells.items()
    }
    if not said.get("id"):
        raise Invalid("id", "This row does not say which visit it is.")
    status = plain(said.get("status", ""))
    found = _known(_STATUSES).get(status, "booked" if not status else "")
    if not found:
        raise Invalid("status", "We do not know this state.")
    patient = said.get("patient", "")
    return ToldVisit(
        system=f"urn:recado:{source}",
        value=said["id"][:200],
        status=_status(found),
        start=_start(said),
        patient=ToldPatient(
            known_as=f"{source}:{patient}" if patient else "",
            name=said.get("name", ""),
            phone=said.get("phone", ""),
        ),
        told_at=_moment(said.get("updated_at", "")),
        minutes=_minutes(said.get("minutes", "")),
        practitioner=said.get("practitioner", ""),
        type=said.get("type", ""),
        confirmed=status in _CONFIRMED or plain(said.get("confirmation", "")) in _CONFIRMED,
    )


def _status(word: str) -> AppointmentStatus:
    known: Mapping[str, AppointmentStatus] = {
        "cancelled": "cancelled",
        "noshow": "noshow",
        "arrived": "arrived",
        "fulfilled": "fulfilled",
    }
    return known.get(word, "booked")


def _start(said: Mapping[str, str]) -> str:
    """As `2026-11-24T09:30`, from what a spreadsheet makes of it. Raises Invalid (`start`)."""
    written = said.get("start") or f"{said.get('date', '')} {said.get('time', '')}".strip()
    for form in ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d.%m.%Y %H:%M"):
        try:
            return datetime.strptime(written, form).isoformat(timespec="minutes")  # noqa: DTZ007 - wall time
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(written).isoformat(timespec="minutes")
    except ValueError:
        raise Invalid("start", "Write it as 2026-11-24 09:30, or 24/11/2026 09:30.") from None


def _moment(written: str) -> datetime | None:
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
        if found.tzinfo:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Invalid("updated_at", "Write it with its offset: 2026-11-24T09:30:00-03:00.")


def _minutes(written: str) -> int | None:
    if not written:
        return None
    if not written.isascii() or not written.isdecimal() or len(written) > 4:
        raise Invalid("minutes", "Give whole minutes.")
    return int(written)


@cache
def _known(lines: str) -> dict[str, str]:
    return meanings(lines)
