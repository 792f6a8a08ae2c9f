"""Whom somebody names who was asked for whom they write: a short answer in any of the five languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from recado.model.patient import Link
from recado.rules.accents import bare
from recado.rules.display_names import ranked

LONGEST: Final = 60
"""Characters. What is longer is a message."""
MOST: Final = 4
"""Words of a name, as people give it when they are asked for the first."""

# Without accents. What people put before a name: "é para o meu filho", "soc la", "it's for my daughter".
_LEADING: Final = """
    e eh es is its it sao son sono sou soy soc im am i this aqui para pra pro pros per por for about sobre
    o a os as el la los las il lo le les en na un una the de da do del di della d l al als
    meu minha nosso nossa mi nuestro nuestra mio mia nostro nostra meva meu meus my our
    filho filha filhos hijo hija figlio figlia fill filla son daughter child bebe baby
    mae pai madre padre mare pare mother father mom mum dad avo avó abuela abuelo nonna nonno avia avi
    marido esposa esposo mujer moglie marito dona wife husband irmao irma hermano hermana fratello sorella
    germa germana brother sister neto neta nieto nieta nipote net grandson granddaughter
    consulta cita visita appuntamento appointment mensagem mensaje messaggio missatge message
    chama chamo llama llamo chiama chiamo diu dic se si me mi em nome nombre nom name nomes ele ela him her
"""
_BEFORE: Final = frozenset(_LEADING.split())
_POLITE: Final = """
oi ola hola ciao salve hello hey hi bom boa bon bona bones buenos buenas buon buona buongiorno buonasera good
obrigado obrigada gracias grazie gracies merci thanks thank please favor plau sisplau cortesia
"""
_COURTESY: Final = frozenset(_POLITE.split())
_POLITE_AFTER: Final = frozenset(
    {"dia", "dias", "tarde", "tardes", "tarda", "noite", "noches", "nit", "sera"}
)
"""Of a greeting, where it follows one of those: Dias is a name."""
_AND: Final = frozenset({"e", "y", "i", "and", "ed", "&"})
_ME: Final = frozenset({"mim", "mi", "me", "myself", "eu", "yo", "io", "jo"})
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def named(text: str, links: Sequence[Link]) -> Link | str | None:
    """One of those behind the contact point, or the name of somebody who is not; none: nobody for sure.

    Two of whom a name is as well are not told apart. Somebody new is believed only where the answer is
    nothing but a name that many bear, or says that it is one, and writes it so ("para o Kauã").
    """
    words = _words(text)
    name, led = _bare(words)
    if not name or len(name) > MOST or any(_folded(word) in _AND for word in name[1:-1]):
        return None
    said = " ".join(name)
    fitting = ranked(said, links)
    if fitting:
        return fitting[0] if len({link.person or link.patient for link in fitting}) == 1 else None
    return _written(name) if _is_name(name, led=led) else None


def _words(text: str) -> list[str]:
    if len(text) > LONGEST or re.search(r"[?¿0-9]", text):
        return []
    return _WORD.findall(text)


def _bare(words: Sequence[str]) -> tuple[list[str], bool]:
    """The words without greetings, thanks and what leads to a name, and whether anything did."""
    folded = ["", *map(_folded, words)]
    left = [word for word, before in zip(words, folded, strict=False) if not _is_polite(word, before)]
    start = 0
    while start < len(left) and _folded(left[start]) in _BEFORE:
        start += 1
    return left[start:], start > 0


def _is_polite(word: str, before: str) -> bool:
    one = _folded(word)
    return one in _COURTESY or (one in _POLITE_AFTER and before in _COURTESY)


def _is_name(name: Sequence[str], *, led: bool) -> bool:
    from recado.rules.matching import commons, nicknames  # noqa: PLC0415 - tables, seldom needed
    from recado.rules.matching.names import parsed  # noqa: PLC0415

    first = _folded(name[0])
    if first in _ME or not parsed(" ".join(name)).tokens:
        return False
    known = commons.is_given(first) or nicknames.has(first)
    return known or (led and len(name) <= 2 and all(word.istitle() for word in name))


def _written(name: Sequence[str]) -> str:
    """As names are written, where it was typed in small letters or in capitals only."""
    said = " ".join(name)
    return " ".join(word.capitalize() for word in name) if said.islower() or said.isupper() else said


def _folded(word: str) -> str:
    return "".join(sign for sign in bare(word.casefold()) if sign not in "'’-")
