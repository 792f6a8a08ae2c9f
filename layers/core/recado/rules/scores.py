"""What number an answer to a survey is, in five languages. Pure.

Conservative, as rules/replies.py is: the number comes first, and alone or before why. A time, a date, a
price, or a question is for a person to read.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from recado.model.survey import SurveyKind
from recado.rules.accents import bare


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


RANGES: Final[dict[SurveyKind, range]] = {"nps": range(11), "csat": range(1, 6)}

WORDS: Final[dict[str, int]] = {
    word: number
    for number, words in enumerate(
        (
            "zero cero",
            "um uma un una uno u one",
            "dois duas dos due duo dues two",
            "tres tre three",
            "quatro cuatro quattro quatre four",
            "cinco cinque cinc five",
            "seis sei sis six",
            "sete siete sette set seven",
            "oito ocho otto vuit huit eight",
            "nove nueve nou nine",
            "dez diez dieci deu ten",
        )
    )
    for word in words.split()
}

_BEFORE: Final = _set(
    "um uma un una uno eu yo io jo le li dou doy do dono poso metto pongo nota notas voto puntuacion "
    "puntuacio pontuacao punteggio score rating i id a my la mi mia minha meu the el il es e is give "
    "doi would say diria direi digo seria sera con com"
)
"""Words that may come before the number: an article, `my score is`."""
_AFTER: Final = _set(
    "ponto pontos punto puntos punti punt punts point points estrela estrelas estrella estrellas stella "
    "stelle estrelles star stars obrigado obrigada obg gracias gracies grazie thanks thank you merci "
    "por mille moltes muchas muito claro sicuro seguro seguramente con gusto com certeza sempre"
)
"""Words that may follow it and say nothing more."""
_WHY: Final = re.compile(
    r"\s*(?:[.,;:!-]|(?:porque|pois|pq|perche|perque|because|mas|pero|ma|but|e|y|i|and)\b)"
)
"""What stands between it and the reason for it."""
_OF: Final = r"(?:\s*/\s*|\s+(?:de|sobre|su|sur|out\s+of|of|em|en)\s+)"
_ANOTHER: Final = re.compile(r"[.,-]?\d|\s*[:/h%€$]|\s*(?:-|a|e|i|o|y|ou|or|to)\s*\d")
"""What makes something else of it: a time, a share, one of two."""
_STARS: Final = re.compile("[⭐🌟★]")


class Heard(NamedTuple):
    """The score, and whether there was more than it: why they say so."""

    score: int
    why: bool = False


def heard(text: str, kind: SurveyKind) -> Heard | None:
    """The score that an answer gives; none: it gives no one score of this kind."""
    if re.search("[?¿]", text):
        return None
    said = _folded(text)
    if stars := len(_STARS.findall(said)):
        return _within(stars, kind, _STARS.sub("", said)) if kind == "csat" else None
    match = _pattern(kind).match(_without_lead(said))
    if not match:
        return None
    found = match["digits"] or match["word"]
    number = int(found[:9]) if found.isdecimal() else WORDS.get(found)
    return None if number is None else _within(number, kind, match["rest"])


def _pattern(kind: SurveyKind) -> re.Pattern[str]:
    """A number, perhaps `of` the highest there is; then nothing, a sign, or words."""
    most = RANGES[kind][-1]
    words = "|".join(word for word, number in WORDS.items() if number == most)
    of = rf"(?:{_OF}(?:{most}|{words})\b)?"
    return re.compile(rf"(?:(?P<digits>\d+)|(?P<word>[a-z]+)){of}(?P<rest>.*)")


def _within(number: int, kind: SurveyKind, rest: str) -> Heard | None:
    """What follows must not make another number of it (`9:30`, `9%`, `9 horas`)."""
    if number not in RANGES[kind] or _ANOTHER.match(rest):
        return None
    words = re.findall(r"[a-z0-9]+", rest)
    if all(one in _AFTER for one in words):
        return Heard(number)
    return Heard(number, why=True) if _WHY.match(rest) else None


def _without_lead(said: str) -> str:
    """What is said, from the number on."""
    words = said.split(" ")
    while len(words) > 1 and words[0].strip(".,;:!") in _BEFORE:
        if words[0].strip(".,;:!") in WORDS and not _is_number(words[1]):
            break
        words = words[1:]
    return " ".join(words)


def _is_number(word: str) -> bool:
    found = re.match(r"\d+|[a-z]+", word)
    return found is not None and (found[0].isdecimal() or found[0] in WORDS)


def _folded(text: str) -> str:
    """In lower case, without accents; a line ends like a clause, and a keycap is its digit."""
    plain = bare(text.casefold().replace("🔟", "10")).replace("\ufe0f", "")
    lines = re.sub(r"\s*\n\s*", ", ", plain.strip())
    return " ".join(lines.split()).lstrip("\"'“”«(!¡*_ ")
