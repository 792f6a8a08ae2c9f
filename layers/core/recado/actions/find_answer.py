"""Has the clinic an answer to a question?"""

from __future__ import annotations

from datetime import datetime

from recado.model.tenant import Language, Tenant
from recado.rules import knowledge
from recado.rules.flows.scene import Done, Scene
from recado.rules.knowledge import Found
from recado.rules.times import wall
from recado.store import articles
from recado.store.articles import Asked


def find_answer(tenant: str, scene: Scene) -> Done:
    """The article that answers, with where it is from. A question that has none is noted, and the
    clinic's people see what they could write, but not who asked."""
    language = scene.contact.language
    found = known_answer(tenant, scene.clinic, scene.said, language, scene.now)
    if found is not None:
        given = {"answer": found.article.answer, "source": found.article.source}
        return Done("found", {**given, "article": found.article.id})
    kept = knowledge.kept(scene.said)
    if kept:
        asked = Asked(kept, knowledge.gist(kept), language)
        articles.note_unanswered(tenant, asked, scene.communication, scene.now)
    return Done("none")


def known_answer(
    tenant: str, clinic: Tenant, question: str, language: Language, now: datetime
) -> Found | None:
    """The clinic's answer to it, if there is one that holds today."""
    today = wall(now, clinic.timezone).date()
    return knowledge.answer_to(question, articles.recent(tenant), language, today)
