"""Clinics and their people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from tests.bench.identity.locales import Place

BEGIN: Final = datetime.fromisoformat("2024-01-01T00:00:00+00:00")
END: Final = BEGIN + timedelta(days=730)
TODAY: Final = END.date()


class Clinic(NamedTuple):
    tenant: str
    language: str
    country: str
    share: float
    """Of all people."""


CLINICS: Final = (
    Clinic("clinica-sp", "pt-BR", "BR", 0.34),
    Clinic("studio-mi", "it", "IT", 0.17),
    Clinic("clinica-mad", "es", "ES", 0.15),
    Clinic("practice-ldn", "en", "GB", 0.12),
    Clinic("consulta-gi", "ca", "ES", 0.09),
    Clinic("consultorio-mx", "es", "MX", 0.08),
    Clinic("centro-ba", "es", "AR", 0.05),
)


@dataclass(frozen=True)
class Line:
    """A number somebody uses, from `since` on."""

    number: str
    """E.164 with its plus."""
    country: str
    since: datetime = BEGIN


@dataclass
class Person:
    id: str
    clinic: Clinic
    language: str
    place: Place
    sex: str
    born: date
    given: tuple[str, ...]
    surnames: tuple[str, ...]
    """In the order they are written, particles included."""
    called: str
    """Among friends."""
    address: tuple[str, str, str]
    document: str
    lines: list[Line] = field(default_factory=list)
    """In the order of `since`; the last is in use. None: a guardian's are used."""
    second: Line | None = None
    email: str = ""
    handles: dict[str, str] = field(default_factory=dict)
    guardian: Person | None = None
    children: list[Person] = field(default_factory=list)
    home: list[Person] = field(default_factory=list, repr=False)
    """Who lives together, themselves included."""
    married: tuple[datetime, tuple[str, ...]] | None = None
    arrives: datetime = BEGIN
    silent: bool = False
    """Lives with somebody we know and may call, but no record is theirs."""
    forms: dict[str, str] = field(default_factory=dict)
    """What each app displays, once chosen."""

    @property
    def minor(self) -> bool:
        return self.guardian is not None and (TODAY - self.born).days < 18 * 365

    def surnames_at(self, at: datetime) -> tuple[str, ...]:
        return self.married[1] if self.married and at >= self.married[0] else self.surnames

    def line_at(self, at: datetime) -> Line:
        """The number they give at that time; a guardian's where they have none."""
        if not self.lines:
            assert self.guardian
            return self.guardian.line_at(at)
        return [line for line in self.lines if line.since <= at or line is self.lines[0]][-1]


def main_surname(language: str, surnames: tuple[str, ...]) -> str:
    """The one of two that is used: Brazil's last, Spain's first."""
    return surnames[0] if language in {"es", "ca"} else surnames[-1]
