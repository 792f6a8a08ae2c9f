"""Who is calling, and what is next for them: what a Connect flow is told while the caller waits.

Two calls to AWS beside the cached settings: one read of everything that hangs on the caller's number, and one
conditional write of the call, by which later events, which carry no phone number, find the caller.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from recado import texts
from recado.actions.record_call import clinic_of, record_call, told
from recado.channels import connect
from recado.channels.connect import Asked
from recado.errors import NotFound, Stale
from recado.model.contact_point import ContactPoint
from recado.model.patient import ContactPointView, Link, Upcoming
from recado.model.tenant import Tenant
from recado.rules.disclosure import may_disclose
from recado.rules.identity import canonical_phone
from recado.store import calls, patients, tenants

_SAID = {"self_served": "voice_goodbye", "callback": "voice_callback"}

_SPEAKABLE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def answer_flow(event: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """The answer to a flow's invocation. Whose call it is follows from the dialled number and nothing else.

    Raises NotFound when no clinic has that number, Unavailable.
    """
    asked = connect.parse(event)
    tenant = clinic_of(asked.report) if isinstance(asked, Asked) else None
    if not isinstance(asked, Asked) or tenant is None:
        raise NotFound
    return lookup_caller(tenant, asked, now)


def lookup_caller(tenant: str, asked: Asked, now: datetime) -> dict[str, str]:
    """The flow's answer, flat and all strings: who calls, what to say, in which language.

    Steps: `lookup`; `self_served` and `callback` note what the caller chose, and answer what to say then; of
    a call that we began, `ring` and `pressed`. The same step again changes nothing and answers the same.

    Raises NotFound, Unavailable.
    """
    clinic = tenants.get(tenant)
    if asked.step in ("ring", "pressed"):
        from recado.actions.answer_call import answer_call  # noqa: PLC0415 - most calls are patients'

        return answer_call(tenant, asked, now)
    if asked.step in _SAID:
        return _chosen(tenant, clinic, asked, now)
    if asked.step != "lookup":
        return connect.FAILED
    view = _view(tenant, asked.report.caller)
    _note(tenant, asked, now)
    return _answer(clinic, view, now)


def _chosen(tenant: str, clinic: Tenant, asked: Asked, now: datetime) -> dict[str, str]:
    language = texts.closest(asked.language, clinic.language)
    if asked.step == "callback" and asked.report.caller is None:
        # Nobody can call a withheld number: no such promise.
        return connect.FAILED | {"say": texts.render("voice_goodbye", language)}
    record_call(tenant, asked.report, now)
    return {"status": "ok", "say": texts.render(_SAID[asked.step], language)}


def _view(tenant: str, caller: str | None) -> ContactPointView:
    if caller is None:
        return ContactPointView()
    return patients.view(tenant, ContactPoint(system="phone", value=canonical_phone(caller)))


def _note(tenant: str, asked: Asked, now: datetime) -> None:
    """One write where the flow is first to tell of the call; else add to what is known."""
    try:
        calls.put(tenant, told(asked.report))
    except Stale:
        record_call(tenant, asked.report, now)


def _answer(clinic: Tenant, view: ContactPointView, now: datetime) -> dict[str, str]:
    """Where it is not sure who calls, nothing of anybody is disclosed (rules.disclosure)."""
    person = may_disclose(view.links, now)
    language = (person.language if person else None) or clinic.language
    # Whom a team looks after the menu keeps no longer than it must: people ask them (rules.care).
    coming = _next(view, person, now) if person and not person.care_team else None
    return {
        "status": "ok",
        "known": "true" if person else "false",
        "patient": person.patient if person else "",
        "language": language,
        "voice": connect.VOICES[language],
        "greeting": _greeting(clinic, person, language),
        "next": _said(coming, language) if coming else "",
        "has_next": "true" if coming else "false",
        "options": texts.render("voice_options", language),
        "transfer": texts.render("voice_transfer", language),
        "busy": texts.render("voice_busy", language),
    }


def _next(view: ContactPointView, person: Link, now: datetime) -> Upcoming | None:
    records = {one.patient for one in view.links if one.keeper == person.keeper}
    theirs = [one for one in view.upcoming if one.patient in records and one.start > now]
    return min(theirs, key=lambda one: one.start, default=None)


def _said(coming: Upcoming, language: str) -> str:
    date, time = texts.when(coming.start.astimezone(ZoneInfo(coming.timezone)), language)
    return texts.render("voice_next", language, date=date, time=time)


def _greeting(clinic: Tenant, person: Link | None, language: str) -> str:
    name = spoken_name(person.name) if person else None
    if name is None:
        return texts.render("voice_unknown", language, clinic=clinic.name)
    return texts.render("voice_known", language, name=name, clinic=clinic.name)


def spoken_name(name: str | None) -> str | None:
    """The first name as a voice can say it; none when a profile's name is no name."""
    first = _SPEAKABLE.search(name or "")
    return first[0] if first else None
