"""What each account's provider thinks of our templates.

Rows of the tenants table, `T#t#T#<channel>#<account>`: they change when the provider says so, and are read
with nearly every message.
"""

from __future__ import annotations

import time

from recado.model.template import Template
from recado.store.rows import Note, key, named, readable, serve, table_name
from recado.store.tenants import CACHE_SECONDS


class TemplateRow(Note):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(TemplateRow)
_cache: dict[tuple[str, str, str], tuple[float, list[Template]]] = {}


def forget() -> None:
    """Empty this process's cache of templates."""
    _cache.clear()


def of(tenant: str, channel: str, account: str) -> list[Template]:
    """The templates known at an account, at most a minute old; none of them need be known."""
    held = _cache.get((tenant, channel, account))
    if held and time.monotonic() - held[0] < CACHE_SECONDS:
        return held[1]
    with named():
        rows = list(TemplateRow.query(key(tenant, "T", channel, account), consistent_read=True))
    found = list(readable(rows, Template).values())
    _cache[tenant, channel, account] = (time.monotonic(), found)
    return found


def put(tenant: str, channel: str, account: str, template: Template) -> None:
    """Store what is known of a template, over what was known before."""
    row = TemplateRow(
        pk=key(tenant, "T", channel, account),
        sk=f"{template.name}#{template.language}",
        body=template.model_dump_json(exclude_none=True),
    )
    with named():
        row.save()
    _cache.pop((tenant, channel, account), None)
