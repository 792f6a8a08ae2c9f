"""One person as each channel shows them, with the gaps and the carelessness that are its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Final

from tests.bench.identity.papers import written
from tests.bench.identity.people import Line, Person, main_surname
from tests.bench.identity.rows import Row
from tests.bench.identity.spelling import adorned, by_ear, plain, transcript, typo, wrong_digit
from tests.bench.identity.words import WORDS

_ADULTS: Final = {
    "whatsapp": 60,
    "voice": 10,
    "webform": 10,
    "instagram": 4,
    "messenger": 2,
    "telegram": 2,
    "email": 4,
    "desk": 6,
    "ehr": 3,
}
_MINORS: Final = {"webform": 32, "desk": 28, "ehr": 12, "whatsapp": 12, "voice": 10, "email": 6}
"""Guardians write for them, and name them."""

_FORMS: Final = {
    "usual": 54,
    "full": 12,
    "first": 7,
    "both": 6,
    "nickname": 6,
    "nickname and surname": 4,
    "adorned": 7,
    "initial": 4,
    "first and initial": 3,
    "reversed": 3,
    "short of one": 3,
    "role": 2,
    "shop": 1,
    "nothing": 1,
}
_PAPER_FORMS: Final = {"full": 70, "usual": 22, "short of one": 5, "initial": 3}
_TYPED_FORMS: Final = {"full": 34, "usual": 54, "both": 6, "short of one": 4, "nickname and surname": 2}


def channel_of(person: Person, rng: Random) -> str:
    usual = _MINORS if person.minor else _ADULTS
    return rng.choices(list(usual), weights=list(usual.values()))[0]


def row_of(person: Person, channel: str, at: datetime, rng: Random) -> Row:
    """What arrives there; the caller numbers it."""
    bare = Row("", person.clinic.tenant, channel, f"{at:%Y-%m-%dT%H:%M:%SZ}", truth=person.id)
    return _MAKERS.get(channel, _app)(bare, person, at, rng)


def _whatsapp(bare: Row, person: Person, at: datetime, rng: Random) -> Row:
    """A display name and a number; who hides the number has Meta's id alone, and some have both."""
    line = _line(person, at, rng)
    hidden = rng.random() < 0.03 and not person.guardian
    known = "whatsapp" in person.handles and (hidden or rng.random() < 0.1)
    return bare._replace(
        name=_displayed(person, "whatsapp", at, rng),
        phone="" if hidden else written(line.number, line.country, "app" if rng.random() < 0.5 else "e164"),
        handle=person.handles["whatsapp"] if known else "",
    )


def _app(bare: Row, person: Person, at: datetime, rng: Random) -> Row:
    """Instagram, Messenger, Telegram: a handle and a display name."""
    line = _line(person, at, rng)
    shared = bare.channel == "telegram" and rng.random() < 0.15
    return bare._replace(
        name=_displayed(person, bare.channel, at, rng),
        handle=person.handles[bare.channel],
        phone=line.number if shared else "",
        language=person.language if bare.channel == "telegram" else "",
    )


def _voice(bare: Row, person: Person, at: datetime, rng: Random) -> Row:
    """A number, unless it is withheld; a name where the caller said one."""
    withheld = rng.random() < 0.04
    says = withheld or rng.random() < 0.6
    name = _shaped(person, rng.choice(("usual", "usual", "full", "first")), at) if says else ""
    return bare._replace(
        name=transcript(name, person.language, rng) if says else "",
        phone="" if withheld else _line(person, at, rng).number,
    )


def _webform(bare: Row, person: Person, at: datetime, rng: Random) -> Row:
    given, family = _typed(person, _TYPED_FORMS, at, rng)
    if rng.random() < 0.03:
        given, family = family, given
    row = bare._replace(
        given_name=given,
        family_name=family,
        phone=_given_number(person, at, rng) if rng.random() < 0.93 else "",
        email=_given_mail(person, rng) if rng.random() < 0.75 else "",
        birth_date=_given_birth(person.born, rng) if rng.random() < 0.55 else "",
        sex=person.sex if rng.random() < 0.15 else "",
        language=person.language if rng.random() < 0.8 else "",
        country=person.clinic.country if rng.random() < 0.6 else "",
    )
    return row._replace(document=person.document) if rng.random() < 0.08 else row


def _email(bare: Row, person: Person, at: datetime, rng: Random) -> Row:
    form = rng.choices(("usual", "full", "first", "reversed", "nothing"), weights=(55, 17, 8, 10, 10))[0]
    name = "" if form == "nothing" else _shaped(person, form, at)
    return bare._replace(name=name, email=_given_mail(person, rng))


def _desk(bare: Row, person: Person, at: datetime, rng: Random) -> Row:
    """Typed by somebody who listens."""
    given, family = _typed(person, _PAPER_FORMS, at, rng)
    if rng.random() < 0.09:
        given, family = (by_ear(part, person.language, rng) for part in (given, family))
    row = _recorded(bare, person, at, rng)._replace(given_name=given, family_name=family)
    if rng.random() < 0.15:
        row = row._replace(name=f"{family}, {given}", given_name="", family_name="")
    return row if rng.random() < 0.75 else row._replace(document="")


def _ehr(bare: Row, person: Person, at: datetime, rng: Random) -> Row:
    """From papers, which keep the name that somebody was born with."""
    given, family = " ".join(person.given), " ".join(person.surnames)
    if rng.random() < 0.3:
        given, family = plain(given).upper(), plain(family).upper()
    return _recorded(bare, person, at, rng)._replace(given_name=given, family_name=family)


