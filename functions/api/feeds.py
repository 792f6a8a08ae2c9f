"""Practitioners' calendars, for whoever subscribes to them: when they are busy, and nothing of whom."""

from __future__ import annotations

import os

from recado.actions.open_feed import close_feed, open_feed
from typing_extensions import TypedDict

from api.resource import Call, Resource

resource = Resource(__name__)


class Feed(TypedDict):
    """Its address, for a calendar program; null: there is none. It is shown this once, and whoever has it
    sees the calendar."""

    url: str | None


@resource.route("POST", "/practitioners/{id}/calendar", "open_feed", Feed, status=201)
def open_one(call: Call, practitioner: str) -> Feed:
    """A new address; the one before is good no more."""
    path = open_feed(call.tenant, practitioner, call.now, author=call.author)
    return {"url": f"{os.environ['WEBHOOKS_URL']}{path}"}


@resource.route("DELETE", "/practitioners/{id}/calendar", "close_feed", Feed)
def close_one(call: Call, practitioner: str) -> Feed:
    """No address is good any more."""
    close_feed(call.tenant, practitioner)
    return {"url": None}
