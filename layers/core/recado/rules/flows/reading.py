"""What an answer to a flow's question means: a button, a number, yes or no, the words of a choice, a date.

Conservative where it chooses (a wrong reading moves a visit), generous in how it is written: "1",
"sii ok 👍", a typo, no accents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from recado.model.dialogue import Dialogue
from recado.model.flow import Ask, Flow
from recado.rules.dialogues import FOR_PEOPLE, OPENINGS
from recado.rules.flows.folded import folded
from recado.rules.flows.times_named import fitting
from recado.rules.replies import Reply

PERSON: Final = "!person"
"""The value of the option that every question has: to talk to a person (R47)."""
CHOICE: Final = "="
"""Begins the value of a choice of the flow's own; any other is of something that was found."""
FEW_WORDS: Final = 6
"""Who writes more than this says something, and does not choose."""
LETTERS_PER_TYPO: Final = 4
LEAST_DIGITS: Final = 3
_ANY: Final = frozenset({"menu", "confirm", "book"})
"""Flows that the words of an answer may seem to ask for: a greeting, a yes, "a visit"."""
MOST_DIGITS: Final = 20

_ORDINALS: Final = """
    primeiro primeira primero primera primo prima primer first
    segundo segunda secondo seconda segon segona second
    terceiro terceira tercero tercera terzo terza tercer third
"""
ORDINALS: Final = {word: number for number, line in enumerate(_ORDINALS.split("\n")) for word in line.split()}
_MONTHS: Final = """
    jan ene gen
    feb fev
    mar
    abr apr
    mai may mag
    jun giu
    jul lug
    ago aug
    set sep
    out oct ott oto
    nov
    dez dic des dec
"""
MONTHS: Final = {word: number for number, line in enumerate(_MONTHS.split("\n")) for word in line.split()}
"""The first three letters, folded, in the five languages."""
_BUTTON: Final = re.compile(r"do:([0-9]{1,6}):([0-9]{1,2})")
_DATE: Final = re.compile(r"(?<!\d)([0-9]{1,4})\D{1,6}([0-9]{1,2})\D{1,6}([0-9]{1,4})(?!\d)")
_WALL: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2})\|.+")
"""A time that was found, and whose it is (choices)."""
_WAITING: Final = re.compile(r"\b(?:lista (?:d|de |di )?(?:espera|atesa)|fila de espera|waiting list)\b")
_LEAVES: Final = """
    no non nao not dont uscire tolga togliere toglietemi togliermi cancelare cancelarmi salir quitar quiten
    quite borrar sair tirar tire retirar remover sortir treure tregui esborrar of out leave remove
"""
_NOT_JOINING: Final = frozenset(_LEAVES.split())
"""Who says one of these of the waiting list does not ask to be put on it."""
_PACKED: Final = re.compile(r"(?<!\d)([0-9]{2})([0-9]{2})([0-9]{4})(?!\d)")


class Heard(NamedTuple):
    """What they said, as it was read before: as a short answer, and by its intent; on which of the clinic's
    days, and in which language, as far as that is known."""

    text: str
    payload: str | None
    reply: Reply
    intent: str
    sure: bool
    today: date | None = None
    language: str = ""


def wants_to_wait(text: str) -> bool:
    """Whether they ask to be put on the waiting list, and nothing else of it."""
    words = folded(text)
    joins = len(words.split()) <= 2 * FEW_WORDS and _WAITING.search(words) is not None
    return joins and "?" not in text and not _NOT_JOINING.intersection(words.split())


def payload(turn: int, number: int) -> str:
    """What a button carries: the turn in which it was shown, and its number. Under an older turn it is read
    by its title, as if they had written it."""
    return f"do:{turn}:{number}"


def chosen(flow: Flow, ask: Ask, dialogue: Dialogue, heard: Heard) -> str | None:
    """The value of the option that they took, or what they were asked for; none: it is not clear."""
    pressed = _pressed(dialogue, heard)
    asked_for = None if pressed else _asked_for(ask, heard.text)
    if asked_for is not None:
        return asked_for
    number = pressed or _number(heard)
    if number is not None:
        return dialogue.options[number - 1][0] if 1 <= number <= len(dialogue.options) else None
    if heard.reply.kind == "human":
        return PERSON
    known = _meant(ask, heard) or _named(flow, dialogue, heard) or _timed(dialogue, heard)
    return known or _intended(ask, heard) or _open(ask, heard)


def _pressed(dialogue: Dialogue, heard: Heard) -> int | None:
    match = _BUTTON.fullmatch(heard.payload or "")
    return int(match[2]) if match and int(match[1]) == dialogue.turns else None


