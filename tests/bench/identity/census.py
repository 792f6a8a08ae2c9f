"""Households: who lives together, who shares a phone, who marries, whose parents write for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from tests.bench.identity.locales import PLACES, Names, Place
from tests.bench.identity.papers import Bearer, document, mail_address, number
from tests.bench.identity.people import BEGIN, TODAY, Clinic, Line, Person, main_surname
from tests.bench.identity.spelling import nickname, plain
from tests.bench.identity.words import WORDS

_PARTICLES: Final = {"pt-BR": 0.45, "es": 0.08, "it": 0.12, "ca": 0.03, "en": 0.01}
"""How many surnames have one."""
_TWO_SURNAMES: Final = {"pt-BR": 0.6, "es": 1.0, "ca": 1.0, "it": 0.03, "en": 0.06}
_TWO_GIVEN: Final = {"pt-BR": 0.3, "es": 0.28, "ca": 0.08, "it": 0.1, "en": 0.25}
_JUNIOR: Final = {"pt-BR": "Filho", "en": "Jr"}
_MARRIED: Final = {"pt-BR": 0.3, "en": 0.35, "it": 0.05, "es": 0.03, "ca": 0.0}
"""How many wives write under another surname from some day of the two years on."""


class Census:
    """Makes people of one clinic, household by household."""

    def __init__(self, clinic: Clinic, names: dict[str, Names], rng: Random) -> None:
        self._clinic, self._names, self._rng = clinic, names, rng
        self._made = 0

    def household(self) -> list[Person]:
        kinds = (self._one, self._couple, self._family, self._old_couple, self._parent_and_child)
        made = self._rng.choices(kinds, weights=(54, 17, 18, 5, 6))[0]()
        for one in made:
            one.home = made
        return made

    def _one(self) -> list[Person]:
        return [self._adult(self._language())]

    def _couple(self, ages: tuple[int, int] = (22, 64)) -> list[Person]:
        rng, language, home = self._rng, self._language(), self._home()
        one = self._adult(language, sex="female", ages=ages, home=home)
        other = self._adult(language, sex="male", home=home, born=_near(one.born, rng))
        if rng.random() < _MARRIED[language]:
            day = BEGIN + timedelta(days=rng.uniform(60, 600))
            one.married = (day, _married(one, other, rng))
        if rng.random() < 0.22:
            other.email = one.email
        if rng.random() < 0.1:
            other.lines = [one.lines[0]]
        other.silent = rng.random() < 0.3
        return [one, other]

    def _old_couple(self) -> list[Person]:
        one, other = self._couple((68, 90))
        other.lines, other.email, other.silent = [one.lines[0]], one.email, False
        return [one, other]

    def _family(self) -> list[Person]:
        rng = self._rng
        parents = self._couple((26, 47)) if rng.random() < 0.75 else self._one_parent()
        guardian = rng.choice(parents) if rng.random() < 0.3 else parents[0]
        guardian.silent = False
        oldest = min(16, (TODAY - guardian.born).days // 365 - 20)
        ages = [
            rng.randint(0, max(0, oldest)) for _ in range(rng.choices((1, 2, 3), weights=(50, 40, 10))[0])
        ]
        births = [_birthday(age, rng) for age in ages]
        if rng.random() < 0.07:
            births = [births[0], *births]
        guardian.children = [self._child(parents, guardian, born) for born in births]
        return [*parents, *guardian.children]

    def _one_parent(self) -> list[Person]:
        return [self._adult(self._language(), sex="female", ages=(26, 47))]

    def _parent_and_child(self) -> list[Person]:
        """An old parent for whom a grown child writes: from the child's phone."""
        rng = self._rng
        child = self._adult(self._language(), ages=(40, 60))
        parent = self._adult(child.language, ages=(72, 92))
        parent.surnames = (
            (child.surnames[-1],) if len(parent.surnames) == 1 else (parent.surnames[0], child.surnames[-1])
        )
        parent.guardian, parent.email = child, rng.choice((child.email, ""))
        if rng.random() < 0.6:
            parent.lines = []
        return [child, parent]

    def _child(self, parents: list[Person], guardian: Person, born: date) -> Person:
        child = self._adult(guardian.language, home=guardian.address, born=born)
        child.surnames = _inherited(parents, guardian)
        self._named_after(child, parents)
        child.guardian, child.lines, child.second, child.handles = guardian, [], None, {}
        child.email = guardian.email
        child.arrives = max(child.arrives, datetime.combine(born, time(9), UTC))
        return child

    def _named_after(self, child: Person, parents: list[Person]) -> None:
        """Some bear a parent's given name, in Brazil and in English with a Filho or Jr behind the surname."""
        of_sex = [parent for parent in parents if parent.sex == child.sex]
        if not of_sex or self._rng.random() > 0.08:
            return
        child.given, child.called = of_sex[0].given, of_sex[0].called
        if child.sex == "male" and child.language in _JUNIOR:
            child.surnames = (*child.surnames[:-1], f"{child.surnames[-1]} {_JUNIOR[child.language]}")

    def _adult(
        self,
        language: str,
        sex: str | None = None,
        ages: tuple[int, int] = (18, 80),
        home: tuple[str, str, str] | None = None,
        born: date | None = None,
    ) -> Person:
        rng, names = self._rng, self._names[language]
        self._made += 1
        sex = sex or rng.choice(("female", "male"))
        place = self._country(language)
        born = born or _birthday(rng.randint(*ages), rng)
        given = self._given(names, language, sex)
        surnames = self._surnames(names, language)
        person = Person(
            id=f"{self._clinic.tenant}/{self._made}",
            clinic=self._clinic,
            language=language,
            place=place,
            sex=sex,
            born=born,
            given=given,
            surnames=surnames,
            called=nickname(given[0], language, rng),
            address=home or self._home(),
            document=document(place.code, Bearer(given[0], surnames[0], sex, born), rng),
            lines=[Line(number(place, rng), place.code)],
            email=mail_address(given, surnames, born, rng),
            arrives=BEGIN + timedelta(days=rng.uniform(0, 640)),
        )
        person.handles = _handles(person, rng)
        if rng.random() < 0.34:
            person.second = Line(number(place, rng), place.code)
        return person

    def _language(self) -> str:
        own = self._clinic.language
        return (
            own if self._rng.random() < 0.88 else self._rng.choice([one for one in self._names if one != own])
        )

    def _country(self, language: str) -> Place:
        abroad = {
            "pt-BR": "BR",
            "it": "IT",
            "en": "GB",
            "ca": "ES",
            "es": self._rng.choice(("ES", "MX", "AR")),
        }
        away = self._rng.random() < (0.03 if language == self._clinic.language else 0.3)
        return PLACES[abroad[language] if away else self._clinic.country]

    def _home(self) -> tuple[str, str, str]:
        """Street with number, city, postcode."""
        rng, place = self._rng, PLACES[self._clinic.country]
        street = self._names[self._clinic.language].surnames.draw(rng)
        city = rng.choices(place.cities, weights=range(len(place.cities), 0, -1))[0]
        postcode = "".join(str(rng.randint(0, 9)) if c == "#" else c for c in place.postcode)
        return place.street.format(name=street, number=rng.randint(1, 900)), city, postcode

    def _given(self, names: Names, language: str, sex: str) -> tuple[str, ...]:
        drawn = names.female if sex == "female" else names.male
        count = 2 if self._rng.random() < _TWO_GIVEN[language] else 1
        return tuple(dict.fromkeys(drawn.draw(self._rng) for _ in range(count)))

    def _surnames(self, names: Names, language: str) -> tuple[str, ...]:
        count = 2 if self._rng.random() < _TWO_SURNAMES[language] else 1
        return tuple(self._surname(names, language) for _ in range(count))

    def _surname(self, names: Names, language: str) -> str:
        surname = names.surnames.draw(self._rng)
        if self._rng.random() >= _PARTICLES[language]:
            return surname
        particle = Random(surname).choice(WORDS[language].particles)
        return f"{particle}{surname}" if particle in {"Mac", "O'"} else f"{particle} {surname}"


