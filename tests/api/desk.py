"""A clinic with something of everything in it, and one good request for every route."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from api.resource import Operation
from recado.actions.record import record
from recado.actions.set_medication import Times, set_medication
from recado.model.campaign import Campaign, CampaignState
from recado.model.communication import Attachment, Communication
from recado.model.contact import Contact
from recado.model.experiment import Estimate, Experiment
from recado.model.missed import Outage
from recado.model.policy import Policy, Step
from recado.model.preflight import Preflight
from recado.model.rating import Rating
from recado.model.record import iso
from recado.model.segment import Segment
from recado.model.tenant import Account
from recado.rules.reviews import pair_id
from recado.store import (
    appointments,
    campaigns,
    contacts,
    experiments,
    keyring,
    media,
    missed,
    notices,
    preflights,
    ratings,
    segments,
    tenants,
    unreadable,
)

from infra.openapi import operations
from tests.api.client import Answer, Client, person
from tests.cloud import Cloud, Saved
from tests.imports import handed
from tests.people import believed, known_as
from tests.samples import ANA, BRUNO, NOW, WHATSAPP, received, seed

CANARY = "canary-of-boavista"

OPERATIONS = operations()
"""Every route, from the app itself."""


ROTATING = Account(
    tenant="boavista", channel="whatsapp", id="100000000000009", display=CANARY, state="paused"
)
"""An account between two secrets."""


FILE = "m0photo"
"""A message with a file."""
LIST = "nome;telefone\nRui Lima;11 3000-1111\n"
HL7 = (Path(__file__).parents[2] / "events" / "hl7" / "siu_s12.hl7").read_bytes().decode()
VISITS = "id;inicio;paciente;telefone\n7;24/11/2028 15:00;Rui Lima;11 3000-1111\n"
PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(64)).decode()


POLICY = {"steps": [{"name": "24h", "minutes": -1440}]}
FLOW = {"start": "a", "nodes": {"a": {"kind": "person"}}}
ARTICLE = {
    "language": "pt-BR",
    "questions": ["Onde posso estacionar?"],
    "answer": CANARY,
    "source": CANARY,
    "review_by": "2099-01-01",
}

VISIT: dict[str, Any] = {
    "resourceType": "Appointment",
    "identifier": [{"system": "https://ehr.example", "value": "1"}],
    "status": "booked",
    "serviceType": [{"text": "consulta"}],
    "start": "2028-11-27T09:30:00-03:00",
    "minutesDuration": 30,
    "contained": [
        {
            "resourceType": "Patient",
            "id": "who",
            "name": [{"text": "Vera Nunes"}],
            "telecom": [{"system": "phone", "value": "+5511933335555"}],
        }
    ],
    "participant": [
        {"actor": {"reference": "#who"}, "status": "needs-action"},
        {"actor": {"type": "Practitioner", "display": "Dra. Lima"}, "status": "accepted"},
    ],
}
"""A visit of another system's."""

DAY = "2026-11-20"
SEGMENT = "g" + "a" * 20
DRAFTED, RUNS, PAUSED = ("k" + letter * 20 for letter in "abc")
"""Campaigns."""
STEERED = {"pause_campaign": RUNS, "end_campaign": RUNS, "resume_campaign": PAUSED}
QUERY = {"seen_before_days": 365}
CAMPAIGN = {"name": "Outra", "segment": SEGMENT, "steps": [{"text": "recall", "minutes": 0}]}
AUTHORISATION = {"id": "ehr-1", "expires": (datetime.now(UTC) + timedelta(days=30)).date().isoformat()}
MEDICATION = {"times": ["09:00"], "until": AUTHORISATION["expires"], "agreed": True}
TWINS = ("p" + "a" * 20, "p" + "b" * 20)
"""Two records that Recado has joined."""