def _number(heard: Heard) -> int | None:
    if heard.reply.number is not None:
        return heard.reply.number
    words = folded(heard.text).split()
    found = {ORDINALS[word] for word in words if word in ORDINALS}
    return found.pop() if len(found) == 1 and len(words) <= 3 else None


def _meant(ask: Ask, heard: Heard) -> str | None:
    means = {"confirm": "yes", "cancel": "no"}.get(heard.reply.kind)
    return next((f"{CHOICE}{one.id}" for one in ask.choices if means and one.means == means), None)


def _named(flow: Flow, dialogue: Dialogue, heard: Heard) -> str | None:
    """By its words; but who asks what a visit costs, or wants to move one, does not choose the visit."""
    value = titled(dialogue.options, heard.text)
    if value is None or value.startswith(CHOICE) or not _leaves(flow, heard):
        return value
    title = folded(dict(dialogue.options)[value]).split()
    return value if _within(folded(heard.text).split(), title) else None


def _leaves(flow: Flow, heard: Heard) -> bool:
    """Whether what they want is another flow's matter, or a person's."""
    to = OPENINGS.get(heard.intent)
    elsewhere = heard.intent in FOR_PEOPLE or to not in (None, flow.id, *_ANY)
    return heard.sure and elsewhere


def _timed(dialogue: Dialogue, heard: Heard) -> str | None:
    """The one time of those offered that they name by its day, its hour or a part of the day."""
    matches = ((value, _WALL.fullmatch(value)) for value, _ in dialogue.options)
    walls = {value: datetime.fromisoformat(found[1]) for value, found in matches if found}
    meant = fitting(heard.text, walls.values(), heard.today) if walls and heard.today else []
    fits = [value for value, wall in walls.items() if wall in meant]
    return fits[0] if len(fits) == 1 else None


def titled(options: Sequence[tuple[str, str]], text: str) -> str | None:
    """The value of the one option whose words these are, or are a part of; none: it is not clear."""
    words = folded(text).split()
    if not words or len(words) > FEW_WORDS:
        return None
    fitting = [value for value, title in options if _names(words, folded(title).split())]
    return fitting[0] if len(fitting) == 1 else None


def _names(words: Sequence[str], title: Sequence[str]) -> bool:
    """Whether all of a title's words are there, or all that was written is of the title; typos allowed."""
    wholly = all(any(_alike(one, other) for other in words) for one in title)
    letters = sum(len(word) for word in words)
    return wholly or (letters > 2 and _within(words, title))


def _within(words: Sequence[str], title: Sequence[str]) -> bool:
    """Whether each of these words is one of the title's; typos allowed."""
    return all(any(_alike(one, other) for other in title) for one in words)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    allowed = min(len(one), len(other)) // LETTERS_PER_TYPO
    return one.isalpha() and allowed > 0 and OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _intended(ask: Ask, heard: Heard) -> str | None:
    """A choice that is called as what they want."""
    return next((f"{CHOICE}{one.id}" for one in ask.choices if heard.sure and one.id == heard.intent), None)


def _open(ask: Ask, heard: Heard) -> str | None:
    return heard.text.strip()[:200] or None if ask.expects == "words" else None


def _asked_for(ask: Ask, text: str) -> str | None:
    """A date, or a number of so many digits that it chooses no option."""
    if ask.expects == "date":
        found = read_date(text)
        return found.isoformat() if found else None
    digits = "".join(str(int(one)) for one in text if one.isdecimal()) if ask.expects == "digits" else ""
    return digits if LEAST_DIGITS <= len(digits) <= MOST_DIGITS else None


def read_date(text: str) -> date | None:
    """A date, the day first as in all five languages' countries, or the year (ISO 8601); the month in numbers
    or by its name."""
    match = _DATE.search(text) or _PACKED.search(text)
    if match is None:
        return _with_name(text)
    first, month, last = (int(part) for part in match.groups())
    year, day = (first, last) if len(match[1]) == 4 else (last, first)
    return _date(year, month, day)


def _with_name(text: str) -> date | None:
    words = re.findall("[a-z]+", folded(re.sub("['’]", " ", text)))
    numbers = [int(digits[:9]) for digits in re.findall("[0-9]+", text)]
    months = {MONTHS[word[:3]] for word in words if word[:3] in MONTHS}
    if len(numbers) != 2 or len(months) != 1:
        return None
    return _date(numbers[1], months.pop(), numbers[0])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1000 <= year <= 9999 else None
    except ValueError:
        return None
