"""Whether words of the clinic's own are plain enough for everybody who gets them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from recado.model.tenant import Language
from recado.rules.plain import LIMITS, plainness
from typing_extensions import TypedDict

from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)


class Words(Asked):
    """What somebody means to write."""

    language: Language
    text: Annotated[str, Field(max_length=2000)]


class JargonOf(TypedDict):
    """A word of it, and what patients say for it."""

    word: str
    plain: str


class Plainness(TypedDict):
    """`lix`: how hard it is to read (Björnsson), null for a few words; `hard`: more than `limit`."""

    lix: int | None
    limit: int
    hard: bool
    long_sentences: list[str]
    jargon: list[JargonOf]


@resource.route("POST", "/texts/check", "check_text", Plainness, body=Words)
def check(_: Call, body: Words) -> Plainness:
    """What would make it plainer: it may be saved as it is. Nothing is stored."""
    found = plainness(body.text, body.language)
    return {
        "lix": found.lix,
        "limit": LIMITS[body.language],
        "hard": found.hard,
        "long_sentences": list(found.long_sentences),
        "jargon": [{"word": one.word, "plain": one.plain} for one in found.jargon],
    }
