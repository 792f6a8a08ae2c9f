"""What automatic handling does with a message, before an agent sees it.

One rule for who stores it, and has to know whether there is anything to do, and for who then does it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import contacts
from recado.rules.acknowledgement import WORDLESS
from recado.rules.consent import spoken
from recado.rules.questions import is_for_talk, meant, serves_itself

Step = Literal[
    "start",
    "stop",
    "perhaps_stop",
    "urgent",
    "answer",
    "comment",
    "time",
    "named",
    "whom",
    "serve",
    "redirect",
    "acknowledge",
]
"""`start`, `stop` and `perhaps_stop`: they say whether they want to be written to. `urgent`: it cannot wait.
`answer`: to a question of ours. `comment`: perhaps why they gave a score. `time`: when they may be called.
`named`: for whom they write, who were asked; `whom`: they are to be asked. `serve`: self-service may see to
it. `redirect`: nobody answers on this account. `acknowledge`: by when somebody will."""


class Setting(NamedTuple):
    """What is known of where it came from. `cancel_stops` as in channels.Traits; `carries`: something can be
    said there; `closed`: the account is paused; `owed`: they are to be told when they will be answered;
    `urgent`: what they say cannot wait; `serves`: the clinic has self-service there; `away`: nobody is at the
    clinic now."""

    cancel_stops: bool
    carries: bool
    closed: bool
    owed: bool
    urgent: bool = False
    serves: bool = False
    away: bool = False


def steps(
    contact: Contact, communication: Communication, setting: Setting, now: datetime
) -> tuple[Step, ...]:
    """What is to be tried, in this order, until one has settled it; nothing: it is for a person.

    A word about being written to counts wherever it comes from, and nothing else is made of it. What cannot
    wait goes before all that could take up time. To whom a team looks after a machine says nothing but that,
    and what answers its own question (R34; rules.care).
    """
    asked = communication.question is not None
    said = communication.text, communication.payload
    word = spoken(*said, cancel_stops=setting.cancel_stops, asked=asked)
    if word is not None:
        return (word,)
    if setting.urgent:
        return ("urgent",)
    question = communication.question
    reply = meant(*said, question)
    ours = question is not None and not is_for_talk(question, contact, communication, reply)
    if ours and serves_itself(reply.kind, question, said[0]):
        return ("answer",)
    if contact.care_team:
        return ()
    talk = _talk(contact, communication, setting)
    if ours and question is not None and question.expects == "why":
        talk = ("comment", *talk)
    if setting.serves and not setting.closed and _listens(contact, communication, setting, now):
        talk = (*talk, "serve")
    return (*talk, *_last(setting, communication))


def _listens(contact: Contact, communication: Communication, setting: Setting, now: datetime) -> bool:
    from recado.rules.dialogues import listens  # noqa: PLC0415 - few clinics have self-service

    return listens(contact, communication, now, away=setting.away)


def _talk(contact: Contact, communication: Communication, setting: Setting) -> tuple[Step, ...]:
    found: list[Step] = ["time"] if contacts.expects_time(contact) else []
    if contact.kind == "household" and contact.state != "closed":
        if contact.asked_whom_at is not None:
            found.append("named")
        elif setting.carries and not setting.closed and communication.kind not in WORDLESS:
            found.append("whom")
    return tuple(found)


def _last(setting: Setting, communication: Communication) -> tuple[Step, ...]:
    if setting.closed:
        return () if communication.automatic else ("redirect",)
    return ("acknowledge",) if setting.owed else ()
