"""The product's front door without its tables: whose contact point it is, and whom it concerns.

Nobody of the clinic confirms or corrects anything, and nobody answers when asked. Records that the machine
joins are left apart: nothing is shown by what nobody has confirmed.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from recado.model.contact_point import ContactPoint
from recado.model.patient import ContactPointView, Link, Patient
from recado.model.profile import Profile
from recado.rules.households import Heard, Verdict, concerned
from recado.rules.patients import link_to
from recado.rules.senders import Sender, behind, household, known, stranger

_UNPROVEN = frozenset({"webform"})
"""Anybody may type anything there."""
_TYPED = frozenset({"desk", "ehr", "import"})
"""Written by somebody of the clinic, or by another system: a record of its own, and nobody was heard."""


class Front:
    """One clinic's."""

    def __init__(self) -> None:
        self._views: defaultdict[ContactPoint, ContactPointView] = defaultdict(ContactPointView)

    def links(self, number: str) -> tuple[Link, ...]:
        """Who is behind a number."""
        return self._views[ContactPoint(system="phone", value=number)].links

    def arrive(self, record: str, channel: str, profile: Profile) -> str:
        """Whose record it is put to: one that was there, or one of its own, by this id."""
        name = profile.name or f"{profile.given_name} {profile.family_name}".strip()
        points = [point for point in profile.points if point.system != "document"]
        if channel in _TYPED or not points:
            self._file(
                Patient(id=record, name=name or None, kind="patient", created_at=profile.seen_at), points
            )
            return record
        heard = Heard(name=name or None)
        sender = self._sender(record, points, heard, profile.seen_at, proven=channel not in _UNPROVEN)
        self._introduce(sender, profile.seen_at)
        return sender.patient

    def _sender(
        self, record: str, points: list[ContactPoint], heard: Heard, now: datetime, *, proven: bool
    ) -> Sender:
        found = behind([(point, self._views[point]) for point in points], proven=proven)
        verdict = concerned(heard, found.around, now) if found.people else Verdict("new")
        if verdict.link:
            return known(found, verdict, heard, now)
        return stranger(found, heard, now, record) if verdict.why == "new" else household(found, now, record)

    def _file(self, patient: Patient, points: list[ContactPoint]) -> None:
        for point in points:
            self._link(point, link_to(patient), self._views[point].introduced + 1)

    def _introduce(self, sender: Sender, now: datetime) -> None:
        if sender.houses:
            self._change(sender.houses, household=sender.patient)
        for point, place in sender.unlinked:
            self._link(point, sender.link, place)
        for point in sender.seen:
            self._tell(point, sender.patient, seen_at=now)
        if sender.called:
            for point, _ in (*sender.linked, *sender.unlinked):
                self._tell(point, sender.patient, name=sender.called)

    def _link(self, point: ContactPoint, link: Link, place: int) -> None:
        fresh = link.model_copy(update={"place": place, "left": 0, "seen_at": None})
        self._change(point, links=(*self._views[point].links, fresh), introduced=place)

    def _tell(self, point: ContactPoint, patient: str, **told: object) -> None:
        links = self._views[point].links
        changed = (link.model_copy(update=told) if link.patient == patient else link for link in links)
        self._change(point, links=tuple(changed))

    def _change(self, point: ContactPoint, **told: object) -> None:
        self._views[point] = self._views[point].model_copy(update=told)
