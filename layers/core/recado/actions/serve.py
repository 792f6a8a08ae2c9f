"""Self-service talks with a patient: a flow goes on by what they said, or begins by what they want."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from recado import texts
from recado.actions.find_routes import ability
from recado.actions.read_intent import read_intent
from recado.actions.say_open import Keys, say_open
from recado.actions.walk_flow import Turn, walk_flow
from recado.channels import traits_of
from recado.model.communication import Button, Communication
from recado.model.contact import Contact
from recado.model.dialogue import Dialogue
from recado.model.tenant import Tenant
from recado.rules import dialogues
from recado.rules.acknowledgement import was_told
from recado.rules.communications import communication_id, outbound, route_of
from recado.rules.contacts import handled, placed
from recado.rules.flows.reading import Heard
from recado.rules.flows.turns import buttons_of
from recado.rules.flows.words import LONGEST
from recado.rules.hours import is_open
from recado.rules.replies import courtesy, read
from recado.rules.times import wall
from recado.store import contacts, patients, tenants
from recado.store.rows import transaction

if TYPE_CHECKING:
    from recado.rules.intents import Intent

NO_QUESTIONS: Final = frozenset({"complaint", "human", "cancel", "reschedule"})
"""Who surely wants one of these wants more than to hear when their visit is."""
Writes = tuple[Callable[[Any], None], ...]
"""What is to be written in the same transaction."""


def serve(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Answer what they said; False where it is for a person, and nothing of ours is to be said.

    What was done, our answer and the contact are one transaction, which takes the message off what is
    pending: once done it is never done again. Only a booking and a move are saved before it, under a name of
    their own by which the same message finds them done. Raises Stale or Busy when something changed
    meanwhile: load the contact again and ask again.
    """
    if communication.id not in contact.pending:
        return True
    if _wants_people(tenant, contact):
        return False
    heard = _heard(tenant, contact, communication, now)
    if heard.intent == "urgent" and not contact.is_asked and not communication.payload:
        from recado.actions.warn import warn  # noqa: PLC0415 - what our own model had missed

        return warn(tenant, contact, communication, now)
    turn = walk_flow(tenant, contact, communication, heard, now)
    if turn is None:
        return False
    _save(tenant, contact, communication, turn, now)
    return True


def begin_booking(
    tenant: str, contact: Contact, communication: Communication, writes: Writes, now: datetime
) -> bool:
    """Begin to find them a time, who has said yes to one, with what else is written then; False where that is
    a person's: self-service does not listen there, or has no times to offer."""
    traits = traits_of(communication.channel)
    here = bool(traits.max_text) and not traits.threads
    here = here and tenants.is_open(tenant, communication.channel, communication.account)
    free = contact.dialogue is None and contact.care_team is None
    listens = here and free and dialogues.listens(contact, communication, now)
    if not listens or _wants_people(tenant, contact):
        return False
    heard = Heard(communication.text, None, read(communication.text), "book", sure=True)
    turn = walk_flow(tenant, contact, communication, heard, now)
    if turn is None or turn.dialogue.state != "open":
        return False
    _save(tenant, contact, communication, turn._replace(writes=(*turn.writes, *writes)), now)
    return True


def _wants_people(tenant: str, contact: Contact) -> bool:
    """Whether it is noted that they are to be spoken to by a person (R47)."""
    if contact.dialogue is not None:
        return False
    record = patients.get(tenant, contact.recipient)
    return record.by_phone or bool(record.person and patients.get(tenant, record.person).by_phone)


def _heard(tenant: str, contact: Contact, communication: Communication, now: datetime) -> Heard:
    text, payload = communication.text, communication.payload
    reply, polite = read(text, None, (contact.language,)), courtesy(text)
    today = wall(now, tenants.get(tenant).timezone).date()
    if polite:
        return Heard(text, payload, reply, polite, True, today)
    if reply.kind == "confirm" and not any(sign.isalnum() for sign in text):
        # A thumb that answers no question of ours.
        return Heard(text, payload, reply, "thanks", True, today)
    intent = read_intent(tenant, text, contact.language, now)
    if not intent.sure and intent.name != "urgent":
        intent = _untimed(text, contact, today) or intent
    if _asks_when(text, intent):
        return Heard(text, payload, reply, "visits", True, today)
    # That they may want no more messages is asked, rather than missed: a yes or no says it for sure.
    sure = intent.sure or intent.name == "optout"
    return Heard(text, payload, reply, intent.name, sure, today, contact.language)


