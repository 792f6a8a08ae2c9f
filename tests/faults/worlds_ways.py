"""Situations in which a message cannot go the first way, and takes another one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

import dedupe
import delivery
import reminders
import routing
from recado.actions.reply import reply
from recado.actions.update_template import Told, update_template
from recado.actions.write import filled
from recado.model.communication import Communication
from recado.model.tenant import Account
from recado.store import contacts, tenants

from tests import visits
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, schedule, stream
from tests.faults.worlds_inbound import queued, said
from tests.faults.worlds_outbound import reminder
from tests.samples import ANA, WHATSAPP, status_webhook

SMS = "551130000001"
VALUES = {"name": "Maria", "clinic": "Boa Vista", "date": "segunda-feira", "time": "09:30"}


def _with_sms(stage: Stage) -> None:
    """Boa Vista writes by SMS, too."""
    tenants.save_account("boavista", Account(tenant="boavista", channel="twilio_sms", id=SMS))
    name = f"{os.environ['ACCOUNT_SECRETS']}/boavista/twilio_sms/{SMS}"
    stage.cloud.secret(name, {"account_sid": "AC1", "auth_token": "sample-token"})
    stage.forget()


def _queue_up(stage: Stage) -> None:
    stage.deliver(stream, routing.handler, stage.cloud.streamed())


def _shut(stage: Stage) -> Situation:
    """Ana answers somebody who last wrote more than a day ago."""
    accepted = said(stage, "oi")
    stage.pass_time(timedelta(hours=25))
    (one,), _ = contacts.open_contacts("boavista")
    reply("boavista", ANA.id, one.id, "Temos sim.", stage.now)
    _queue_up(stage)
    return Situation(stage.cloud.queued("outbound"), {"boavista": accepted})


def _shut_with_sms(stage: Stage) -> Situation:
    _with_sms(stage)
    return _shut(stage)


def _template_refused(stage: Stage) -> Situation:
    """The reminder's template is not approved any more."""
    _with_sms(stage)
    accepted = said(stage, "oi")
    told = Told("reminder_24h", "pt_BR", "PAUSED", "quality")
    update_template("boavista", "whatsapp", WHATSAPP["boavista"], told)
    contacts.save_communication("boavista", _reminder(stage))
    _queue_up(stage)
    return Situation(stage.cloud.queued("outbound"), {"boavista": accepted})


def _reminder(stage: Stage) -> Communication:
    template = filled("reminder_24h", "pt-BR", VALUES, "a1:1")
    return reminder(stage).model_copy(
        update={"kind": "template", "template": template, "buttons": template.buttons}
    )


def _failed_later(stage: Stage) -> Situation:
    """WhatsApp took the reminder, and tells later that nobody can be reached there."""
    _with_sms(stage)
    accepted = said(stage, "oi")
    contacts.save_communication("boavista", _reminder(stage))
    stage.carry()
    failed = status_webhook(
        "wamid.out.1", "failed", biz_opaque_callback_data="reminder", errors=[{"code": 131026}]
    )
    return Situation(queued(stage, failed), {"boavista": accepted})


def _paused(stage: Stage) -> Situation:
    """The account by which the patient was to hear of their visit is paused when a reminder is due."""
    visits.booked()
    stage.carry()
    _with_sms(stage)
    whatsapp = tenants.account("boavista", "whatsapp", WHATSAPP["boavista"])
    tenants.save_account("boavista", whatsapp.model_copy(update={"state": "paused"}))
    stage.forget()
    stage.move_to(visits.FIRST)
    return Situation({}, {"boavista": ()})


def _by_sms(stage: Stage) -> Iterator[str]:
    """Whatever was not sent by WhatsApp was, by SMS; unless nobody knows."""
    seen = rows(stage, "boavista").communications
    first = [one for one in seen if one.replaced_by]
    second = [one for one in seen if one.fallback_of]
    if [one.replaced_by for one in first] != [one.id for one in second] or len(second) != 1:
        yield f"{len(first)} messages are replaced by {len(second)}"
    if [(one.channel, one.state in ("sent", "unknown")) for one in second] != [("twilio_sms", True)]:
        yield f"another way leads to {[(one.channel, one.state) for one in second]}"


def _reminded_by_sms(stage: Stage) -> Iterator[str]:
    seen = [one for one in rows(stage, "boavista").communications if one.purpose == "reminder"]
    if [(one.channel, stage.provider.copies()[one.id]) for one in seen] != [("twilio_sms", 1)]:
        yield f"the reminder went by {[one.channel for one in seen]}"


def _on_a_list(stage: Stage) -> Iterator[str]:
    answers = [one.state for one in rows(stage, "boavista").communications if one.author == "agent:ana"]
    unread = [one.unread for one in rows(stage, "boavista").contacts]
    if answers != ["failed"] or unread != [1] or stage.provider.taken:
        yield f"an answer outside the window is {answers}, and {unread} are unread"


WORLDS = (
    World("delivery", "an answer after the window has shut", delivery.handler, queue, _shut, _on_a_list),
    World(
        "delivery",
        "an answer after the window has shut, where there is SMS",
        delivery.handler,
        queue,
        _shut_with_sms,
        _by_sms,
    ),
    World(
        "delivery",
        "a reminder whose template is paused, where there is SMS",
        delivery.handler,
        queue,
        _template_refused,
        _by_sms,
    ),
    World("dedupe", "a receipt of failure where there is SMS", dedupe.handler, queue, _failed_later, _by_sms),
    World(
        "reminders",
        "a reminder is due whose account is paused",
        reminders.handler,
        schedule,
        _paused,
        _reminded_by_sms,
    ),
)
