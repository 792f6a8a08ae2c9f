"""A matter that is no visit to come is due: its message goes, or does not, with the reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from recado import texts
from recado.actions.again import again
from recado.actions.find_policy import find_policy
from recado.actions.find_routes import find_routes
from recado.actions.load_contact import latest_with
from recado.actions.reword import reword
from recado.actions.wait_for_caps import wait_for_caps
from recado.actions.write import filled, write
from recado.model.campaign import CampaignState
from recado.model.communication import Communication
from recado.model.outreach import Outreach
from recado.model.patient import Patient, Question
from recado.model.policy import Policy, Step
from recado.rules import medication, outreach, plans
from recado.rules.communications import communication_id
from recado.rules.consent import needed
from recado.rules.outreach import MISSED
from recado.rules.reach import Letter, person_of
from recado.store import appointments, campaigns, contacts, patients, tenants
from recado.store import outreach as store
from recado.store.rows import transaction

PAUSED: Final = timedelta(hours=1)
"""What is due in a pause is looked at again so much later."""
ANSWERED: Final = timedelta(days=1)
"""So long a short answer is to a reminder of medication."""


@again
def reach_out(tenant: str, outreach_id: str, now: datetime) -> bool:
    """Whether a message was written. Safe to call twice, late, and by two at once.

    Raises NotFound for what was erased meanwhile, Stale or Busy when others were faster every time.
    """
    before = store.get_outreach(tenant, outreach_id)
    if before.due_at is None or before.due_at > now:
        return False
    policy = find_policy(tenant, before.type_id)
    patient = patients.get(tenant, before.patient)
    verdict = outreach.decide(before, policy, now, unwanted=patient.unwanted)
    if verdict.send is None:
        store.save_outreach(tenant, medication.onward(verdict.outreach, policy, now))
        return False
    step = plans.step_of(outreach.own_policy(before, policy), verdict.send)
    over = _over(tenant, before, patient, now)
    if instead := over or _waiting(tenant, before, policy, step, now, shares=patient.shares):
        store.save_outreach(tenant, medication.onward(instead, policy, now))
        return False
    if before.contact is not None and _was_asked(tenant, before, policy, now):
        after = outreach.unsent(verdict.outreach, verdict.send, now, "asked_lately")
        store.save_outreach(tenant, after)
        return False
    message = _message(tenant, verdict, policy, patient, now)
    if message is None:
        unsent = outreach.unsent(verdict.outreach, verdict.send, now)
        store.save_outreach(tenant, medication.onward(unsent, policy, now))
        return False
    _save(tenant, verdict.outreach, message, policy, now)
    return True


def _over(tenant: str, before: Outreach, patient: Patient, now: datetime) -> Outreach | None:
    """The matter as it is over; none: it goes on.

    Its campaign was called off; the visit was not missed after all; or they have written to us since it
    began, so that a person goes on with it; the contact that they were to be asked about is open again, or
    another is.
    """
    if _campaign_is(tenant, before, "ended") or (before.source == MISSED and not _was_missed(tenant, before)):
        return outreach.stopped(before, "stopped", now)
    if before.purpose == outreach.MEDICATION:
        return None
    latest = latest_with(tenant, patient)
    if before.contact is not None and latest and latest.state != "closed":
        return outreach.stopped(before, "stopped", now)
    heard = latest.last_inbound_at if latest else None
    said = any(one.state == "sent" for one in before.reminders)
    return outreach.stopped(before, "answered", now) if said and heard and heard > before.anchor else None


def _waiting(
    tenant: str, before: Outreach, policy: Policy, step: Step, now: datetime, *, shares: bool
) -> Outreach | None:
    """The matter whose step waits; none: it goes now."""
    if _campaign_is(tenant, before, "paused"):
        return outreach.held(before, policy, step.name, now + PAUSED, now, reason="paused")
    free_from = wait_for_caps(tenant, before.patient, policy.caps, step.purpose, now, shares=shares)
    return outreach.held(before, policy, step.name, free_from, now) if free_from > now else None


def _was_asked(tenant: str, before: Outreach, policy: Policy, now: datetime) -> bool:
    from recado.actions.ask_survey import was_asked  # noqa: PLC0415 - few matters are surveys

    return was_asked(tenant, before.patient, policy, now)


def _was_missed(tenant: str, before: Outreach) -> bool:
    visit = appointments.find(tenant, before.appointment or "")
    return visit is not None and visit.status == "noshow"


def _campaign_is(tenant: str, before: Outreach, state: CampaignState) -> bool:
    kind, _, own_id = before.source.partition(":")
    found = campaigns.find_campaign(tenant, own_id) if kind == "campaign" else None
    return found is not None and found.state == state


def _message(
    tenant: str, verdict: outreach.Verdict, policy: Policy, patient: Patient, now: datetime
) -> Communication | None:
    """None: no channel of the clinic's reaches them, or there is nothing to say."""
    matter, planned = verdict.outreach, verdict.send
    if planned is None:
        return None
    step = plans.step_of(outreach.own_policy(matter, policy), planned)
    clinic = tenants.get(tenant)
    known = {"name": matter.patient_name or "", "clinic": clinic.name, "phone": clinic.phone}
    values = {name: {**known, **matter.values}[name] for name in texts.VARIABLES[step.text]}
    language = policy.language or matter.language
    template = filled(step.text, language, values, f"{matter.id}:{matter.schedule}")
    template = reword(template, policy.words)
    who = person_of(patient, latest_with(tenant, patient))
    who = who._replace(preferred=(*who.preferred, *step.channels))
    found = find_routes(tenant, who, Letter(), now, template)
    if not found:
        return None
    own = communication_id(tenant, "recado", "outreach", f"{matter.id}:{matter.schedule}:{step.name}")
    message = write(own, found[0], template, now, patient=patient.id)
    return message.model_copy(update={"purpose": step.purpose, "not_after": verdict.not_after})


def _save(tenant: str, matter: Outreach, message: Communication, policy: Policy, now: datetime) -> None:
    """All of it or nothing: and only while they still take it."""
    asks = bool(message.buttons) or matter.purpose == outreach.MEDICATION
    after = outreach.awaited(matter) if asks else outreach.ended(matter, now)
    after = medication.onward(after, policy, now)
    with transaction() as work:
        store.save_outreach(tenant, after, work)
        contacts.save_communication(tenant, message, work)
        if asks:
            patients.ask(tenant, matter.contact_point, _question(matter, message, now), work)
        if matter.contact is not None:
            from recado.actions.ask_survey import ask_survey  # noqa: PLC0415 - few matters are surveys
            from recado.rules.surveys import asked_after  # noqa: PLC0415 - as few

            ask_survey(tenant, asked_after(matter, message, now), now, work)
        patients.check_consent(tenant, matter.patient, needed(message.purpose) or "care", work)


def _question(matter: Outreach, message: Communication, now: datetime) -> Question:
    until = now + ANSWERED if matter.purpose == outreach.MEDICATION else matter.not_after
    return Question(
        about="outreach",
        subject=matter.id,
        version=matter.schedule,
        patient=matter.patient,
        communication=message.id,
        asked_at=now,
        until=until,
    )
