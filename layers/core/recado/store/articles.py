"""What a clinic answers to frequent questions, and what was asked and not found.

Articles are one partition of the tenants table, `T#t#K`, read as a whole and cached a minute. A question that
had no answer is a row of the contacts table, `T#t#U`, which ends by itself.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from recado.errors import NotFound
from recado.model.article import Article, Unanswered
from recado.model.communication import Communication
from recado.model.tenant import Language
from recado.store.recent import Recent
from recado.store.rows import (
    Note,
    Row,
    fields,
    key,
    load,
    named,
    readable,
    record_of,
    save,
    serve,
    table_name,
)

KEPT: Final = timedelta(days=90)
MOST: Final = 2000
"""Questions without an answer that are looked at to count them."""


class ArticleRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


class UnansweredRow(Note):
    class Meta:
        table_name = table_name("CONTACTS_TABLE")
        region = "us-east-1"

    expires = NumberAttribute()
    asked_by = UnicodeAttribute(null=True)
    """Whose record, read by an erasure alone; none in what was kept before there was one."""


serve(ArticleRow, UnansweredRow)


def _name(language: str, article_id: str) -> str:
    return f"{language}#{article_id}"


def everything(tenant: str) -> list[Article]:
    """All of the clinic's articles, as they are now."""
    with named():
        rows = list(ArticleRow.query(key(tenant, "K"), consistent_read=True))
    return list(readable(rows, Article).values())


_recent = Recent(everything)


def recent(tenant: str) -> list[Article]:
    """The same, at most a minute old: for every question."""
    return _recent.of(tenant)


def get(tenant: str, language: str, article_id: str) -> Article:
    """One of them. Raises NotFound."""
    found = load(ArticleRow, Article, key(tenant, "K"), _name(language, article_id))
    if found is None:
        raise NotFound
    return found


def save_article(tenant: str, article: Article) -> None:
    """Store an article. Raises Stale."""
    row = ArticleRow(pk=key(tenant, "K"), sk=_name(article.language, article.id), **fields(article))
    save(row, article.version)
    _recent.drop(tenant)


def remove_article(tenant: str, article: Article) -> None:
    """Take an article away; one that is gone stays so."""
    row = ArticleRow(pk=key(tenant, "K"), sk=_name(article.language, article.id))
    with named():
        row.delete(add_version_condition=False)
    _recent.drop(tenant)


class Asked(NamedTuple):
    """A question without an answer. `gist`: what it is counted by."""

    text: str
    gist: str
    language: Language


def note_unanswered(tenant: str, asked: Asked, communication: Communication, now: datetime) -> None:
    """Count a question that had no answer, once for each message. Of the message nothing is kept but a mark
    that is too short to be traced back, and whose it was, so that it goes with them."""
    mark = hashlib.sha256(communication.id.encode()).hexdigest()[:8]
    gist = hashlib.sha256(f"{asked.language}#{asked.gist}".encode()).hexdigest()[:20]
    body = Unanswered(text=asked.text, language=asked.language, times=1, last_at=now)
    row = UnansweredRow(
        pk=key(tenant, "U"),
        sk=f"{gist}#{mark}",
        body=body.model_dump_json(),
        expires=int((now + KEPT).timestamp()),
        asked_by=communication.patient,
    )
    with named():
        row.save()


def forget_unanswered(tenant: str, record: str) -> int:
    """Take away what a record asked and was not found; how much that was. Reads all that the clinic has of
    it, some hundred read units: erasures are seldom."""
    with named():
        theirs = list(
            UnansweredRow.query(
                key(tenant, "U"), filter_condition=UnansweredRow.asked_by == record, consistent_read=True
            )
        )
        for row in theirs:
            row.delete()
    return len(theirs)


def unanswered(tenant: str, now: datetime) -> list[Unanswered]:
    """What was asked and not found within KEPT, each question once, as it was asked last; what is asked most
    comes first."""
    with named():
        rows = list(UnansweredRow.query(key(tenant, "U"), limit=MOST))
    found: dict[str, Unanswered] = {}
    for row in rows:
        asked, gist = record_of(row, Unanswered), row.sk.partition("#")[0]
        # DynamoDB takes up to two days to drop what has ended.
        if asked.last_at + KEPT >= now:
            found[gist] = _both(found[gist], asked) if gist in found else asked
    return sorted(found.values(), key=lambda one: (-one.times, one.text))


def _both(one: Unanswered, other: Unanswered) -> Unanswered:
    last = max(one, other, key=lambda each: each.last_at)
    return last.model_copy(update={"times": one.times + other.times})