class Desk(NamedTuple):
    """Boa Vista's rows, each with a mark that no other clinic may ever see."""

    contact: Contact
    appointment: str
    preflight: str
    home: Contact
    """Of a household's contact point."""
    child: str
    """A patient by whom the contact's stands."""
    imported: str
    """A file of which more is to come."""
    subscriptions: tuple[str, str]
    """One with a notice; and one between two secrets."""
    notice: str
    begun: str
    """A visit that has begun."""
    over: str
    """A visit whose patient has come."""
    practitioner: str
    kind: str
    """A type of visit."""
    article: str
    trials: tuple[str, str]
    """An experiment that is drafted; and one that runs."""
    waiting: str
    """An entry of the waiting list."""

    def ids(self, operation: Operation) -> str:
        """The path of a route, with the id of a thing that exists."""
        attribution = operation.path.endswith("/attribution")
        has_no_visit = "/related" in operation.path or operation.name == "erase_patient"
        things = {
            "contacts": self.home.id if attribution else self.contact.id,
            "patients": self.child if has_no_visit else self.contact.patient,
            "appointments": self.appointment,
            "accounts": ROTATING.id if operation.name == "finish_rotation" else WHATSAPP["boavista"],
            "preflight": self.preflight,
            "practitioners": self.practitioner,
            "appointment-types": self.kind,
            "reminder-policies": self.kind,
            "articles": self.article,
            "waiting-list": self.waiting,
            "reviews": pair_id(*TWINS),
            "fhir": self.appointment,
            "subscriptions": self.subscriptions[operation.name == "finish_signing"],
            "experiments": self.trials[operation.name == "stop_experiment"],
            "segments": SEGMENT,
            "campaigns": STEERED.get(operation.name, DRAFTED),
        }
        if operation.name in ("arrive", "fulfil", "note_no_show"):
            things["appointments"] = self.begun
        if operation.name == "reopen_appointment":
            things["appointments"] = self.over
        if operation.name == "part_records":
            things["patients"] = TWINS[0]
        if operation.path.startswith("/patients/imports"):
            things["patients"] = self.imported
        parts = {"id": things.get(operation.path.split("/")[1], ""), "channel": "whatsapp", "number": "0"}
        parts |= {"communication": FILE, "other": self.contact.patient, "part": "1", "record": TWINS[1]}
        parts |= {"notice": self.notice, "type": "Appointment", "flow": "cancel", "language": "pt-BR"}
        return operation.path.format(**parts, day=DAY)


def opened(cloud: Cloud) -> Desk:
    """The account with the clinic's tables filled: once, then as they were."""
    if not _OPENED:
        desk = _fill()
        _OPENED.append((desk, cloud.save()))
    desk, saved = _OPENED[0]
    cloud.restore(saved)
    return desk


_OPENED: list[tuple[Desk, Saved]] = []


def _fill() -> Desk:
    seed(ANA, BRUNO)
    subscribed = _subscribed()
    record("boavista", received(f"Bom dia {CANARY}", name=f"Maria {CANARY}"), NOW)
    (contact,), _ = contacts.open_contacts("boavista")
    plan = Times(("10:00",), AUTHORISATION["expires"])
    set_medication("boavista", contact.patient, plan, datetime.now(UTC), author="agent:ana")
    booking = {
        "patient": contact.patient,
        "start": "2028-11-24T09:30",
        "practitioner": f"Dra. {CANARY}",
        "type": "consulta",
        "minutes": 30,
    }
    booked = person("agent").post("/appointments", booking)
    assert booked.status == 201, booked
    _sent_a_file(contact)
    unreadable.keep("boavista", "whatsapp", CANARY, b"{")
    tenants.save_account("boavista", ROTATING)
    live = {"access_token": "b", "previous": {"access_token": "a"}}
    keyring.keep("boavista", "whatsapp", ROTATING.id, live, {})
    known_as(TWINS[0], f"Ana {CANARY}", timedelta(days=1))
    known_as(TWINS[1], f"Ana {CANARY}")
    believed(TWINS[1], TWINS[0])
    trial = Preflight(id=f"f{'a' * 20}", at=NOW, text=CANARY)
    preflights.save("boavista", trial)
    contact = contacts.get_contact("boavista", contact.id)
    home, child = _family(contact)
    imported = handed(LIST, more=True, name=CANARY).id
    (notice,) = notices.latest("boavista", subscribed[0])[0]
    begun, over = (_begun(booked.body["id"], letter) for letter in "xy")
    assert person("agent").post(f"/appointments/{over}/arrive", {}).status == 200
    who, kind = _offered()
    _campaigns()
    return Desk(
        contact, booked.body["id"], trial.id, home, child, imported, subscribed, notice.id,
        begun, over, who, kind, _written(), _trials(),
        _waiting(contact.patient, who, kind),
    )  # fmt: skip


def _begun(booked: str, letter: str) -> str:
    """A visit like this one, of a minute ago."""
    start = datetime.now(UTC) - timedelta(minutes=1)
    like = {"id": "a" + letter * 20, "start": start, "due_at": None, "version": 0}
    visit = appointments.get("boavista", booked).model_copy(update=like)
    appointments.save_appointment("boavista", visit)
    return visit.id


def _offered() -> tuple[str, str]:
    """A practitioner with a schedule, and a type of visit."""
    admin = person("admin")
    who = admin.post("/practitioners", {"name": f"Dr. {CANARY}"}).body["id"]
    kind = admin.post("/appointment-types", {"name": CANARY, "minutes": 30}).body["id"]
    assert admin.put(f"/reminder-policies/{kind}", POLICY).status == 200
    missed.save_outage("boavista", Outage(began_at=NOW, found_at=NOW, last_at=NOW))
    return str(who), str(kind)