def _asks_when(text: str, intent: Intent) -> bool:
    """Whether they ask when their own visit is, which the model of intents does not know."""
    from recado.rules.intents.asking import asks_when  # noqa: PLC0415 - no start needs it

    other = intent.name in ("urgent", "optout") or (intent.sure and intent.name in NO_QUESTIONS)
    return not other and asks_when(text)


def _untimed(text: str, contact: Contact, today: date) -> Intent | None:
    """What is wanted for sure but for when: a day and an hour hide that somebody would like to book."""
    from recado.rules.flows.wishes import without  # noqa: PLC0415 - most is understood at once
    from recado.rules.intents import recognise  # noqa: PLC0415

    rest = without(text, contact.language, today)
    found = recognise(rest, contact.language) if rest else None
    return found if found and found.sure and found.name in ("book", "reschedule") else None


def _save(tenant: str, contact: Contact, communication: Communication, turn: Turn, now: datetime) -> None:
    clinic = tenants.get(tenant)
    contact = contact.model_copy(
        update={"patient_name": contact.patient_name or turn.dialogue.data.get("name")}
    )
    after, text = _outcome(clinic, handled(contact, communication.id), turn, now)
    answer = None
    if text:
        after, moment = placed(after, now)
        answer = _answer(tenant, communication, after, text, now).model_copy(update={"moment": moment})
    with transaction() as work:
        for write in turn.writes:
            write(work)
        if answer is not None:
            contacts.save_communication(tenant, answer, work)
        contacts.save_contact(tenant, after, work)


def _outcome(clinic: Tenant, contact: Contact, turn: Turn, now: datetime) -> tuple[Contact, str]:
    """The contact after this turn, and all that is said in it."""
    said = [one for one in turn.says if one]
    if turn.ends is not None:
        return dialogues.settled(contact, turn.dialogue, turn.ends, now), "\n\n".join(said)
    if turn.dialogue.state == "open":
        return dialogues.asked(contact, turn.dialogue, now), "\n\n".join(said)
    reason = turn.dialogue.reason or "flow"
    after = dialogues.handed_over(contact, turn.dialogue, reason, now)
    if was_told(clinic, contact, now):
        # From when on they know: once more that a person will answer, if nothing else is said.
        return after, "\n\n".join(said) or texts.render("handed_over", contact.language)
    words, told = _who_goes_on(clinic, contact, now)
    return after.model_copy(update={"acknowledged_at": told}), "\n\n".join([*said, words])


def _who_goes_on(clinic: Tenant, contact: Contact, now: datetime) -> tuple[str, datetime | None]:
    """That a person will answer, and when nobody is there, from when on; when they were told so."""
    keys = Keys("handed_over", "out_of_hours", "out_of_hours_later")
    said = say_open(clinic, contact.language, keys, now)
    return said, contact.acknowledged_at if is_open(clinic, now) else now


def _answer(
    tenant: str, communication: Communication, contact: Contact, text: str, now: datetime
) -> Communication:
    """What we say, where they wrote: one for each of their messages."""
    answer = outbound(
        communication_id(tenant, "recado", communication.account, f"{communication.id}:served"),
        route_of(communication),
        text[: min(ability(communication.channel).max_text, LONGEST)],
        now,
        patient=communication.patient,
        contact=contact.id,
        purpose="self_service",
    )
    dialogue = contact.dialogue
    return answer.model_copy(
        update={
            "language": contact.language,
            "flow": dialogue.flows[-1] if dialogue and dialogue.flows else None,
            "buttons": _buttons(dialogue),
        }
    )


def _buttons(dialogue: Dialogue | None) -> tuple[Button, ...]:
    if dialogue is None or dialogue.state != "open":
        return ()
    return tuple(Button(payload=payload, title=title) for payload, title in buttons_of(dialogue))