_MAKERS: Final[dict[str, Callable[[Row, Person, datetime, Random], Row]]] = {
    "whatsapp": _whatsapp,
    "voice": _voice,
    "webform": _webform,
    "email": _email,
    "desk": _desk,
    "ehr": _ehr,
}


def _recorded(bare: Row, person: Person, at: datetime, rng: Random) -> Row:
    """What a full record holds besides the name."""
    street, city, postcode = person.address if rng.random() < 0.7 else ("", "", "")
    return bare._replace(
        birth_date=_given_birth(person.born, rng) if rng.random() < 0.93 else "",
        sex=person.sex if rng.random() < 0.9 else "",
        phone=_given_number(person, at, rng) if rng.random() < 0.85 else "",
        email=_given_mail(person, rng) if rng.random() < 0.4 else "",
        document=_given_document(person.document, rng) if rng.random() < 0.9 else "",
        street=typo(street, rng) if rng.random() < 0.08 else street,
        city=city,
        postcode=postcode,
        country=person.clinic.country,
        language=person.language if rng.random() < 0.5 else "",
    )


def _line(person: Person, at: datetime, rng: Random) -> Line:
    second = person.second if rng.random() < 0.45 else None
    return second or person.line_at(at)


def _given_number(person: Person, at: datetime, rng: Random) -> str:
    line = _line(person, at, rng)
    form = rng.choices(("e164", "digits", "national", "spaced"), weights=(50, 15, 25, 10))[0]
    if line.country != person.clinic.country and form == "national":
        form = "spaced"
    number = written(line.number, line.country, form)
    return wrong_digit(number, rng) if rng.random() < 0.02 else number


def _given_mail(person: Person, rng: Random) -> str:
    email = typo(person.email, rng) if rng.random() < 0.015 else person.email
    return email.upper() if rng.random() < 0.04 else email


def _given_birth(born: date, rng: Random) -> str:
    slip = rng.random()
    if slip < 0.01 and born.day <= 12:
        return born.replace(month=born.day, day=born.month).isoformat()
    if slip < 0.02:
        return born.replace(day=1 + (born.day + rng.randint(1, 20)) % 28).isoformat()
    return (
        born.replace(year=born.year + rng.choice((-1, 1)), day=min(born.day, 28)).isoformat()
        if slip < 0.025
        else born.isoformat()
    )


def _given_document(document: str, rng: Random) -> str:
    bare = document.replace(".", "").replace("-", "").replace(" ", "") if rng.random() < 0.4 else document
    return wrong_digit(bare, rng) if rng.random() < 0.01 else bare


def _displayed(person: Person, app: str, at: datetime, rng: Random) -> str:
    """Display names are chosen once, and changed now and then."""
    if app not in person.forms or rng.random() < 0.1:
        form = rng.choices(list(_FORMS), weights=list(_FORMS.values()))[0]
        person.forms[app] = _careless(_display(person, form, at, rng), rng)
    return person.forms[app]


def _display(person: Person, form: str, at: datetime, rng: Random) -> str:
    if form == "role" and person.children:
        return rng.choice(WORDS[person.language].roles).format(rng.choice(person.children).given[0])
    if form == "shop":
        return rng.choice(WORDS[person.language].shops).format(person.given[0])
    if form == "nothing":
        return rng.choice((".", "❤️", "🌻🌻", "", "Família", "Eu"))
    if form == "adorned":
        return adorned(_shaped(person, rng.choice(("first", "first", "usual")), at), rng)
    return _shaped(person, form, at)


def _shaped(person: Person, form: str, at: datetime) -> str:
    given, family = _parts(person, form, at)
    if form == "reversed":
        return f"{family} {given}"
    return " ".join(part for part in (given, family) if part)


def _parts(person: Person, form: str, at: datetime) -> tuple[str, str]:
    """The given names and the surnames of one form of a name."""
    first, surnames = person.given[0], person.surnames_at(at)
    main = main_surname(person.language, surnames)
    bare = main.split()[-1]
    return {
        "full": (" ".join(person.given), " ".join(surnames)),
        "first": (first, ""),
        "both": (" ".join(person.given), bare),
        "nickname": (person.called, ""),
        "nickname and surname": (person.called, bare),
        "initial": (f"{first[0]}.", bare),
        "first and initial": (first, f"{bare[0]}."),
        "short of one": (" ".join(person.given[-1:]), main),
    }.get(form, (first, main))


def _typed(person: Person, forms: dict[str, int], at: datetime, rng: Random) -> tuple[str, str]:
    given, family = _parts(person, rng.choices(list(forms), weights=list(forms.values()))[0], at)
    slip = rng.random()
    if slip < 0.03:
        given = typo(given, rng)
    elif slip < 0.07:
        family = typo(family, rng)
    shape = rng.random()
    if shape < 0.1:
        return given.upper(), family.upper()
    return (
        (given.lower(), family.lower())
        if shape < 0.16
        else (_unaccented(given, rng), _unaccented(family, rng))
    )


def _careless(name: str, rng: Random) -> str:
    shape = rng.random()
    if shape < 0.12:
        return plain(name).lower()
    return name.upper() if shape < 0.16 else _unaccented(name, rng)


def _unaccented(name: str, rng: Random) -> str:
    return plain(name) if rng.random() < 0.35 else name
