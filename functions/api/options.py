"""What an agent may answer a contact with now."""

from __future__ import annotations

from recado.actions.list_options import Offer as Listed
from recado.actions.list_options import WhyNot, list_options
from recado.model.template import TemplateState
from typing_extensions import TypedDict

from api.answers import Moment, moment
from api.resource import Call, Resource
from api.timeline import Button

resource = Resource(__name__)


class Offer(TypedDict):
    """A template as it would be sent. `state` is the provider's word on it, where it has told us."""

    name: str
    language: str
    text: str
    variables: dict[str, str]
    buttons: list[Button]
    state: TemplateState | None
    usable: bool


class Options(TypedDict):
    """Free text may go unless `why_not` says otherwise, until `free_text_until` where it has an end.

    `channel` is what the answer goes by: who called or filled in a form is answered by another way. `media`
    are the kinds of files that it carries.
    """

    channel: str | None
    free_text: bool
    free_text_until: Moment | None
    why_not: WhyNot | None
    max_text: int
    media: list[str]
    templates: list[Offer]


def _offer(one: Listed) -> Offer:
    return {
        "name": one.template.name,
        "language": one.template.language,
        "text": one.text,
        "variables": one.template.parameters,
        "buttons": [{"payload": each.payload, "title": each.title} for each in one.template.buttons],
        "state": one.state,
        "usable": one.usable,
    }


@resource.route("GET", "/contacts/{id}/options", "list_options", Options)
def read_options(call: Call, contact_id: str) -> Options:
    """What may be answered in a contact now."""
    found = list_options(call.tenant, contact_id, call.now)
    return {
        "channel": found.channel,
        "free_text": found.why_not is None,
        "free_text_until": moment(found.until),
        "why_not": found.why_not,
        "max_text": found.max_text,
        "media": sorted(found.media),
        "templates": [_offer(one) for one in found.templates],
    }