def _inherited(parents: list[Person], guardian: Person) -> tuple[str, ...]:
    mother, father = parents[0], parents[-1]
    of_mother = main_surname(mother.language, mother.surnames)
    of_father = main_surname(father.language, father.surnames)
    if len(parents) == 1 or guardian.language in {"it", "en"}:
        return father.surnames
    return (of_father, of_mother) if guardian.language in {"es", "ca"} else (of_mother, of_father)


def _married(wife: Person, husband: Person, rng: Random) -> tuple[str, ...]:
    his = main_surname(husband.language, husband.surnames)
    if wife.language == "es":
        return (wife.surnames[0], f"de {his}")
    if wife.language == "en" and rng.random() < 0.8:
        return (his,)
    return (wife.surnames[-1], his)


def _birthday(age: int, rng: Random) -> date:
    return TODAY - timedelta(days=int((age + rng.random()) * 365.25))


def _near(born: date, rng: Random) -> date:
    return born - timedelta(days=int(rng.gauss(600, 1400)))


def _handles(person: Person, rng: Random) -> dict[str, str]:
    """By channel: chosen at Instagram and Telegram, a page's number at Messenger, Meta's id at WhatsApp."""
    word = plain(f"{person.given[0]}{rng.choice(('.', '_', ''))}{person.surnames[-1].split()[-1]}").lower()
    name = (
        f"{word.replace(chr(39), '')}{rng.choice(('', str(person.born.year)[2:], str(rng.randint(1, 999))))}"
    )
    return {
        "instagram": name if rng.random() < 0.7 else f"{person.called.lower()}_{rng.randint(10, 9999)}",
        "telegram": name if rng.random() < 0.3 else str(rng.randrange(10**8, 10**10)),
        "messenger": str(rng.randrange(10**15, 10**16)),
        "whatsapp": f"{person.place.code}.{rng.randrange(10**12, 10**16)}",
    }
