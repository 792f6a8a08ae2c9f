"""An account is new → our templates, of which its provider has told us nothing yet."""

from __future__ import annotations

from recado import channels, texts
from recado.model.template import Template
from recado.store import templates


def add_templates(tenant: str, channel: str, account: str) -> None:
    """Note every template in every language as pending, where the channel has templates and it is not known.

    Called again, it adds what is missing. Raises Unavailable.
    """
    if not channels.channel(channel).TRAITS.templates:
        return
    known = {(one.name, one.language) for one in templates.of(tenant, channel, account)}
    for name, languages in texts.templates().items():
        for language, approved in languages.items():
            if (name, language) not in known:
                fresh = Template(
                    name=name,
                    language=language,
                    body=approved["body"],
                    variables=tuple(approved["parameters"]),
                )
                templates.put(tenant, channel, account, fresh)
