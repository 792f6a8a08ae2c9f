"""The two demo clinics: two time zones, two languages, nothing of one ever visible to the other."""

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
class Clinic:
    """A demo clinic. `whatsapp` is its phone_number_id at Meta, `phone` the number that rings (E.164)."""

    id: str
    name: str
    timezone: str
    language: str
    country: str
    phone: str
    whatsapp: str
    display: str
    practitioners: tuple[str, ...]
    staff: tuple[Person, ...]


CLINICS = (
    Clinic(
        id="boavista",
        name="Clínica Boa Vista",
        timezone="America/Sao_Paulo",
        language="pt-BR",
        country="BR",
        phone="+551130000000",
        whatsapp="100000000000001",
        display="+55 11 3000-0000",
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
        whatsapp="200000000000002",
        display="+34 910 000 000",
        practitioners=("Dra. Elena Ruiz", "Dr. Jordi Casals", "Dra. Pilar Gómez"),
        staff=(
            Person("delsol.lucia", "Lucía Pérez", "agent", "lucia", ("es", "ca")),
            Person("delsol.marc", "Marc Vidal", "agent", "marc", ("es", "ca", "en")),
            Person("delsol.nuria", "Núria Soler", "supervisor"),
            Person("delsol.pablo", "Pablo Ruiz", "admin"),
        ),
    ),
)

OPERATOR = Person("operator", "Platform operator", "operator")


def clinic(clinic_id: str) -> Clinic | None:
    """The demo clinic of this id."""
    return next((found for found in CLINICS if found.id == clinic_id), None)


def of_account(account: str) -> Clinic | None:
    """The demo clinic behind a WhatsApp phone_number_id."""
    return next((found for found in CLINICS if found.whatsapp == account), None)
