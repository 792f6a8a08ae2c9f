"""Cells as people and systems write them, in the forms of ours. Each raises Invalid, without a value."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, cast

from recado.errors import Invalid
from recado.model.patient import Kind
from recado.model.profile import Sex
from recado.model.tenant import Language
from recado.rules.countries import COUNTRIES
from recado.rules.imports.words import meanings, plain

LONGEST: Final = 300
"""Characters of a cell that are looked at."""

_NOTHING: Final = frozenset(
    {"", "null", "none", "nan", "n a", "na", "nd", "n d", "s n", "sin datos", "undefined"}
)
"""What stands in cells that hold nothing, plain."""

_MONTH_FIRST: Final = frozenset({"US", "PH", "PR", "GU"})
"""Countries that write 11/23/2026. Source: CLDR 45, short dates of their first languages."""
_SEPARATED: Final = re.compile(r"([0-9]{1,4})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{1,4})(?:[T ][0-9:.,Z+\-]*)?")
_UNKNOWN_DAYS: Final = frozenset({"1900-01-01", "1899-12-30", "1899-12-31", "1901-01-01"})
"""What spreadsheets and forms write where no date was given."""

_SEXES: Final = meanings("""
male: male|m|masculino|masculi|maschio|maschile|homem|hombre|h|v|varon|home|uomo|man
female: female|f|feminino|femenino|femeni|femmina|femminile|mulher|mujer|donna|dona|d|woman
other: other|outro|otro|altro|altre|o|x
unknown: unknown|u|i|desconhecido|desconocido|sconosciuto|desconegut
""")
_M_IS_A_WOMAN: Final = frozenset({"ES", "MX", "AR", "CL", "CO", "PE", "UY", "PY", "BO", "EC", "VE", "AD"})
"""Where M stands for mujer beside H, and for masculino beside F: nobody knows."""

_LANGUAGES: Final = meanings("""
pt-BR: pt|por|portugues|portoghese|portuguese
es: es|spa|espanol|espanhol|espanyol|castellano|castella|spagnolo|spanish
it: it|ita|italiano|italia|italian
ca: ca|cat|catalan|catala|catalano|catalao
en: en|eng|english|ingles|inglese|angles
""")
_COUNTRIES: Final = meanings("""
BR: bra|brasil|brazil|brasile
ES: esp|espana|spain|espanya|spagna|espanha
IT: ita|italia|italy
PT: prt|portugal|portogallo
MX: mex|mexico|messico|mexic
AR: arg|argentina
CL: chl|chile|cile|xile
CO: col|colombia
PE: per|peru
UY: ury|uruguay|uruguai
AD: and|andorra
US: usa|united states|estados unidos|stati uniti|estats units
GB: gbr|uk|united kingdom|reino unido|regno unito|regne unit
FR: fra|france|francia|franca
DE: deu|germany|alemania|alemanha|germania|alemanya
""")
_TRUTHS: Final = meanings("""
yes: 1|true|t|yes|y|si|s|sim|x|verdadeiro|verdadero|vero
no: 0|false|f|no|n|nao|falso|fals
""")
_KINDS: Final[tuple[Kind, ...]] = ("lead", "patient", "member", "partner", "caregiver")
_EMAIL: Final = re.compile(
    r"[^\s@,;<>()\"]{1,64}@(?=[^@]{4,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z0-9-]{2,}"
)


def text(cell: str) -> str:
    """A cell without what spreadsheets put around it, and empty where it only says that it is."""
    line = " ".join("".join(one if one.isprintable() else " " for one in cell[:LONGEST]).split())
    if formula := re.fullmatch(r'="(.*)"', line):
        line = formula[1]
    if re.match(r"'[=+\-@]", line):
        line = line[1:]
    return "" if plain(line) in _NOTHING else line


def day(typed: str, country: str, today: date) -> str:
    """A date of the past, `YYYY-MM-DD`, as it is written in a country where it may mean two."""
    one, two, three = _parts(typed)
    if len(one) == 4:
        year, month, number = one, two, three
    else:
        year, month, number = three, two, one
        swapped = int(two) > 12 or (country in _MONTH_FIRST and int(one) <= 12)
        month, number = (number, month) if swapped else (month, number)
    try:
        found = date(_year(year, today), int(month), int(number))
    except ValueError:
        raise Invalid(None, "There is no such day.") from None
    if found.isoformat() in _UNKNOWN_DAYS:
        raise Invalid(None, "This day stands for an unknown one.")
    return found.isoformat()


def _parts(typed: str) -> tuple[str, str, str]:
    if compact := re.fullmatch(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})", typed):
        return compact[1], compact[2], compact[3]
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2})?", typed):
        raise Invalid(None, "Only a whole date is kept, with its day.")
    found = _SEPARATED.fullmatch(typed)
    if found is None:
        raise Invalid(None, "This is not a date that we can read.")
    return found[1], found[2], found[3]


def _year(digits: str, today: date) -> int:
    """Of two digits it may be this century's only where it would else be yet to come."""
    if len(digits) == 4:
        return int(digits)
    if len(digits) != 2 or 2000 + int(digits) <= today.year:
        raise Invalid(None, "Give the year with four digits.")
    return 1900 + int(digits)


def sex(typed: str, country: str) -> Sex:
    """Sex as an administration notes it."""
    word = plain(typed)
    if word == "m" and country in _M_IS_A_WOMAN:
        raise Invalid(None, "M stands for two things here: write the word.")
    if word not in _SEXES:
        raise Invalid(None, "We do not know this word. Write female, male, other or unknown.")
    return cast("Sex", _SEXES[word])


def language(typed: str) -> Language:
    """One of the languages that we write in."""
    word = plain(re.sub(r"(?i)^([a-z]{2,3})[-_][a-z0-9-_]+$", r"\1", typed.strip()))
    if word not in _LANGUAGES:
        raise Invalid(None, "We do not write in this language.")
    return cast("Language", _LANGUAGES[word])


def country(typed: str) -> str:
    """A country's two letters (ISO 3166)."""
    if typed.upper() in COUNTRIES:
        return typed.upper()
    if plain(typed) not in _COUNTRIES:
        raise Invalid(None, "We do not know this country: write its two letters.")
    return _COUNTRIES[plain(typed)]


def kind(typed: str) -> Kind:
    """What somebody is to the clinic, by our own names."""
    found = next((one for one in _KINDS if one == plain(typed)), None)
    if found is None:
        raise Invalid(None, f"One of: {', '.join(_KINDS)}.")
    return found


def truth(typed: str) -> bool | None:
    """Yes or no; none where it says neither."""
    word = _TRUTHS.get(plain(typed))
    return word == "yes" if word else None


def email(typed: str) -> str:
    """An e-mail address, in lower case."""
    found = typed.strip().strip("<>").removeprefix("mailto:").lower()
    if not _EMAIL.fullmatch(found) or ".." in found:
        raise Invalid(None, "This is not an e-mail address.")
    return found


def listed(cell: str, at: str = r"[;,|]|\s/\s") -> list[str]:
    """Several things in one cell."""
    return [part for one in re.split(at, cell) if (part := text(one))]
