"""A call is over → the contact, the callback and the text-back that it deserves, all in one transaction.

Settling is a refold: with more known (a late record, a late event) the same rows are written again as they
should have been from the start.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.actions.find_routes import find_routes
from recado.actions.identify import identify
from recado.actions.introduce import introduce
from recado.actions.withdraw_text_back import text_backs_to_withdraw
from recado.actions.write import filled, write
from recado.errors import NotFound
from recado.model.call import Call
from recado.model.communication import CallOutcome, CallSummary, Communication
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import ANONYMOUS, Link, Patient
from recado.model.tenant import Tenant
from recado.rules import contacts as contact_rules
from recado.rules import missed as rules
from recado.rules.calls import MISSED, OWED, facts
from recado.rules.communications import communication_id
from recado.rules.households import Heard
from recado.rules.identity import canonical_phone
from recado.rules.patients import link_to
from recado.rules.reach import Letter, Route, person_of
from recado.rules.senders import Sender
from recado.store import calls, contacts, patients, tenants
from recado.store.rows import transaction


class _Case(NamedTuple):
    """A call that is over, and all that its settlement is based on."""

    call: Call
    outcome: CallOutcome
    summary: CallSummary
    ended_at: datetime
    clinic: Tenant
    who: Sender
    latest: Contact | None
    own: Contact | None
    """The contact that was opened for this call when it was settled before."""
    told: Communication | None
    """The call on the timeline, from then."""
    redialled: bool
    now: datetime


def settle_call(tenant: str, call: Call, summary: CallSummary, now: datetime) -> Call:
    """Write what an inbound call that is over means. Raises Stale when one of its rows changed meanwhile."""
    case = _case(tenant, call, summary, now)
    contact, others = _contacts(tenant, case)
    contact, told = _told(tenant, case, contact)
    contact, text_back = _text_back(tenant, case, contact)
    settled = call.model_copy(
        update={
            "outcome": case.outcome,
            "summary": case.summary,
            "patient": case.who.patient,
            "contact": contact.id,
            "opened": contact.version == 0 or case.own is not None,
            "due_at": None,
        }
    )
    with transaction() as work:
        introduce(tenant, case.who, work)
        for one in (contact, *others):
            if one not in (case.own, case.latest):
                contacts.save_contact(tenant, one, work)
        for communication in (told, *text_back):
            contacts.save_communication(tenant, communication, work)
        calls.put(tenant, settled, work)
    return settled


def _case(tenant: str, call: Call, summary: CallSummary, now: datetime) -> _Case:
    who = _who(tenant, call, now)
    latest = None if who.new else contacts.latest_contact(tenant, who.holder)
    mine = call.opened and call.contact is not None and call.patient == who.patient
    own = contacts.get_contact(tenant, call.contact) if mine and call.contact else None
    known = facts(call)
    return _Case(
        call=call,
        outcome=summary.outcome,
        summary=summary,
        ended_at=known.ended_at or now,
        clinic=tenants.get(tenant),
        who=who,
        latest=latest,
        own=own,
        told=contacts.find_communication(tenant, _communication_id(tenant, call)),
        redialled=summary.outcome in OWED and rules.redialled(latest, call),
        now=now,
    )


def _who(tenant: str, call: Call, now: datetime) -> Sender:
    if call.caller is None:
        return _anonymous(tenant, now)
    point = ContactPoint(system="phone", value=canonical_phone(call.caller))
    if call.patient in (None, ANONYMOUS):
        return identify(tenant, [point], Heard(), now, rules.dialled(call))
    # Once settled it stays with the same person, whoever is behind the number by now.
    return Sender(link_to(patients.get(tenant, str(call.patient))), now)


def _anonymous(tenant: str, now: datetime) -> Sender:
    try:
        patients.get(tenant, ANONYMOUS)
        new = None
    except NotFound:
        new = Patient(id=ANONYMOUS, created_at=now)
    return Sender(Link(patient=ANONYMOUS), now, new)


def _contacts(tenant: str, case: _Case) -> tuple[Contact, list[Contact]]:
    """The contact that the call belongs to, and others that change with it."""
    latest = case.latest if case.latest and (case.own is None or case.latest.id != case.own.id) else None
    owing = latest if rules.owes_call(latest) else None
    if owing and case.outcome in OWED and case.own is None:
        again = case.told is None or case.told.contact != owing.id
        contact, others = rules.called_again(owing, case.ended_at) if again else owing, []
    else:
        base = case.own or _opened(case)
        contact = rules.settled(base, case.call, case.outcome, case.clinic, redialled=case.redialled)
        others = [rules.reached(owing, case.call)] if owing and case.outcome == "answered" else []
    if case.call.patient == ANONYMOUS and case.who.patient != ANONYMOUS and case.call.contact:
        others.append(rules.merged(contacts.get_contact(tenant, case.call.contact), contact))
    return contact, others


def _opened(case: _Case) -> Contact:
    return contact_rules.opened(
        case.who.holder,
        case.latest.number + 1 if case.latest else 1,
        now=case.now,
        channel="voice",
        account=case.call.dialled or case.clinic.phone,
        address=case.call.caller or "",
        language=case.who.language or case.clinic.language,
        patient_name=case.who.name,
        spoken_at=case.latest.spoken_at if case.latest else None,
        heard_at=case.latest.heard_at if case.latest else None,
        kind=case.who.link.kind,
        care_team=case.who.link.care_team or (case.latest.care_team if case.latest else None),
    ).model_copy(update={"last_inbound_at": case.ended_at, "unread": 1})


def _communication_id(tenant: str, call: Call) -> str:
    return communication_id(tenant, "voice", "", call.id)


def _told(tenant: str, case: _Case, contact: Contact) -> tuple[Contact, Communication]:
    """The call's one entry on the timeline; it moves with the call when we learn whose it was."""
    change = {"patient": case.who.patient, "contact": contact.id, "call": case.summary}
    if case.told is not None and case.told.patient == case.who.patient:
        return contact, case.told.model_copy(update=change)
    contact, moment = contact_rules.placed(contact, case.now)
    entry = case.told or Communication(
        id=_communication_id(tenant, case.call),
        patient=case.who.patient,
        channel="voice",
        account=case.call.dialled or case.clinic.phone,
        address="",
        direction="inbound",
        kind="call",
        author="patient",
        state="received",
        at=facts(case.call).initiated_at or case.now,
        moment=moment,
        provider_id=case.call.id,
    )
    return contact, entry.model_copy(update={**change, "moment": moment, "address": case.call.caller or ""})


