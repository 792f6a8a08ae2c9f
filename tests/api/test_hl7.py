"""HL7 v2, as a clinic's older system speaks it over HTTP."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recado.errors import Invalid
from recado.rules.hl7.message import MOST, Message, messages, parse
from recado.rules.hl7.people import cells
from recado.rules.hl7.visits import visit
from recado.rules.told_visits import ToldPatient
from recado.store import appointments, patients

from tests.api.client import Answer, person
from tests.api.test_imports import sent

EVENTS = Path(__file__).parents[2] / "events" / "hl7"
S12 = (EVENTS / "siu_s12.hl7").read_bytes()
BATCH = (EVENTS / "batch.hl7").read_bytes()

pytestmark = pytest.mark.usefixtures("clinic")


def tell(*told: bytes) -> Answer:
    body = base64.b64encode(b"".join(told)).decode()
    headers = {"Content-Type": "application/hl7-v2"}
    answer = sent("/hl7", body, headers, method="POST", isBase64Encoded=True)
    return Answer(answer["statusCode"], None, answer["body"])


def acknowledged(answer: Answer) -> list[tuple[str, str]]:
    assert answer.status == 200, answer.raw
    read = [parse(one) for one in messages(answer.raw.encode())]
    return [(one.value("MSA-2"), one.value("MSA-1")) for one in read]


def fault(answer: Answer) -> tuple[str, str]:
    (read,) = [parse(one) for one in messages(answer.raw.encode())]
    return "-".join(read.value("ERR-2", part) for part in (1, 3)), read.value("ERR-3")


def told(field: str, value: str, of: bytes = S12) -> bytes:
    """The message with another field."""
    name, _, number = field.partition("-")
    place = int(number) - (name == "MSH")
    lines = [line.split(b"|") for line in of.rstrip(b"\r").split(b"\r")]
    for line in lines:
        if line[0] == name.encode():
            line.extend([b""] * (place + 1 - len(line)))
            line[place] = value.encode()
    return b"\r".join(b"|".join(line) for line in lines) + b"\r"


def event(code: str, at: str, of: bytes = S12) -> bytes:
    return told("MSH-9", f"SIU^{code}^SIU_S12", told("MSH-7", f"2028010110{at}00-0300", of))


def visits() -> list[tuple[str, str, str]]:
    found = appointments.of_day("boavista", "2028-11-24") + appointments.of_day("boavista", "2028-11-25")
    return [(one.local_start, one.status, one.confirmation) for one in found]


def test_a_new_appointment_is_a_visit_of_a_person_with_a_record() -> None:
    assert acknowledged(tell(S12)) == [("M1", "AA")]
    (made,) = appointments.of_day("boavista", "2028-11-24")
    assert (made.local_start, made.minutes, made.type, made.practitioner) == (
        "2028-11-24T09:30",
        30,
        "Consulta",
        "Dra. Helena Costa",
    )
    patient = patients.get("boavista", made.patient)
    assert patient.name == "Maria da Graça Lima"
    assert {"+5511933334444", "maria@example.com"} <= {one.value for one in patient.contact_points}
    assert patient.told["birth_date"].value == "1984-03-25"


def test_told_twice_it_is_one_visit() -> None:
    tell(S12)
    assert acknowledged(tell(S12)) == [("M1", "AA")]
    assert visits() == [("2028-11-24T09:30", "booked", "none")]


def test_a_batch_is_taken_message_by_message_each_with_its_answer() -> None:
    tell(S12)
    assert acknowledged(tell(BATCH)) == [("M2", "AA"), ("M3", "AA"), ("M4", "AR")]
    assert visits() == [("2028-11-25T11:00", "booked", "none")]


@pytest.mark.parametrize("code", ["S15", "S16", "S17"])
def test_what_is_called_off_there_is_called_off_here(code: str) -> None:
    tell(S12)
    assert acknowledged(tell(event(code, "05"))) == [("M1", "AA")]
    assert visits() == [("2028-11-24T09:30", "cancelled", "none")]


@pytest.mark.parametrize(
    ("code", "filler_status", "status"),
    [("S26", "Booked", "noshow"), ("S14", "Complete", "fulfilled"), ("S15", "Complete", "cancelled")],
)
def test_the_event_says_more_than_the_status_except_of_a_change(
    code: str, filler_status: str, status: str
) -> None:
    message = parse(event(code, "05", told("SCH-25", filler_status)))
    assert visit(message, ToldPatient(), "America/Sao_Paulo").status == status


def test_what_is_older_than_what_we_have_heard_changes_nothing() -> None:
    tell(S12, event("S15", "05"))
    assert acknowledged(tell(event("S13", "01"))) == [("M1", "AA")]
    assert visits() == [("2028-11-24T09:30", "cancelled", "none")]


@pytest.mark.parametrize(
    ("field", "value", "at_fault"),
    [
        ("SCH-11", "^^^2028-11-24", ("SCH-11", "102")),
        ("SCH-11", "", ("AIS-4", "102")),
        ("SCH-2", "", ("", "")),
        ("PID-3", "", ("PID-3", "102")),
        ("MSH-7", "yesterday", ("MSH-7", "102")),
    ],
)
def test_what_cannot_be_used_is_named(field: str, value: str, at_fault: tuple[str, str]) -> None:
    message = told("AIS-4", "soon", told(field, value)) if field == "SCH-11" else told(field, value)
    answer = tell(message)
    assert answer.status == 200
    if at_fault[0]:
        assert acknowledged(answer) == [("M1", "AE")]
        assert fault(answer) == at_fault
        assert visits() == []
    else:
        assert acknowledged(answer) == [("M1", "AA")], "the placer's number does as well"


@pytest.mark.parametrize("body", [b"", b"hello", b"MSH|", b"MSH|^~\\", told("MSH-18", "SHIFT-JIS")])
def test_what_is_no_message_is_refused_as_a_whole(body: bytes) -> None:
    assert tell(body).status == 400


def test_only_who_runs_the_clinic_s_systems_may_tell() -> None:
    ana = person("agent")
    assert (
        ana.call("POST", "/hl7", S12.decode(), headers={"Content-Type": "application/hl7-v2"}).status == 403
    )


def test_separators_are_whatever_the_header_says_and_escapes_become_them() -> None:
    read = parse(b"MSH$*!?%$A?T?B\r" + rb'PID$1$$7*a!8*b%c$x?E?y?X41?z$""$?H?loud?N?')
    assert read.value("MSH-3") == "A%B"
    assert [read.value("PID-3", 2, one) for one in (1, 2, 3)] == ["a", "b", ""]
    assert (read.value("PID-4"), read.value("PID-5"), read.value("PID-6")) == ("x?yAz", "", "loud")
    assert read.value("PID-90") == read.value("ZZZ-1") == ""


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*b'MSHPID|^~\\&\r\n"X41.2 \xc3\xa7']), max_size=80).map(bytes))
def test_no_bytes_break_the_reading(noise: bytes) -> None:
    for one in messages(b"MSH|^~\\&" + noise):
        try:
            read = parse(one)
        except Invalid:
            continue
        assert isinstance(read, Message)
        assert all(isinstance(read.value(f"PID-{n}", 2, 2), str) for n in range(1, 9))


def test_a_field_that_is_given_without_end_costs_no_more_than_one_that_is_given_often() -> None:
    endless = S12.replace(b"\rPID|", b"\rPID|1||" + b"~".join([b"1^^^X^MR"] * 20_000) + b"||Z^Z\rZPD|", 1)
    read = parse(endless)
    assert (cells(read)["id"], len(read.repeats("PID-3"))) == (["X|1"], MOST)
