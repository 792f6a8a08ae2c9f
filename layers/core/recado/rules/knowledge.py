"""Which of a clinic's articles answers a question, or none: better a person than the wrong answer.

Each way of asking that an article lists is compared with the question by the words that say something, a word
that is in few articles counting for more; typos, accents and endings do not matter much.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from rapidfuzz.distance import JaroWinkler

from recado.model.article import Article
from recado.rules.flows.folded import folded

ENOUGH: Final = 0.6
"""Of what the question says, so much has to be said by the article too, and the other way round, on average.
Held by tests/rules/test_knowledge.py: what is on other matters must not get an answer."""
ALIKE: Final = 0.9
"""From here on two words count as one (Jaro-Winkler): a typo, a plural, another ending."""
LONGEST: Final = 300
KEPT: Final = 120
"""Characters of a question that are kept."""

# Words that say nothing of what is asked, folded: in the five languages together, as people mix them.
_WORDS: Final = """
a o as os um uma de do da dos das em no na nos nas por para pra com sem que qual quais quanto quanta
quantos e ou se eu voce voces me meu minha seu sua ola oi bom boa dia tarde noite favor obrigado
obrigada gostaria queria quero saber posso pode podem poderia tem ter ha eh sao ser esta estao fica
tudo bem ai la aqui vcs vc el los las un una unos unas del al en y con sin cual cuales cuanto cuanta
cuantos es son hay tienen tiene yo mi su usted ustedes hola buenos buenas dias tardes noches gracias
quiero quisiera puedo pueden podria si lo le les il gli i uno di dello della dei degli delle in nel
nella per tra fra che quale quali io mio mia vostro vostra suo ciao salve buongiorno buonasera
grazie vorrei voglio sapere puo potete avete ho sono ce ci els uns unes dels amb sense quin quina
quins quines quant jo meva seva bon bona tarda nit gracies merci voldria vull puc pot poden teniu te
hi vostre the an of on at to for with without what whats which how much many is are does did can could
would you your my we us it hello hey please thanks thank like know want have has there be any and or
if
"""
_SILENT: Final = frozenset(_WORDS.split())
# How people ask what something costs, folded: said by words that say nothing each by itself.
_COSTS: Final = (
    "how much (?:is|are|does|do|did|would|will|for|it)|"
    "(?:quanto|qto|qnto|qnt) (?:e|eh|fica|ficam|sai|sao|seria|custa|custam|cobra|cobram|pago)|"
    "quanto (?:viene|vengono|costa|costano|fa|devo)|"
    "(?:que|qual|quale|quin) (?:o |el |e |es |il )*(?:valor|preco|precio|prezo|preu|costo|custo)|"
    "cuanto (?:es|son|sale|salen|seria|cuesta|cuestan|vale|valen|cobra|cobran|me cobran|pago)|"
    "quant (?:es|son|seria|costa|costen|val|valen|cobreu|pago)|"
    r"custo|costo|costs?|prices?|precos?|precios?|preus?|prezi|prezo|tarif\w*|valor(?:es)?"
)
PRICE: Final = "price"
_PRICE: Final = re.compile(rf"\b(?:{_COSTS})\b|\b(?:how much|quanto|qto|cuanto|quant)$")
_NUMBER: Final = re.compile(r"\S*[\d@]\S*|\S*://\S*|www\.\S*")


_SIGNS: Final = re.compile(r"[^\w\s'’·-]|_")


class Found(NamedTuple):
    article: Article
    score: float


def answer_to(question: str, articles: Sequence[Article], language: str, today: date) -> Found | None:
    """The article that answers, in this language; none where it is not clear, or the clinic has not looked
    at it by the day it said it would."""
    live = [one for one in articles if one.language == language and today <= one.review_by]
    found = search(question, live)
    if not found or found[0].score < ENOUGH:
        return None
    runner_up = next((one for one in found[1:] if one.article.id != found[0].article.id), None)
    close = runner_up is not None and runner_up.score > found[0].score - 0.05
    return None if close else found[0]


def search(question: str, articles: Sequence[Article]) -> list[Found]:
    """All articles that have something to do with it, the best first."""
    asked = said(question)
    weights = _weights(articles)
    scored = [Found(one, max(_agree(asked, said(way), weights) for way in one.questions)) for one in articles]
    fitting = [one for one in scored if one.score > 0]
    return sorted(fitting, key=lambda one: (-one.score, one.article.id))


def said(text: str) -> tuple[str, ...]:
    """The words of a text that say something, folded, each once; all of them where none does. However
    somebody asks what a thing costs, it is one word."""
    words = _PRICE.sub(f" {PRICE} ", folded(text[:LONGEST])).split()
    telling = [word for word in words if word not in _SILENT and len(word) > 1]
    return tuple(dict.fromkeys(telling or words))


def kept(text: str) -> str:
    """What is kept of a question that had no answer: its words in small letters, without anything that has a
    digit, an address or a link in it."""
    bare = _NUMBER.sub(" ", unicodedata.normalize("NFKC", text[:LONGEST]))
    return " ".join(_SIGNS.sub(" ", bare.casefold()).split())[:KEPT].strip()


def gist(text: str) -> str:
    """What questions are counted together by: the words that say something, in whatever order."""
    return " ".join(sorted(said(text)))


def _weights(articles: Sequence[Article]) -> dict[str, float]:
    """How much a word tells: the fewer articles have it, the more."""
    words = ({word for way in one.questions for word in said(way)} for one in articles)
    there = Counter(itertools.chain.from_iterable(words))
    return {word: math.log(1 + (len(articles) + 1) / (times + 0.5)) for word, times in there.items()}


def _agree(asked: Sequence[str], known: Sequence[str], weights: dict[str, float]) -> float:
    """From 0 to 1: how much of each is in the other, the harmonic mean; unknown words weigh as the rarest."""
    rarest = max(weights.values(), default=1.0)
    covered = _covered(asked, known, weights, rarest)
    covering = _covered(known, asked, weights, rarest)
    return 2 * covered * covering / (covered + covering) if covered and covering else 0.0


def _covered(words: Sequence[str], others: Sequence[str], weights: dict[str, float], rarest: float) -> float:
    total = sum(weights.get(word, rarest) for word in words)
    both = sum(weights.get(word, rarest) for word in words if any(_alike(word, other) for other in others))
    return both / total if total else 0.0


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    long = min(len(one), len(other)) > 3
    return long and JaroWinkler.similarity(one, other, score_cutoff=ALIKE) >= ALIKE