def _written() -> str:
    """An answer of the clinic's."""
    return str(person("supervisor").post("/articles", ARTICLE).body["id"])


def _waiting(patient: str, who: str, kind: str) -> str:
    """Somebody waits for an earlier visit; nothing is quiet, whenever the test runs."""
    admin, never = person("admin"), {"quiet_from": "08:00", "quiet_until": "08:00"}
    assert admin.put(f"/reminder-policies/{kind}", {**POLICY, **never}).status == 200
    monday = {"weekday": 0, "begins": "09:00", "ends": "13:00"}
    assert admin.put(f"/practitioners/{who}/schedule", {"weekly": [monday]}).status == 200
    return str(person("agent").post("/waiting-list", {"patient": patient, "type_id": kind}).body["id"])


def _trials() -> tuple[str, str]:
    """Two experiments, as if the clinic had patients enough."""
    made = Experiment(
        id="x" + "a" * 20,
        name=CANARY,
        policy=Policy(),
        difference=0.05,
        estimate=Estimate(kept=0.8, a_week=100, patients=900, weeks=9),
        created_at=NOW,
        created_by="role:admin",
    )
    running = {"id": "x" + "b" * 20, "state": "running", "started_at": NOW}
    experiments.put("boavista", made)
    experiments.put("boavista", made.model_copy(update=running))
    return made.id, str(running["id"])


def _campaigns() -> None:
    """A segment, a campaign of each state in which something may be done with it, and a rating."""
    known = {"created_at": NOW, "created_by": "role:admin", "query": QUERY}
    rated = {"day": DAY, "review_count": 118, "rating_value": 4.5, "noted_at": NOW, "noted_by": CANARY}
    ratings.put("boavista", Rating.model_validate(rated))
    segments.put("boavista", Segment.model_validate({"id": SEGMENT, "name": CANARY, **known}))
    step = Step(name="step1", minutes=0, purpose="recall", text="recall")
    states: dict[str, CampaignState] = {DRAFTED: "draft", RUNS: "running", PAUSED: "paused"}
    for own_id, state in states.items():
        about = {**known, "segment": SEGMENT, "purpose": "recall", "steps": (step,)}
        one = Campaign.model_validate({"id": own_id, "name": CANARY, "state": state, **about})
        campaigns.save_campaign("boavista", one)


def _subscribed() -> tuple[str, str]:
    admin, wanted = person("admin"), {"url": f"https://{CANARY}.example/", "events": ["appointment.booked"]}
    one, other = (admin.post("/subscriptions", wanted).body["id"] for _ in range(2))
    assert admin.post(f"/subscriptions/{other}/secret", {}).body["rotating"]
    return one, other


def _family(contact: Contact) -> tuple[Contact, str]:
    """Somebody wrote from a number of two people, the elder of whom acts for a child."""
    for number, name in enumerate((f"Rui {CANARY}", f"Clara {CANARY}", "🌸")):
        record("boavista", received("Oi", f"wamid.f{number}", "5511900000077", name=name), NOW)
    open_ones, _ = contacts.open_contacts("boavista")
    (home,) = (one for one in open_ones if one.kind == "household")
    child = next(one.patient for one in open_ones if one.patient_name == f"Clara {CANARY}")
    relation = {"patient": contact.patient, "relationship": "caregiver"}
    assert person("agent").post(f"/patients/{child}/related", relation).status == 201
    return home, child


def _sent_a_file(contact: Contact) -> None:
    where = media.put("boavista", FILE, 0, b"", "image/png")
    photo = Attachment(kind="image", state="kept", mime="image/png", name=CANARY, object=where)
    message = Communication(
        id=FILE,
        patient=contact.patient,
        channel="whatsapp",
        account="1",
        address=contact.address,
        direction="inbound",
        kind="image",
        author="patient",
        state="received",
        at=NOW,
        moment="2026-11-23T13",
        attachments=(photo,),
    )
    contacts.save_communication("boavista", message)


