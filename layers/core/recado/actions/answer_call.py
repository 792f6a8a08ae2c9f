"""Somebody has answered a call by which we remind them of a visit: what they hear, and the key they press."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado import texts
from recado.actions.again import again
from recado.actions.ask_to_call import ask_to_call
from recado.actions.cancel_appointment import call_off
from recado.actions.keep_visit import keep_visit
from recado.channels import connect
from recado.channels.connect import Asked
from recado.errors import NotFound
from recado.model.appointment import Appointment, Change
from recado.model.communication import Communication
from recado.rules import appointments as rules
from recado.rules.communications import receipted
from recado.rules.rings import KEYS, PERSON
from recado.store import appointments, contacts, patients
from recado.store.rows import transaction


class _Call(NamedTuple):
    """Our call, the visit that it is about, and the schedule that it speaks of."""

    communication: Communication
    visit: Appointment
    schedule: int


@again
def answer_call(tenant: str, asked: Asked, now: datetime) -> dict[str, str]:
    """The flow's answer, flat and all strings. Steps: `ring` (it was picked up: what to say) and `pressed`.

    `status` is `ok`; `person` where somebody of the clinic has to go on; or `error`. The same key again
    changes nothing and answers the same. Raises Unavailable, and Stale when something changed every time.
    """
    call = _call(tenant, asked)
    if call is None:
        return connect.FAILED
    language = texts.closest(call.visit.language)
    if asked.step == "ring":
        return _said(call, language, now)
    answer = KEYS.get(asked.key or "")
    if answer is None and asked.key != PERSON:
        return connect.FAILED
    _heard(tenant, call.communication)
    if answer is None:
        return _to_a_person(tenant, call, language, now)
    return _settled(tenant, call, answer, language, now)


def _call(tenant: str, asked: Asked) -> _Call | None:
    """By Connect's id of it, else by the reference that it brings, which counts on its own line only."""
    account, leg = asked.report.dialled or "", asked.report.leg
    known = contacts.find_receipt(tenant, connect.NAME, account, leg)
    ours = (known and known.communication) or asked.report.reference
    one = contacts.find_communication(tenant, ours) if ours else None
    line = (connect.NAME, account, asked.report.caller)
    if one is None or one.erased_at or (one.channel, one.account, one.address) != line or not one.buttons:
        return None
    _, subject, schedule = one.buttons[0].payload.split(":")
    try:
        visit = appointments.get(tenant, subject)
    except NotFound:
        return None
    return _Call(one, visit, int(schedule))


def _said(call: _Call, language: texts.Language, now: datetime) -> dict[str, str]:
    """Nothing of a visit that is otherwise by now."""
    if rules.standing(call.visit, call.schedule, "confirm", now) in ("moved", "over"):
        return connect.FAILED
    return {
        "status": "ok",
        "language": language,
        "voice": connect.VOICES[language],
        "say": call.communication.text,
        "busy": texts.render("voice_busy", language),
        "options": texts.render("call_options", language),
        "goodbye": texts.render("call_goodbye", language),
    }


def _settled(
    tenant: str, call: _Call, answer: rules.Answer, language: texts.Language, now: datetime
) -> dict[str, str]:
    """By the same rules as an answer in writing."""
    standing = rules.standing(call.visit, call.schedule, answer, now)
    if standing in ("moved", "over"):
        return {"status": "person", "say": texts.render("call_changed", language)}
    if standing == "applies":
        _answer(tenant, call.visit, answer, now)
    key = "call_confirmed" if answer == "confirm" else "call_cancelled"
    return {"status": "ok", "say": texts.render(key, language)}


def _answer(tenant: str, visit: Appointment, answer: rules.Answer, now: datetime) -> None:
    what: Change = "confirmed" if answer == "confirm" else "cancelled"
    after = rules.touched(rules.answered(visit, answer), what, now, "patient", connect.NAME)
    with transaction() as work:
        if answer == "cancel":
            call_off(tenant, visit, after, now, work)
        else:
            keep_visit(tenant, visit, after, now, work)
            patients.settle_question(tenant, visit.contact_point, visit.id, work)


def _to_a_person(tenant: str, call: _Call, language: texts.Language, now: datetime) -> dict[str, str]:
    """They are put through at once; where nobody is free, the task to call them stands until it is done."""
    visit = call.visit
    asked = visit.task is not None and visit.task.schedule == visit.schedule
    if rules.standing(visit, call.schedule, "confirm", now) == "applies" and not asked:
        ask_to_call(tenant, visit, visit, now)
    return {"status": "person", "say": texts.render("voice_transfer", language)}


def _heard(tenant: str, call: Communication) -> None:
    """A person pressed a key: they have heard it. Saved before the visit is: whatever state the call was in,
    it is not to be repeated, and whoever takes back what was to be sent about the visit leaves it alone."""
    after = receipted(call, "read")
    if after is not call:
        contacts.save_communication(tenant, after)
