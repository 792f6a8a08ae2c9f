"""The part of the stand-in API that keeps answers to frequent questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from recado.rules.plain import LIMITS, plainness
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]


def article(ident: str, question: str, answer: str, **values: Any) -> Json:
    """An English answer of the clinic's own that nobody need look at for long."""
    return {
        "id": ident,
        "language": "en",
        "version": 1,
        "questions": [question],
        "answer": answer,
        "source": "Reception",
        "review_by": "2099-05-01",
        "stale": False,
        "at": "2026-11-02T12:00:00Z",
        "by": "agent:ana",
        "score": None,
        "answers": None,
    } | values


@dataclass
class Articles:
    """What is written, and what was asked and not found."""

    items: list[Json] = field(default_factory=list)
    unanswered: list[Json] = field(default_factory=list)
    asked: list[tuple[str, Json]] = field(default_factory=list)


class ArticleRoutes:
    """The routes, over one World."""

    world: Any

    def get_articles(self, rest: list[str], request: Request, _: Json) -> Response:
        known = self.world.articles
        if rest == ["unanswered"]:
            return JSONResponse({"items": known.unanswered, "next": None})
        language, words = request.query_params.get("language"), request.query_params.get("q", "")
        found = [one for one in known.items if one["language"] == language and words in one["questions"][0]]
        if words:
            found = [one | {"answers": place == 0} for place, one in enumerate(found)]
        return JSONResponse({"items": found, "next": None})

    def post_texts(self, _: list[str], __: Request, body: Json) -> Response:
        found = plainness(body["text"], body["language"])
        told: Json = {"lix": found.lix, "limit": LIMITS[body["language"]], "hard": found.hard}
        told["long_sentences"] = found.long_sentences
        told["jargon"] = [{"word": one.word, "plain": one.plain} for one in found.jargon]
        return JSONResponse(told)

    def post_articles(self, _: list[str], __: Request, body: Json) -> Response:
        known = self.world.articles
        known.asked.append(("write", body))
        ident = body.get("id", "new")
        written = article(ident, "", "") | body | {"id": ident, "version": body.get("version", 0) + 1}
        known.items = [*(one for one in known.items if one["id"] != ident), written]
        known.unanswered = [one for one in known.unanswered if one["text"] not in body["questions"]]
        return JSONResponse(written, 201)

    def delete_articles(self, rest: list[str], *_: Any) -> Response:
        known = self.world.articles
        known.items = [one for one in known.items if [one["id"], one["language"]] != rest]
        return JSONResponse({"items": [], "next": None})
