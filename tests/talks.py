"""Conversations with a clinic's self-service, for tests: what a patient writes, and what Recado says."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from recado.actions.record import record
from recado.actions.respond import respond
from recado.channels import Received
from recado.model.article import Article
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.schedule import AppointmentType, Practitioner, Schedule, WeeklySpan
from recado.model.tenant import OpeningHours
from recado.store import articles, contacts, patients, schedules, tenants

from tests.samples import BOAVISTA, NOW, PHONE, WHATSAPP

TENANT = "boavista"
ALWAYS = tuple(OpeningHours(weekday=day, opens="00:00", closes="24:00") for day in range(7))
_ids = itertools.count(1)


def bot_on(**settings: Any) -> None:
    """Boa Vista has switched self-service on."""
    known = tenants.get(TENANT)
    tenants.save_tenant(TENANT, known.model_copy(update={"bot": "on", **settings}))
    tenants.forget()


def practice(capacity: int = 1) -> None:
    """Dra. Costa sees patients on weekdays from nine to noon; they may book half an hour by themselves."""
    schedules.save_practitioner(TENANT, Practitioner(id="costa", name="Dra. Costa"))
    schedules.save_type(TENANT, AppointmentType(id="first", name="Consulta", minutes=30, bookable=True))
    week = tuple(WeeklySpan(weekday=day, begins="09:00", ends="12:00") for day in range(5))
    schedules.save_schedule(TENANT, Schedule(practitioner="costa", weekly=week, grid=30, capacity=capacity))


def article(answer: str, *questions: str, language: str = "pt-BR", **known: Any) -> None:
    """The clinic has written an answer."""
    told = {"id": f"a{next(_ids)}", "source": "Recepção", "review_by": date(2027, 6, 1), **known}
    articles.save_article(
        TENANT,
        Article.model_validate(
            {
                "language": language,
                "questions": questions,
                "answer": answer,
                "at": NOW,
                "by": "agent:ana",
                **told,
            }
        ),
    )


class Talk:
    """One person's conversation; time passes a minute with each message, or as it is told to."""

    def __init__(self, channel: str = "whatsapp", sender: str = PHONE, name: str = "Maria Silva") -> None:
        self.channel, self.sender, self.name, self.now = channel, sender, name, NOW
        self._seen: set[str] = set()

    def on(self, channel: str) -> Talk:
        """The same person goes on elsewhere."""
        self.channel = channel
        return self

    def later(self, **delta: float) -> Talk:
        """So much later."""
        self.now += timedelta(**delta)
        return self

    def says(self, text: str, *, payload: str | None = None, **event: Any) -> str:
        """What Recado says to that: its words, and the options as a line each with its number."""
        self.writes(text, payload=payload, **event)
        contact = self.contact
        respond(TENANT, contact.id, self.now)
        return self.heard()

    def presses(self, title: str) -> str:
        """They press the button that is called so."""
        button = next(one for one in self.latest.buttons if one.title == title)
        return self.says(title, payload=button.payload)

    def writes(self, text: str, **event: Any) -> None:
        """It is stored, and nothing has come of it yet."""
        self.now += timedelta(minutes=1)
        number = f"m.{next(_ids)}"
        record(TENANT, self._received(text, number, **event), self.now)

    def heard(self) -> str:
        """What we have said since it was last looked at."""
        fresh = [one for one in self.said if one.id not in self._seen]
        self._seen |= {one.id for one in fresh}
        return "\n".join(_shown(one) for one in fresh)

    @property
    def said(self) -> list[Communication]:
        """All that we have written to them, in order."""
        items, _ = contacts.timeline(TENANT, self.patient)
        return [one for one in items if one.direction == "outbound"]

    @property
    def latest(self) -> Communication:
        return self.said[-1]

    @property
    def patient(self) -> str:
        """Their record."""
        (system, value) = self._identity()
        from recado.rules.identity import contact_points  # noqa: PLC0415

        (point,) = contact_points([(system, value)])
        return patients.view(TENANT, point).links[0].patient

    @property
    def contact(self) -> Contact:
        """Their latest contact, as it is stored."""
        found = contacts.latest_contact(TENANT, self.patient)
        assert found is not None
        return found

    def _identity(self) -> tuple[str, str]:
        if self.channel == "webchat":
            return "webchat", self.sender
        return "phone", f"+{self.sender}"

    def _received(self, text: str, number: str, **event: Any) -> Received:
        account = WHATSAPP[TENANT] if self.channel == "whatsapp" else "551130000001"
        kind = "button" if event.get("payload") else "text"
        told = {"provider_id": number, "type": kind, "text": text, "name": self.name, **event}
        return Received(
            channel=self.channel,
            account=account,
            kind="message",
            key=number,
            sender=self.sender,
            identities=[self._identity()],
            at="",
            event=told,
            raw={"id": number},
        )


def _shown(one: Communication) -> str:
    return "\n".join([one.text, *(f"{at} {button.title}" for at, button in enumerate(one.buttons, 1))])


__all__ = ["BOAVISTA", "NOW", "Talk", "article", "bot_on", "practice"]
