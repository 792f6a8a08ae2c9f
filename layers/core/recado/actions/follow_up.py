"""An attempt to reach somebody → the next one, or an end; and a few words to them, once a day at most."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.actions.find_policy import find_policy
from recado.actions.find_routes import find_routes
from recado.actions.write import filled, write
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.follow_up import Attempt, Why
from recado.model.patient import Patient
from recado.model.policy import Policy
from recado.model.tenant import Tenant
from recado.rules import contacts as contact_rules
from recado.rules import missed, quiet
from recado.rules import pursuit as rules
from recado.rules.attempts import Chosen, next_attempt
from recado.rules.identity import canonical_phone
from recado.rules.reach import Letter, Route, person_of
from recado.store import contacts, patients, reachability, tenants


class Followed(NamedTuple):
    """The contact after an attempt, and what is written to the patient; yet to be saved together."""

    contact: Contact
    text: Communication | None = None


class _Case(NamedTuple):
    """An attempt, and all that what follows from it is based on."""

    clinic: Tenant
    patient: Patient
    contact: Contact
    """With the attempt."""
    attempt: Attempt
    phone: str
    now: datetime


def follow_up(tenant: str, before: Contact, attempt: Attempt, now: datetime) -> Followed:
    """What becomes of a contact by an attempt of which it is told, or of which nothing has followed yet."""
    clinic, patient = tenants.get(tenant), patients.get(tenant, before.recipient)
    phone = rules.phone_of(before, patient.live)
    contact = rules.tried(before, attempt, phone)
    case = _Case(clinic, patient, contact, attempt, phone, now)
    match rules.following(before, contact, attempt, clinic, stopped="care" in patient.unwanted):
        case "spoken":
            return Followed(rules.spoken(contact, attempt, now))
        case "told":
            return Followed(rules.to_confirm(contact, now))
        case "again":
            return _again(tenant, case)
        case "unreachable":
            return _over(tenant, case)
        case "stopped":
            return Followed(rules.given_up(contact, rules.OPTED_OUT, now))
        case _:
            return Followed(contact)


def _again(tenant: str, case: _Case) -> Followed:
    """Another attempt is planned, and they are asked for a time; unless there is no number or time left."""
    phone = case.phone
    if case.attempt.outcome == "wrong_number":
        phone = rules.another_phone(case.contact.follow_up, case.patient.live)
    chosen = _chosen(tenant, case) if phone else None
    if chosen is None:
        return _over(tenant, case)
    planned = rules.planned(case.contact, phone, chosen, case.attempt.by)
    return _written(tenant, case._replace(contact=planned), "called_you", {"clinic": case.clinic.name})


def _chosen(tenant: str, case: _Case) -> Chosen | None:
    agreed = rules.agreed_at(case.contact, case.now)
    if agreed is not None:
        return Chosen(agreed, Why(kind="agreed"))
    followed = case.contact.follow_up
    counted = reachability.get(tenant)
    policy = _policy(tenant, case)
    return next_attempt(case.clinic, followed, counted, policy, case.now) if followed else None


def _policy(tenant: str, case: _Case) -> Policy:
    """When they may be called and written to: as the clinic and they themselves say."""
    return quiet.narrower(find_policy(tenant), case.patient.quiet)


def _over(tenant: str, case: _Case) -> Followed:
    over = rules.given_up(case.contact, rules.UNREACHABLE, case.now)
    values = {"clinic": case.clinic.name, "phone": case.clinic.phone}
    return _written(tenant, case._replace(contact=over), "not_reached", values)


def _written(tenant: str, case: _Case, key: str, values: dict[str, str]) -> Followed:
    """With the text, unless the day's one to this number has gone, it is too late to write, or no way is
    left. Each text takes another way than those before it, where there is one (R44)."""
    contact, now = case.contact, case.now
    own_id = missed.text_back_id(case.clinic, case.phone or contact.recipient, now)
    earlier = contacts.find_communication(tenant, own_id)
    permitted = quiet.permits(_policy(tenant, case), now, case.clinic.timezone)
    may_write = permitted and not missed.was_written(earlier)
    route = _route(tenant, case) if may_write else None
    if route is None:
        return Followed(contact)
    placed, moment = contact_rules.placed(rules.asked(contact, route.channel, now), now)
    text = write(
        own_id,
        route,
        filled(key, contact.language, values),
        now,
        patient=contact.recipient,
        contact=contact.id,
        purpose="text_back",
        moment=moment,
    ).model_copy(update={"not_after": now + missed.TEXT_BACK_WITHIN})
    return Followed(placed, text.model_copy(update={"version": earlier.version if earlier else 0}))


def _route(tenant: str, case: _Case) -> Route | None:
    followed = case.contact.follow_up
    wrong = {canonical_phone(one) for one in followed.wrong} if followed else set()
    person = person_of(case.patient, case.contact)
    points = tuple(
        one for one in person.points if one.system != "phone" or canonical_phone(one.value) not in wrong
    )
    found = find_routes(tenant, person._replace(points=points), Letter(template=True), case.now)
    fresh = (one for one in found if followed is None or one.channel not in followed.written)
    return next(fresh, next(iter(found), None))
