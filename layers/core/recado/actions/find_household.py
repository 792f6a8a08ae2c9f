"""Who is behind the contact point that a household's contact came from?"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.actions.identify import new_id
from recado.errors import Conflict
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import ContactPointView, Link
from recado.rules.households import Heard
from recado.rules.senders import Sender, behind, stranger
from recado.store import patients


class Household(NamedTuple):
    """A contact point of several people, and what hangs on it."""

    point: ContactPoint
    view: ContactPointView

    @property
    def links(self) -> tuple[Link, ...]:
        """Those who may be meant."""
        return self.view.links

    def member(self, link: Link, now: datetime) -> Sender:
        """One of them."""
        asked = tuple(one for one in self.view.questions if one.patient == link.patient)
        return Sender(link, now, questions=asked, people=self.links)

    def newcomer(self, name: str, now: datetime) -> Sender:
        """Somebody of this name who is not among them."""
        return stranger(behind([(self.point, self.view)]), Heard(name), now, new_id("p"))


def find_household(tenant: str, contact: Contact) -> Household:
    """Raises Conflict for a contact that is somebody's, and NotFound."""
    if contact.kind != "household":
        raise Conflict("This contact is somebody's already.")
    (point,) = patients.get(tenant, contact.patient).contact_points
    return Household(point, patients.view(tenant, point))
