"""What is known of a person, by whom it was said and when; and what two sources do not agree on (R20)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from recado.model.patient import Dispute, Fact, Overruled, Patient, Told
from recado.rules import documents
from recado.rules.fields import agree, fuller, same

REFRESH: Final = timedelta(days=1)
"""The same value said again is noted so seldom: periods of freshness are months, and a note is a write."""

KEPT: Final = 20
"""So many overruled values are remembered, the latest."""

DESK: Final = frozenset({"agent", "role", "frontdesk"})
KEEPERS: Final = DESK | {"import", "ehr"}
"""Sources that know somebody by their papers. What a person calls themselves on a channel may be anything, so
that a name from there is taken for want of a better one and disputes none."""


def tell(patient: Patient, said: Mapping[Fact, str], source: str, at: datetime) -> Patient:
    """The record after a source said this of its person; values are in the form of `fields.checked`.

    What nobody told is taken. A source corrects itself, unless what it says is older. Another source that
    says otherwise raises a dispute, and overwrites nothing; what a person has decided against raises none.
    """
    for field, value in said.items():
        patient = _told(patient, field, Told(value=value, source=source, at=at))
    return _follows(patient)


def suggest(patient: Patient, said: Mapping[Fact, str], source: str, at: datetime) -> Patient:
    """The record after somebody of whom nobody knows who they are said this: it fills nothing, a person
    decides about what is news."""
    for field, value in said.items():
        told, held = Told(value=value, source=source, at=at), held_of(patient, field)
        if held is None or not (agree(field, held.value, value) or is_profile(field, told)):
            patient = _disputed(patient, field, told)
    return patient


def settle(
    patient: Patient, field: Fact, value: str, *, by: str, at: datetime, others: Iterable[Told] = ()
) -> Patient:
    """The record after a person of the clinic (`by`) has decided that this is the value.

    It stays the word of the source that said it, which may correct itself; theirs if nobody has said it.
    Whatever else was said, here and by `others` of the same person's records, is overruled.
    """
    said = [one for one in (held_of(patient, field), *_open(patient, field), *others) if one]
    source = next((one.source for one in said if same(field, one.value, value)), by)
    decided = _taken(patient, field, Told(value=value, source=source, at=at))
    lost = [
        Overruled(field=field, value=one.value, source=source, at=one.at, by=by, decided_at=at)
        for one in said
        if not same(field, one.value, value)
        for source in (one.source, *one.also)
    ]
    before = [one for one in patient.overruled if not (one.field == field and same(field, one.value, value))]
    kept = {(one.field, one.source, one.value): one for one in (*before, *lost)}
    disputes = tuple(one for one in patient.disputes if one.field != field)
    after = {"disputes": disputes, "overruled": tuple(kept.values())[-KEPT:]}
    return _follows(decided.model_copy(update=after))


def held_of(patient: Patient, field: Fact) -> Told | None:
    """What a record holds of a field. Records of before know a name without its source: the desk's, once they
    were admitted by it."""
    told = patient.told.get(field)
    if told is None and field == "name" and patient.name and not _spelt(patient):
        source = "" if patient.kind == "lead" else "agent"
        return Told(value=patient.name, source=source, at=patient.created_at)
    return told


def is_profile(field: Fact, told: Told) -> bool:
    """Whether this is but what somebody calls themselves on a channel."""
    return field == "name" and _system(told.source) not in KEEPERS


def is_vouched(told: Told) -> bool:
    """Whether somebody knows it by their papers, and it is not only what they have said of themselves."""
    return any(_system(one) in KEEPERS for one in (told.source, *told.also))


def in_dispute(field: Fact, told: Told) -> Dispute:
    """What a source says of a field, as a person is asked about it."""
    return Dispute(field=field, value=told.value, source=told.source, at=told.at)


def is_overruled(said: Dispute, decided: Iterable[Overruled]) -> bool:
    """Whether a person has decided against what this source says."""
    return any(
        one.field == said.field
        and _are_one(one.source, said.source)
        and same(said.field, one.value, said.value)
        for one in decided
    )


def _told(patient: Patient, field: Fact, new: Told) -> Patient:
    held = held_of(patient, field)
    if held is None:
        return _taken(patient, field, new)
    if same(field, held.value, new.value):
        return _confirmed(patient, field, held, new)
    if _are_one(held.source, new.source):
        return _corrected(patient, field, held, new) if new.at >= held.at else patient
    return _contradicted(patient, field, held, new)


def _corrected(patient: Patient, field: Fact, held: Told, new: Told) -> Patient:
    """A source says otherwise than before; what others have said, too, they still do."""
    others = [one for one in held.also if not _are_one(one, new.source)]
    if not others:
        return _taken(patient, field, new)
    theirs = held.model_copy(update={"source": others[0], "also": tuple(others[1:])})
    left = patient.model_copy(update={"told": {**patient.told, field: theirs}})
    return _contradicted(left, field, theirs, new)


def _contradicted(patient: Patient, field: Fact, held: Told, new: Told) -> Patient:
    """Another source says something else, or the same name in more words, or in fewer."""
    if is_profile(field, new):
        return patient
    also = tuple(one for one in held.also if not _are_one(one, new.source))
    if also != held.also:
        held = held.model_copy(update={"also": also})
        patient = patient.model_copy(update={"told": {**patient.told, field: held}})
    says_more = fuller(field, new.value, held.value) and new.at >= held.at
    if is_profile(field, held) or says_more:
        return _taken(patient, field, new)
    if agree(field, held.value, new.value):
        return _confirmed(patient, field, held, new)
    return _disputed(patient, field, new)


def _taken(patient: Patient, field: Fact, new: Told) -> Patient:
    """The record holds the new value; who had said the same is not in dispute with it any more."""
    agreeing = [one for one in _open(patient, field) if same(field, one.value, new.value)]
    also = tuple(one.source for one in agreeing if not _are_one(one.source, new.source))
    disputes = tuple(one for one in _but(patient, field, new.source) if one not in agreeing)
    told = {**patient.told, field: new.model_copy(update={"also": also})}
    taken = {"told": told, "disputes": disputes}
    return patient.model_copy(update=taken | _pointed(patient, field, new))


def _pointed(patient: Patient, field: Fact, new: Told) -> dict[str, object]:
    """A document leads to its person, as an address does."""
    if not documents.is_document(field):
        return {}
    before = patient.told.get(field)
    gone = documents.point(field, before.value) if before else None
    points = [one for one in patient.contact_points if one != gone]
    return {"contact_points": tuple(dict.fromkeys((*points, documents.point(field, new.value))))}


def _confirmed(patient: Patient, field: Fact, held: Told, new: Told) -> Patient:
    """The same was said again: it is as fresh as that, and known by one source more."""
    if is_profile(field, held) and not is_profile(field, new):
        return _taken(patient, field, new)
    disputes = _but(patient, field, new.source)
    known = held.model_copy(update={"at": _refreshed(held, new), "also": _supported(held, new)})
    if known == held and disputes == patient.disputes:
        return patient
    return patient.model_copy(update={"told": {**patient.told, field: known}, "disputes": disputes})


def _supported(held: Told, new: Told) -> tuple[str, ...]:
    known = any(_are_one(one, new.source) for one in (held.source, *held.also))
    return held.also if known else (*held.also, new.source)


def _refreshed(held: Told, new: Told) -> datetime:
    return new.at if new.at - held.at >= REFRESH else held.at


def _disputed(patient: Patient, field: Fact, new: Told) -> Patient:
    """One dispute for each source of a field: what it said last."""
    said = in_dispute(field, new)
    if is_overruled(said, patient.overruled):
        return patient
    mine = next((one for one in _open(patient, field) if _are_one(one.source, new.source)), None)
    if mine is None:
        return patient.model_copy(update={"disputes": (*patient.disputes, said)})
    again = same(field, mine.value, new.value)
    if new.at < mine.at or (again and _refreshed(mine, new) == mine.at):
        return patient
    disputes = tuple(said if one is mine else one for one in patient.disputes)
    return patient.model_copy(update={"disputes": disputes})


def _follows(patient: Patient) -> Patient:
    """What they are called: a name by who knows it, else their given and family name, else any."""
    told = patient.told.get("name")
    spelt = _spelt(patient)
    name = told.value if told and not (spelt and is_profile("name", told)) else spelt
    return patient.model_copy(update={"name": name}) if name and name != patient.name else patient


def _spelt(patient: Patient) -> str:
    parts = (patient.told.get("given_name"), patient.told.get("family_name"))
    return " ".join(part.value for part in parts if part)


def _but(patient: Patient, field: Fact, source: str) -> tuple[Dispute, ...]:
    """The disputes but this source's of the field."""
    return tuple(one for one in patient.disputes if one.field != field or not _are_one(one.source, source))


def _open(patient: Patient, field: Fact) -> list[Dispute]:
    return [one for one in patient.disputes if one.field == field]


def _are_one(source: str, other: str) -> bool:
    """The people of the desk are one source: they correct each other."""
    return source == other or {_system(source), _system(other)} <= DESK


def _system(source: str) -> str:
    return source.partition(":")[0]
