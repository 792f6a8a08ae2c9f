"""What a patient's short answer means: to "will you come? 1 confirms, 2 cancels", in five languages.

Conservative, since a wrong reading moves a visit: only an answer that is nothing but an answer counts. A
longer text that merely holds such a word, a question, or two answers at once is for a person to read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from recado.rules.accents import bare
from recado.rules.phrases import CANCEL, CONFIRM, COURTESY, HUMAN, OPTIN, OPTOUT, SLIPPED

Kind = Literal["confirm", "cancel", "optout", "optin", "human", "unclear", "other"]
"""`unclear`: short, as if an answer, but of no or two meanings; it may be asked again, once.
`other`: something else was said; it is for a person, and no machine should answer it."""


class Reply(NamedTuple):
    """`number` is the bare number they sent, for a question that offered a list."""

    kind: Kind
    number: int | None = None


LONGEST: Final = 60
"""Characters. What is longer is a message, not an answer."""
SHORTEST: Final = 5
"""Letters of a word in which one may be wrong."""

NUMBERS: Final[dict[int, Kind]] = {1: "confirm", 2: "cancel"}
NUMERALS: Final = {"uno": 1, "um": 1, "one": 1, "dos": 2, "dois": 2, "due": 2, "two": 2}

EMOJI: Final[dict[str, Kind]] = {
    **dict.fromkeys("👍👌✅✔☑🆗", "confirm"),
    **dict.fromkeys("👎❌✖🚫", "cancel"),
}
WAVES: Final = "👋🙋"
GRATEFUL: Final = "🙏❤💙💚🧡💜💛🤍💖💗💕🥰😍🤗😘🌹🌸💐🫶👏"
SMILES: Final = f"{WAVES}{GRATEFUL}😊🙂😀😃😄😁😉☺😅😇"
"""Courtesy without words: a wave and a smile greet, the others thank."""

THANKS: Final = frozenset(
    {
        "obrigado",
        "obrigada",
        "brigado",
        "brigada",
        "obg",
        "gracias",
        "gràcies",
        "grazie",
        "thanks",
        "thank you",
        *("valeu", "vlw", "tks", "thx", "tnx", "ty", "grz", "merci"),
    }
)
"""Of the words of courtesy, those that thank."""

TABLES: Final[dict[Kind, dict[str, str]]] = {
    "confirm": CONFIRM,
    "cancel": CANCEL,
    "optout": OPTOUT,
    "optin": OPTIN,
    "human": HUMAN,
}


def read(text: str, payload: str | None = None, languages: Iterable[str] = ()) -> Reply:
    """What an answer means. Never raises.

    `payload` is a pressed button's (`confirm`, `cancel`, or `confirm:<what about>`) and wins over the text.
    `languages` are looked at first, in their order; the others after them, since people answer in any.
    """
    answer = (payload or "").partition(":")[0]
    if answer == "confirm":
        return Reply("confirm")
    if answer == "cancel":
        return Reply("cancel")
    text = text.strip()
    if not text or len(text) > LONGEST or re.search("[?¿]", text):
        return Reply("other")
    return _short(text, tuple(dict.fromkeys([*languages, *CONFIRM])))


def courtesy(text: str) -> Literal["greeting", "thanks"] | None:
    """What a message is that is nothing but courtesy: a thanks, else a greeting; none: it says something."""
    if len(text) > LONGEST:
        return None
    words = _folded(text)
    if not words:
        return _wordless(text)
    if _without_courtesy(words):
        return None
    spelt = f" {_spelt(words)} "
    return "thanks" if any(f" {_folded(one)} " in spelt for one in THANKS) else "greeting"


def _wordless(text: str) -> Literal["greeting", "thanks"] | None:
    """What a wave, a heart, a thumb says where nothing was asked."""
    if any(EMOJI.get(sign) == "cancel" for sign in text):
        return None
    if any(sign in GRATEFUL or sign in EMOJI for sign in text):
        return "thanks"
    return "greeting" if any(sign in SMILES for sign in text) else None


def is_cancel_keyword(text: str) -> bool:
    """Whether this is nothing but CANCEL, which SMS carriers and providers take for an opt-out."""
    return _folded(text) == "cancel"


def _short(text: str, languages: tuple[str, ...]) -> Reply:
    signs = {EMOJI[sign] for sign in text if sign in EMOJI}
    words = _without_courtesy(_folded(text))
    if not words:
        return Reply(_one_of(signs) if signs else "other")
    if (number := _number(words)) is not None:
        return Reply(_one_of(signs | {NUMBERS.get(number, "unclear")}), number)
    kind = _phrase(words, languages)
    if kind is None:
        return Reply("unclear" if len(words.split()) <= 2 else "other")
    return Reply(_one_of(signs | {kind}))


def _one_of(kinds: set[Kind]) -> Kind:
    return kinds.pop() if len(kinds) == 1 else "unclear"


def _number(words: str) -> int | None:
    """A bare number of up to two digits, with "option" (in any of the languages) before it or not."""
    match = re.fullmatch(
        r"(?:(?:la|el|il|o|a|the) )?(?:op[a-z]+ |numero |number )?([0-9]{1,2}|[a-z]+)", words
    )
    if not match:
        return None
    return NUMERALS.get(match[1]) if match[1].isalpha() else int(match[1])


def _phrase(words: str, languages: tuple[str, ...]) -> Kind | None:
    """The first language that knows these words decides; failing that, they confirm if each of them does."""
    for language in languages:
        for kind in TABLES:
            if words in _lexicon(kind, language):
                return kind
    agreeing = frozenset[str]().union(*(_lexicon("confirm", language) for language in languages))
    return "confirm" if _only_of(words.split(), agreeing) else None


def _only_of(words: list[str], phrases: frozenset[str]) -> bool:
    """Whether the words can be cut into these phrases, without any left over."""
    reachable = {0}
    for end in range(1, len(words) + 1):
        if any(start in reachable and " ".join(words[start:end]) in phrases for start in range(end)):
            reachable.add(end)
    return len(words) in reachable


def _without_courtesy(words: str) -> str:
    """The words less every greeting and thanks."""
    left: str = _courtesy().sub(" ", f" {_spelt(words)} ")
    return " ".join(left.split())


def _spelt(words: str) -> str:
    """The words, those of courtesy without a slip of the thumb."""
    return " ".join(_meant(word) or word for word in words.split())


def _meant(word: str) -> str:
    """The long word of courtesy that this is with one letter wrong; none: ""."""
    if len(word) < SHORTEST or not word.isalpha() or word in _of_courtesy():
        return ""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - a button's answer needs none

    alike = (one for one in _long_courtesy() if one[0] == word[0])
    return next((one for one in alike if OSA.distance(word, one, score_cutoff=1) <= 1), "")


@functools.cache
def _lexicon(kind: Kind, language: str) -> frozenset[str]:
    return frozenset(
        _folded(phrase) for phrase in TABLES[kind].get(language, "").split("|") if phrase.strip()
    )


@functools.cache
def _of_courtesy() -> frozenset[str]:
    return frozenset(word for phrase in COURTESY.split("|") for word in _folded(phrase).split())


@functools.cache
def _long_courtesy() -> tuple[str, ...]:
    words = (_folded(phrase) for phrase in SLIPPED.split("|"))
    return tuple(dict.fromkeys(words))


@functools.cache
def _courtesy() -> re.Pattern[str]:
    phrases = sorted({_folded(phrase) for phrase in COURTESY.split("|")}, key=len, reverse=True)
    return re.compile(f"(?<= )(?:{'|'.join(map(re.escape, phrases))})(?= )")


def _folded(text: str) -> str:
    """Without case, accents, apostrophes, punctuation and emoji; a repeated letter once; one space between
    words.

    A sign that is none of these (%, /, a digit's company) stays, so that "10%" or "1/2" is not taken for an
    answer.
    """
    plain = re.sub(r"['’`´·‧・\u200d\ufe0f\u20e3]|(?<=l)[.•-](?=l)", "", bare(text).casefold())
    plain = "".join(" " if _is_silent(sign) else sign for sign in plain)
    return re.sub(r"([^\W\d_])\1+", r"\1", " ".join(plain.split()))


def _is_silent(sign: str) -> bool:
    """Punctuation that carries no meaning here, and the emoji that were looked at on their own."""
    return sign in '.,;:!¡()[]{}"*_-–—…«»“”' or sign in EMOJI or sign in SMILES or "🏻" <= sign <= "🏿"