BODIES: dict[str, Any] = {
    "import_patients": LIST,
    "import_appointments": VISITS,
    "add_import_part": LIST,
    "reply": {"text": "Olá"},
    "take_contact": {},
    "erase_patient": {"reason": "requested"},
    "keep_file": {"name": "a.png", "description": "Mapa", "data": PIXEL},
    "note_consent": {"action": "stop", "purposes": ["care"]},
    "describe_patient": {"birth_date": "1984-03-25"},
    "settle_dispute": {"field": "birth_date", "value": "1984-03-25"},
    "set_kind": {"kind": "member"},
    "set_care": {"team": "reception", "note": "Please ring."},
    "note_interaction": {"channel": "frontdesk", "name": "Rui"},
    "transfer_contact": {"agent": "bruno"},
    "close_contact": {"disposition": "resolved"},
    "note_attempt": {"outcome": "no_answer", "note": CANARY},
    "attribute_contact": {"name": "Vera"},
    "join_records": {"record": TWINS[0]},
    "decide_review": {"decision": "same"},
    "cancel_appointment": {},
    "move_appointment": {"start": "2028-11-26T09:30"},
    "set_own_state": {"state": "away"},
    "add_account": {
        "channel": "whatsapp",
        "id": "300000000000003",
        "secrets": {"access_token": "sample-token"},
    },
    "change_account": {"display": "+55 11 3000-0000"},
    "pause_account": {},
    "resume_account": {"force": True},
    "rotate_secrets": {"secrets": {"access_token": "sample-token"}},
    "finish_rotation": {},
    "arrive": {},
    "fulfil": {},
    "note_no_show": {},
    "reopen_appointment": {},
    "add_practitioner": {"name": "Dra. Nunes"},
    "change_practitioner": {"active": False},
    "add_type": {"name": "revisão", "minutes": 20},
    "change_type": {"minutes": 20},
    "set_priority": {"priority": 3, "reason": CANARY},
    "set_offering": {"hold_minutes": 45, "at_once": 2},
    "set_policy": POLICY,
    "set_type_policy": POLICY,
    "preview_policy": {"start": "2028-11-24T09:30"},
    "see_missed": {"found_at": iso(NOW)},
    "set_schedule": {"weekly": [{"weekday": 0, "begins": "09:00", "ends": "13:00"}]},
    "save_flow": {**FLOW, "base": 0},
    "use_flow": {"number": 0},
    "set_self_service": {"bot": "on"},
    "set_reminder_calls": {"number": "+551130000000"},
    "write_article": {**ARTICLE, "answer": "Na rua.", "source": "Recepção"},
    "note_result": {"id": "r1", "ready": True},
    "set_medication": MEDICATION,
    "fhir_create": VISIT,
    "fhir_update": {**VISIT, "identifier": []},
    "hl7_messages": HL7,
    "fhir_bundle": {"resourceType": "Bundle", "type": "batch", "entry": []},
    "set_risk": {"state": "on"},
    "check_text": {"language": "en", "text": "Please come ten minutes early."},
    "note_rating": {"review_count": 118, "rating_value": 4.5},
    "add_segment": {"name": "Outro", "query": QUERY},
    "preview_segment": {"query": QUERY},
    "change_segment": {"name": "Outro", "query": QUERY},
    "draft_campaign": CAMPAIGN,
    "change_campaign": CAMPAIGN,
    "launch_campaign": {},
    "pause_campaign": {},
    "resume_campaign": {},
    "end_campaign": {},
    "draft_experiment": {"name": "Outra", "policy": POLICY, "difference": 0.05},
    "start_experiment": {},
    "stop_experiment": {},
    "subscribe": {"url": "https://ehr.example/"},
    "change_subscription": {"url": "https://ehr.example/"},
    "rotate_signing": {},
    "finish_signing": {},
    "replay_notices": {},
}
"""What routes take that is the same at every desk."""


def body_of(operation: Operation, desk: Desk) -> Any:
    """A body that the route takes."""
    patient = desk.contact.patient
    about = {
        "relate": {"patient": patient, "relationship": "spouse"},
        "book_appointment": {
            "patient": patient,
            "start": "2028-11-25T09:30",
            "practitioner": "Dra. Lima",
            "type": "consulta",
            "minutes": 30,
        },
        "join_waiting": {"patient": patient, "type_id": desk.kind},
        "offer_time": {"practitioner_id": desk.practitioner, "start": "2028-11-27T10:00"},
        "note_authorisation": {**AUTHORISATION, "patient": patient},
    }
    return {**BODIES, **about}.get(operation.name)


def ask(client: Client, operation: Operation, desk: Desk, path: str | None = None) -> Answer:
    """Make the route's good request as this person."""
    query = {
        "find_patients": {"phone": "+5511987654321"},
        "list_surveys": {"day": "2026-11-30"},
        "read_survey_results": {"since": "2026-11-01", "until": "2026-11-30"},
        "fhir_search": {"date": "2028-11-24"},
        "import_patients": {"source": "agenda"},
        "import_appointments": {"source": "agenda"},
        "export_appointments": {"since": "2028-11-24", "until": "2028-11-25"},
        "add_import_part": {"more": "true"},
        "list_slots": {
            "type": desk.kind,
            "from": "2028-11-24T00:00:00-03:00",
            "until": "2028-11-25T00:00:00-03:00",
        },
    }.get(operation.name, {})
    headers = (
        {"Content-Type": operation.content[0], "Accept": "application/json"} if operation.content else {}
    )
    where, body = path or desk.ids(operation), body_of(operation, desk)
    return client.call(operation.method, where, body, query=query, headers=headers)
