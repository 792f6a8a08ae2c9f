"""One of our texts → a message that is to be sent, in the form that its channel carries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from recado import texts
from recado.actions.find_routes import ability
from recado.model.communication import Communication, TemplateMessage
from recado.rules.communications import outbound
from recado.rules.reach import Route


def filled(key: str, language: str, values: Mapping[str, str], about: str = "") -> TemplateMessage:
    """The text `key` as a template, with its values; `about` is what an answer to it is about."""
    return TemplateMessage.model_validate(texts.template(key, language, values, about))


def write(own_id: str, route: Route, template: TemplateMessage, now: datetime, **known: Any) -> Communication:
    """The message that says what the template says, by this route; `known` is as in rules.outbound.

    Where the channel has templates it goes as one. Elsewhere as a text, with the template's options. A call
    says a reminder in words of its own.
    """
    can = ability(route.channel)
    as_template = can.templates
    if can.spoken:
        from recado.rules import spoken  # noqa: PLC0415 - few messages are calls

        values = spoken.values(template.parameters, template.language)
        said = texts.render(spoken.CALL, template.language, **values)
    elif as_template:
        said = texts.render(template.name, template.language, **template.parameters)
    else:
        plain = texts.render_plain(template.name, template.language, **template.parameters)
        said = template.words or plain
    message = outbound(own_id, route, said, now, **known)
    kind = "template" if as_template else "text"
    return message.model_copy(update={"kind": kind, "template": template, "buttons": template.buttons})