def _text_back(tenant: str, case: _Case, contact: Contact) -> tuple[Contact, list[Communication]]:
    """The text-back that the call asks for, or those that it makes needless."""
    if case.call.caller is None:
        return contact, []
    if case.outcome not in MISSED or case.redialled:
        return contact, text_backs_to_withdraw(tenant, case.clinic, case.call)
    if case.now > case.ended_at + rules.TEXT_BACK_WITHIN:
        return contact, []
    own_id = rules.text_back_id(case.clinic, case.call.caller, case.ended_at)
    earlier = contacts.find_communication(tenant, own_id)
    route = _writes_by(tenant, case) if rules.writes_again(earlier, case.ended_at) else None
    if route is None:
        return contact, []
    contact, moment = contact_rules.placed(contact, case.now)
    text = _text(case, contact, route, own_id, moment)
    return contact, [text.model_copy(update={"version": earlier.version if earlier else 0})]


def _writes_by(tenant: str, case: _Case) -> Route | None:
    """How the caller is written to: where they called from, else by what else we know them by."""
    known = case.who.new or patients.get(tenant, case.who.patient)
    called = ContactPoint(system="phone", value=case.call.caller or "")
    others = [point for point in known.live if point.system != "phone"]
    person = person_of(known, case.latest)._replace(points=(called, *others))
    return next(iter(find_routes(tenant, person, Letter(template=True), case.now)), None)


def _text(case: _Case, contact: Contact, route: Route, own_id: str, moment: str) -> Communication:
    template = filled("missed_call", contact.language, {"clinic": case.clinic.name})
    text = write(
        own_id,
        route,
        template,
        case.now,
        patient=case.who.patient,
        contact=contact.id,
        purpose="text_back",
        moment=moment,
    )
    return text.model_copy(update=rules.text_back_times(case.ended_at))
