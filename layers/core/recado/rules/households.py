"""Whom of several people behind a contact point a message concerns.

A family shares a number, a company's desk an address, and a number goes to somebody else in the end. Nothing
here guesses: what is not clear is nobody's until they are asked (`named` reads what they answer).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from recado.model.contact import Contact
from recado.model.patient import Link, Question, Upcoming
from recado.rules.disclosure import is_fresh
from recado.rules.display_names import fit, ranked, rooted
from recado.rules.guardians import acts_for, head

Why = Literal["answer", "only", "name", "talk", "guardian", "new", "unclear"]

IN_TALK: Final = timedelta(hours=24)
"""A conversation goes on for so long after a person of the clinic has spoken, or a person was named in it: as
long as WhatsApp's window for free text."""


class Heard(NamedTuple):
    """What a message, or a call, says of whom it is from and about.

    `name`: what its sender calls themselves. `answers`: it is nothing but a yes or no. `payload` is a pressed
    button's, `quoted` the communication that it quotes, `quoted_of` the record that one is of. `line`:
    `<channel>/<account>/<address>`.
    """

    name: str | None = None
    source: str = ""
    """The channel, as records name who told them something."""
    line: str = ""
    answers: bool = False
    payload: str | None = None
    quoted: str | None = None
    quoted_of: str | None = None


class Around(NamedTuple):
    """What hangs on the contact points of a message.

    `links`: whoever is behind the one that decides, `others`: behind the rest, `relatives`: those of them who
    share one with the former. `own`: the one that decides is somebody's own account. `contacts`: the latest
    contact of records that may be meant, by record.
    """

    links: tuple[Link, ...]
    others: tuple[Link, ...] = ()
    relatives: tuple[Link, ...] = ()
    questions: tuple[Question, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    own: bool = False
    contacts: Mapping[str, Contact] = {}


class Verdict(NamedTuple):
    """Whom it concerns, and by what that is known; nobody who is there: somebody `new`, or it is `unclear`
    which of those that `may` be meant."""

    why: Why
    link: Link | None = None
    may: tuple[Link, ...] = ()


def concerned(heard: Heard, around: Around, now: datetime) -> Verdict:
    """Whom a message concerns, of those behind its contact points, of whom there is one at least.

    By what it answers; because nobody else is there; by the sender's name; by the conversation that is on;
    because one of them acts for all the others. What a question was asked about is meant by its answer
    whatever name the account has: one phone has one name, and may be the family's.
    """
    everybody = (*around.links, *around.others)
    meant = _records(everybody, asked(heard, around.questions, now, around.upcoming))
    if meant:
        return Verdict("answer", meant[0]) if len(_people(meant)) == 1 else _unclear(meant)
    present = _present(around.links, around.upcoming, now)
    if len(_people(present)) == 1:
        return _only(present, around, heard.name)
    return _by_name(present, around, heard, now)


def _only(present: Sequence[Link], around: Around, name: str | None) -> Verdict:
    """One person is there. On a number, another's name is another person's: a relative's, or who has it now.
    Who renames their own account is the same, unless that is the name of who shares their number."""
    fitting = ranked(name, present)
    if fitting or not _is_contrary(name, present):
        return Verdict("only", (fitting or rooted(present))[0])
    if not around.own:
        return Verdict("new")
    relatives = ranked(name, around.relatives)
    return Verdict("name", relatives[0]) if len(_people(relatives)) == 1 else Verdict("only", present[0])


def _by_name(present: Sequence[Link], around: Around, heard: Heard, now: datetime) -> Verdict:
    fitting = ranked(heard.name, present)
    if len(_people(fitting)) == 1:
        return Verdict("name", fitting[0])
    nameless = [link for link in present if not _is_contrary(heard.name, [link])]
    if not nameless and not around.own:
        return Verdict("new")
    may = fitting or nameless or present
    if len(_people(may)) == 1:
        return Verdict("name", may[0])
    talking = [link for link in may if _talks(around.contacts.get(link.keeper), heard.line, now)]
    if len(_people(talking)) == 1:
        return Verdict("talk", talking[0])
    guardian = head(may, now)
    return Verdict("guardian", guardian) if guardian else _unclear(may)


def _unclear(may: Sequence[Link]) -> Verdict:
    return Verdict("unclear", may=tuple(may))


def may_answer(heard: Heard) -> bool:
    """Whether it reads as if it answered something."""
    return heard.answers or _visit(heard) is not None or heard.quoted is not None


def asked(
    heard: Heard, questions: Iterable[Question], now: datetime, upcoming: Iterable[Upcoming] = ()
) -> list[str]:
    """The records of whom the visit is that it answers; several where a bare yes or no may be any one's."""
    standing = [one for one in questions if one.until is None or now < one.until]
    visit = _visit(heard)
    if visit is not None:
        about = [(one.subject, one.patient) for one in standing]
        about += [(one.appointment, one.patient) for one in upcoming]
        return [patient for subject, patient in about if subject == visit][:1]
    if heard.quoted:
        named = [one.patient for one in standing if one.communication == heard.quoted]
        if named or heard.quoted_of:
            return named or [heard.quoted_of or ""]
    return [one.patient for one in standing] if heard.answers else []


def _visit(heard: Heard) -> str | None:
    """The visit that a pressed button names (`<answer>:<appointment>:<schedule>`)."""
    parts = (heard.payload or "").split(":")
    return parts[1] if len(parts) == 3 else None


def _records(links: Iterable[Link], records: Iterable[str]) -> list[Link]:
    by_record = {link.patient: link for link in links}
    return [by_record[one] for one in dict.fromkeys(records) if one in by_record]


def _people(links: Iterable[Link]) -> set[str]:
    """Records that the rules take for one person's are asked about as one, whoever has confirmed it."""
    return {link.person or link.patient for link in links}


def _present(links: Sequence[Link], upcoming: Sequence[Upcoming], now: datetime) -> list[Link]:
    """Without those who were there once: silent for so long that the number may be another's by now, with
    nothing booked, while somebody of another name has come to it since."""
    expected = {one.patient for one in upcoming if one.start > now}
    return [
        link
        for link in links
        if is_fresh(link, now)
        or link.patient in expected
        or not any(_succeeds(other, link, now) for other in links)
    ]


def _succeeds(later: Link, link: Link, now: datetime) -> bool:
    related = acts_for(link, later, now) or acts_for(later, link, now)
    came_since = later.place > link.place and is_fresh(later, now)
    return came_since and not related and fit(later.name, link.name) == "unlike"


def _talks(latest: Contact | None, line: str, now: datetime) -> bool:
    """Whether somebody of the clinic speaks with them on this line just now, or they were named there."""
    if latest is None or latest.state == "closed":
        return False
    since = max((at for at in (latest.spoken_at, latest.named_at) if at), default=None)
    here = f"{latest.channel}/{latest.account}/{latest.address}" == line
    return here and since is not None and now - since < IN_TALK


def _is_contrary(name: str | None, links: Iterable[Link]) -> bool:
    """Whether the name is another's than any of theirs."""
    return all(fit(name, link.name) == "unlike" for link in links)
