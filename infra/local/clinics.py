"""The demo clinics: three languages, two time zones, nothing of one ever visible to another.

In the third, self-service is on; in the others each message goes to an agent.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody who signs in. `agent` is the id at the front desk, for those who take contacts."""

    username: str
    name: str
    role: str
    agent: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A clinic's account on one channel; `display` is what a patient sees of it."""

    channel: str
    account: str
    display: str


@dataclass(frozen=True)
class Clinic:
    """A demo clinic. `phone` is the number that rings (E.164), `lines` are where patients write to."""

    id: str
    name: str
    timezone: str
    language: str
    country: str
    phone: str
    display: str
    lines: tuple[Line, ...]
    practitioners: tuple[str, ...]
    staff: tuple[Person, ...]

    @property
    def whatsapp(self) -> str:
        """Its phone_number_id at Meta."""
        return next(line.account for line in self.lines if line.channel == "whatsapp")

    def line(self, channel: str) -> Line | None:
        """Its account on a channel."""
        return next((line for line in self.lines if line.channel == channel), None)


CLINICS = (
    Clinic(
        id="boavista",
        name="Clínica Boa Vista",
        timezone="America/Sao_Paulo",
        language="pt-BR",
        country="BR",
        phone="+551130000000",
        display="+55 11 3000-0000",
        lines=(
            Line("whatsapp", "100000000000001", "+55 11 3000-0000"),
            Line("twilio_sms", "551130000001", "+55 11 3000-0001"),
            Line("aws_sms", "551130000002", "+55 11 3000-0002"),
            Line("twilio_whatsapp", "551130000003", "+55 11 3000-0003"),
            Line("aws_social", "100000000000004", "+55 11 3000-0004"),
            Line("telegram", "7100000001", "@boavista_bot"),
            Line("messenger", "110000000000001", "Clínica Boa Vista"),
            Line("instagram", "17841400000000001", "@clinica.boavista"),
            Line("email", "contato@boavista.example", "contato@boavista.example"),
            Line("webform", "form-boavista-4f1d7c90", "boavista.example"),
            Line("webchat", "chat-boavista-b82e63a5", "boavista.example"),
        ),
        practitioners=("Dra. Helena Prado", "Dr. Caio Menezes", "Dra. Lívia Torres"),
        staff=(
            Person("boavista.ana", "Ana Souza", "agent", "ana", ("pt-BR", "es")),
            Person("boavista.bruno", "Bruno Lima", "agent", "bruno", ("pt-BR", "en")),
            Person("boavista.carla", "Carla Rocha", "supervisor"),
            Person("boavista.davi", "Davi Prado", "admin"),
        ),
    ),
    Clinic(
        id="delsol",
        name="Clínica del Sol",
        timezone="Europe/Madrid",
        language="es",
        country="ES",
        phone="+34910000000",
        display="+34 910 000 000",
        lines=(
            Line("whatsapp", "200000000000002", "+34 910 000 000"),
            Line("twilio_sms", "34910000001", "+34 910 000 001"),
            Line("aws_sms", "34910000002", "+34 910 000 002"),
            Line("twilio_whatsapp", "34910000003", "+34 910 000 003"),
            Line("aws_social", "200000000000004", "+34 910 000 004"),
            Line("telegram", "7200000002", "@delsol_bot"),
            Line("messenger", "210000000000002", "Clínica del Sol"),
            Line("instagram", "17841400000000002", "@clinica.delsol"),
            Line("email", "hola@delsol.example", "hola@delsol.example"),
            Line("webform", "form-delsol-9a06e2b7", "delsol.example"),
            Line("webchat", "chat-delsol-31c5f8d4", "delsol.example"),
        ),
        practitioners=("Dra. Elena Ruiz", "Dr. Jordi Casals", "Dra. Pilar Gómez"),
        staff=(
            Person("delsol.lucia", "Lucía Pérez", "agent", "lucia", ("es", "ca")),
            Person("delsol.marc", "Marc Vidal", "agent", "marc", ("es", "ca", "en")),
            Person("delsol.nuria", "Núria Soler", "supervisor"),
            Person("delsol.pablo", "Pablo Ruiz", "admin"),
        ),
    ),
    Clinic(
        id="aurora",
        name="Poliambulatorio Aurora",
        timezone="Europe/Rome",
        language="it",
        country="IT",
        phone="+390600000000",
        display="+39 06 0000 0000",
        lines=(
            Line("whatsapp", "300000000000003", "+39 06 0000 0000"),
            Line("twilio_sms", "390600000001", "+39 06 0000 0001"),
            Line("aws_sms", "390600000002", "+39 06 0000 0002"),
            Line("twilio_whatsapp", "390600000003", "+39 06 0000 0003"),
            Line("aws_social", "300000000000004", "+39 06 0000 0004"),
            Line("telegram", "7300000003", "@aurora_bot"),
            Line("messenger", "310000000000003", "Poliambulatorio Aurora"),
            Line("instagram", "17841400000000003", "@poliambulatorio.aurora"),
            Line("email", "ciao@aurora.example", "ciao@aurora.example"),
            Line("webform", "form-aurora-6c2b18d5", "aurora.example"),
            Line("webchat", "chat-aurora-e07d94a1", "aurora.example"),
        ),
        practitioners=("Dott.ssa Giulia Conti", "Dott. Marco Ferri", "Prof.ssa Ada Neri"),
        staff=(
            Person("aurora.sara", "Sara Greco", "agent", "sara", ("it", "en")),
            Person("aurora.luca", "Luca Marini", "agent", "luca", ("it", "es")),
            Person("aurora.paola", "Paola Villa", "supervisor"),
            Person("aurora.enzo", "Enzo Galli", "admin"),
        ),
    ),
)

OPERATOR = Person("operator", "Platform operator", "operator")


def clinic(clinic_id: str) -> Clinic | None:
    """The demo clinic of this id."""
    return next((found for found in CLINICS if found.id == clinic_id), None)


def lines() -> Iterator[tuple[Clinic, Line]]:
    """Every account of every clinic."""
    for found in CLINICS:
        for line in found.lines:
            yield found, line


def line_of(channel: str, account: str) -> Line | None:
    """The account of this id on a channel, whoever's it is."""
    found = (line for _, line in lines() if (line.channel, line.account) == (channel, account))
    return next(found, None)
