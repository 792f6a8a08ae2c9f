"""A clinic writes down an answer, or changes one."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from recado.actions.identify import new_id
from recado.errors import Invalid, Stale
from recado.model.article import Article
from recado.model.tenant import Language
from recado.rules.communications import communication_id
from recado.rules.knowledge import said
from recado.store import articles


class Text(NamedTuple):
    """All that is written down."""

    questions: tuple[str, ...]
    answer: str
    source: str
    review_by: date


def write_article(
    tenant: str,
    language: Language,
    text: Text,
    now: datetime,
    *,
    by: str,
    article_id: str | None = None,
    version: int | None = None,
    once: str | None = None,
) -> Article:
    """Store it: as another language's answer of the same id, in the place of what was there, or as a new one
    where no id is given; `once` as in book.

    Raises Invalid that names `questions` or `review_by`, and Stale when it is not at the caller's `version`.
    """
    if text.review_by <= now.date():
        raise Invalid("review_by", "This day is past.")
    if not all(said(one) for one in text.questions):
        raise Invalid("questions", "One of these says nothing.")
    own_id = article_id or _id(tenant, by, once)
    same = (one for one in articles.everything(tenant) if (one.id, one.language) == (own_id, language))
    before = next(same, None)
    if version is not None and (before is None or before.version != version):
        raise Stale
    article = Article(
        id=own_id,
        language=language,
        at=now,
        by=by,
        version=before.version if before else 0,
        **text._asdict(),
    )
    articles.save_article(tenant, article)
    return article.model_copy(update={"version": article.version + 1})


def _id(tenant: str, by: str, once: str | None) -> str:
    return f"k{communication_id(tenant, 'recado', by, once)[:20]}" if once else new_id("k")
