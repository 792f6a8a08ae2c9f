"""A clinic's visits come and go as a table."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.erase import erase
from recado.actions.export_appointments import HEADER as HEADINGS
from recado.actions.export_appointments import export_appointments
from recado.actions.import_patients import Handed, import_patients
from recado.actions.sweep import sweep
from recado.errors import Invalid
from recado.model.patient_import import ImportedRow
from recado.rules.exports import table
from recado.rules.imports.visits import held, is_usable
from recado.store import appointments, imports

from tests.cloud import Cloud
from tests.imports import worked_off
from tests.samples import NOW

pytestmark = pytest.mark.usefixtures("clinic")

DAY = timedelta(days=1)
HEADER = "id;data;hora;paciente;telefone;médico;tipo;duração;situação"
RUI = "7;30/11/2026;09:30;Rui Lima;11 93000-1111;Dra. Costa;consulta;30;agendado"


def taken_in(cloud: Cloud, *rows: str, header: str = HEADER, source: str = "agenda") -> list[ImportedRow]:
    content = "\n".join([header, *rows]).encode()
    made = import_patients(
        "boavista", "agent:ana", Handed("agenda", source, "csv", content, False, "visits"), NOW
    )
    worked_off(cloud)
    assert imports.get("boavista", made.id).state == "done"
    return imports.rows("boavista", made.id, 0, 1_000)


def test_each_row_is_booked_and_says_what_became_of_it(clinic: Cloud) -> None:
    bad = "8;30/11/2026;25:00;Ana Nunes;11 93000-2222;Dra. Costa;consulta;30;"
    unknown = "9;30/11/2026;10:30;;;Dra. Costa;consulta;30;"
    rows = taken_in(clinic, RUI, bad, "", unknown)
    assert [one.decision for one in rows] == ["new", "failed", "failed"]
    assert [[issue.field for issue in one.issues] for one in rows] == [[], ["start"], ["patient"]]
    (visit,) = appointments.of_day("boavista", "2026-11-30")
    assert (visit.id, visit.local_start, visit.practitioner, visit.minutes) == (
        rows[0].appointment,
        "2026-11-30T09:30",
        "Dra. Costa",
        30,
    )


def test_the_same_file_again_changes_nothing_and_a_later_one_moves_and_calls_off(clinic: Cloud) -> None:
    taken_in(clinic, RUI)
    assert [one.decision for one in taken_in(clinic, RUI)] == ["unchanged"]
    assert [one.decision for one in taken_in(clinic, RUI.replace("09:30", "11:00"))] == ["updated"]
    (visit,) = appointments.of_day("boavista", "2026-11-30")
    assert (visit.local_start, visit.schedule) == ("2026-11-30T11:00", 2)
    gone = RUI.replace("09:30", "11:00").replace("agendado", "cancelado")
    assert [one.decision for one in taken_in(clinic, gone)] == ["updated"]
    assert appointments.get("boavista", visit.id).status == "cancelled"


def test_a_row_that_was_called_off_before_it_was_known_is_booked_by_nobody(clinic: Cloud) -> None:
    rows = taken_in(clinic, RUI.replace("agendado", "cancelado"))
    assert [(one.decision, one.appointment) for one in rows] == [("unchanged", None)]
    assert appointments.of_day("boavista", "2026-11-30") == []


@pytest.mark.parametrize(
    ("header", "usable"),
    [
        ("id,start,name", True),
        ("Código,Fecha,Hora,Paciente", True),
        ("codice;data;ora;paziente", True),
        ("name;phone", False),
        ("id;name", False),
    ],
)
def test_a_table_says_of_each_visit_which_it_is_and_when(header: str, usable: bool) -> None:
    assert is_usable(held(header.replace(",", ";").split(";"))) is usable


def test_a_table_without_its_columns_is_refused_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        import_patients(
            "boavista", "agent:ana", Handed("a", "a", "csv", b"name;phone\n", False, "visits"), NOW
        )
    assert refused.value.field == "header"


def test_what_is_exported_is_a_table_that_we_read_ourselves(clinic: Cloud) -> None:
    taken_in(clinic, RUI)
    (row_of,) = export_appointments("boavista", "2026-11-30", "2026-12-01")
    assert is_usable(held(HEADINGS))
    row = table(HEADINGS, [row_of]).split("\r\n")[1]
    assert '"2026-11-30 09:30","30","Dra. Costa","consulta","booked","none"' in row
    assert '"\'+5511930001111"' in row, "no cell is a formula"


def test_our_own_table_handed_back_as_another_systems_means_our_visits(clinic: Cloud) -> None:
    (made,) = taken_in(clinic, RUI)
    exported = table(HEADINGS, export_appointments("boavista", "2026-11-30", "2026-12-01"))
    header, row = exported.replace('"', "").replace(",", ";").split("\r\n")[:2]
    (same,) = taken_in(clinic, row, header=header, source="elsewhere")
    assert (same.decision, same.appointment) == ("unchanged", made.appointment)
    confirmed = row.replace(";none;", ";confirmed;").replace("09:30", "11:00")
    (changed,) = taken_in(clinic, confirmed, header=header, source="elsewhere")
    assert (changed.decision, changed.appointment) == ("updated", made.appointment)
    (visit,) = appointments.of_day("boavista", "2026-11-30")
    assert (visit.local_start, visit.confirmation) == ("2026-11-30T11:00", "confirmed")


def test_what_a_system_calls_a_visit_is_in_no_row_once_its_patient_is_erased(clinic: Cloud) -> None:
    (made,) = taken_in(clinic, RUI.replace("7;", "RUI-LIMA-77;", 1))
    visit = appointments.get("boavista", made.appointment or "")
    erase("boavista", visit.patient, visit.start + DAY, by="role:admin", reason="requested")
    sweep("boavista", visit.start + DAY)
    assert "RUI-LIMA-77" not in str(clinic.items("appointments"))
    (again,) = taken_in(clinic, RUI.replace("7;", "RUI-LIMA-77;", 1))
    assert again.decision == "failed", "no repeat brings it back"


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        ("2026-11-31", "2026-12-01", "since"),
        ("2026-12-02", "2026-12-01", "until"),
        ("2026-01-01", "2026-12-01", "until"),
    ],
)
def test_a_period_that_cannot_be_is_refused(since: str, until: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        export_appointments("boavista", since, until)
    assert refused.value.field == field
