"""A clinic's own wording of what we begin. Pure.

Minimum content by construction: it has the variables of the text that it stands for, and none else; a word
that tells what a visit is about is refused, in any of the five languages. It is used
where no template goes: a template says what its provider has approved.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Final

from recado.errors import Invalid
from recado.rules.accents import bare

LONGEST: Final = 600
"""Characters: four text messages."""

STEMS: Final = (
    # Specialities, as people and as departments.
    *("cardiolog", "dermatolog", "ginecolog", "gynaecolog", "gynecolog", "oncolog", "urolog", "neurolog"),
    *("psiquiatr", "psychiatr", "psichiatr", "psicolog", "psychol", "psicoterap", "psychother", "psicanal"),
    *("endocrin", "pediatr", "paediatr", "geriatr", "oftalmolog", "ophthalm", "oculist", "otorrin", "otorin"),
    *("gastroenter", "pneumolog", "pneumonolog", "pulmonolog", "reumatolog", "rheumatolog", "nefrolog"),
    *("nephrolog", "hematolog", "haematolog", "ematolog", "infectolog", "infettivolog", "alergolog"),
    *("allergolog", "obstetr", "ostetric", "mastolog", "senolog", "proctolog", "androlog", "hepatolog"),
    *("epatolog", "traumatolog", "ortoped", "orthop", "radiolog", "radioterap", "radiother", "quimioterap"),
    *("quimioter", "chemioterap", "chemother", "fisioterap", "physiother", "logoped", "fonoaudiolog"),
    *("odontolog", "dentist", "podolog", "nutricion", "nutrizion", "nutrition", "fertilid", "fertilit"),
    *("quimio", "chemio", "neurocir", "neurosurg", "neurochir", "bariatr", "prenat", "vasectom", "prostat"),
    # What somebody has, or may have.
    *("diagnos", "cancer", "cancro", "tumor", "tumour", "carcinom", "leucem", "leukaem", "leukem", "linfom"),
    *("lymphom", "diabet", "hepatit", "epatit", "depress", "esquizofren", "schizophren", "schizofren"),
    *("alzheimer", "parkinson", "epilep", "asma", "asthma", "hipertens", "ipertens", "hypertens", "embaraz"),
    *("gravid", "pregnan", "incint", "embaras", "abort", "menopaus", "infertil", "infecc", "infezion"),
    *("infection", "sifilis", "syphil", "sifilid", "tubercul", "dementi", "demenc", "demenz"),
    # What was looked for, and what it showed.
    *("biops", "colonoscop", "endoscop", "gastroscop", "mamograf", "mammograf", "mammogram", "ecograf"),
    *("ecocardiogr", "eletrocardiogr", "electrocardiogr", "elettrocardiogr", "tomograf", "ressonanc"),
    *("resonanci", "risonanz", "ultrasound", "ultrasson", "hemograma", "papanicolau", "dialis", "dialys"),
    *("resultad", "resultat", "risultat", "referto", "referti", "laudo"),
)
WHOLE: Final = frozenset(
    {"hiv", "vih", "aids", "sida", "ist", "std", "covid", "dst", "result", "results", "esito", "esiti", "mri",
     "eeg", "ecg", "ekg", "ivf", "fiv", "tac", "pet", "hpv", "vph", "ivg"}
)  # fmt: skip
"""Words that are so whole: as a beginning they would be of many others."""

SHORT: Final = frozenset(
    {"dr", "dra", "sr", "sra", "srta", "prof", "profa", "dott", "mr", "mrs", "ms", "ud", "uds", "tel", "num",
     "min", "hs", "hrs", "aprox", "approx", "etc", "apt", "pza", "avda", "dept"}
)  # fmt: skip
"""Abbreviations: a voice reads them as they stand."""
_UNSAYABLE: Final = re.compile(r"[0-9]+|[^\W\d_]+\.[^\W\d_]+|[^\w\s.,;:!?¡¿'’·()–—-]")

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_WORD: Final = re.compile(r"[^\W\d_]+")


def checked(body: str, variables: Collection[str], field: str) -> str:
    """The wording on one line. Raises Invalid that names the field: for a variable that the text does not
    have, or a missing one, for what tells what a visit is about, and for what is too long or empty."""
    line = " ".join(body.split())
    if not 1 <= len(line) <= LONGEST:
        raise Invalid(field, f"From 1 to {LONGEST} characters.")
    used = set(_VARIABLE.findall(line))
    if used != set(variables) or "{" in _VARIABLE.sub("", line) or "}" in _VARIABLE.sub("", line):
        raise Invalid(
            field, f"It takes exactly these: {', '.join(f'{{{one}}}' for one in sorted(variables))}."
        )
    if told := telling(_VARIABLE.sub(" ", line)):
        raise Invalid(field, f"A message must not say what a visit is about: “{told}”.")
    return line


def telling(text: str) -> str | None:
    """The first word of a text that tells what a visit is about; none: no word does.

    Signs that nobody sees part no word. A letter of another alphabet may look like one of ours, and hides the
    word that it is in: it counts as telling.
    """
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    for word in _WORD.findall(unicodedata.normalize("NFC", seen)):
        plain = bare(word.casefold())
        if plain in WHOLE or plain.startswith(STEMS) or not all(map(_is_latin, plain)):
            return str(word)
    return None


def _is_latin(sign: str) -> bool:
    """Whether it is no letter of an alphabet that none of the five languages is written in."""
    return not sign.isalpha() or unicodedata.name(sign, "").startswith("LATIN")


def sayable(line: str, field: str) -> str:
    """The wording of a call, if a voice can say it as it is written. Raises Invalid that names the field: for
    an abbreviation, an address, a number in digits, or a sign that is no word."""
    said = _VARIABLE.sub(" ", line)
    unsaid = _UNSAYABLE.search(said)
    short = next((one for one in _WORD.findall(said) if bare(one.casefold()) in SHORT), None)
    if unsaid or short:
        found = unsaid[0] if unsaid else short
        raise Invalid(field, f"A voice says this: write it out in words: “{found}”.")
    return line


def worded(body: str, values: Mapping[str, str]) -> str:
    """The wording with its values."""
    return _VARIABLE.sub(lambda match: values[match[1]], body)
