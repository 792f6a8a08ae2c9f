"""The contents that Twilio has approved for WhatsApp: the templates' texts, each under a ContentSid."""

import functools
import hashlib
from collections.abc import Mapping

from infra.local.fakes.provider import Json
from infra.local.fakes.whatsapp_bodies import PLACEHOLDER, approved_templates


def content_sid(name: str, language: str) -> str:
    """The ContentSid of a template in a language (`pt-BR`)."""
    return "HX" + hashlib.md5(f"{name}/{language}".encode(), usedforsecurity=False).hexdigest()


def content_names() -> dict[str, str]:
    """`name/language` → ContentSid, the language written in either way."""
    return {
        f"{name}/{written}": content_sid(name, language)
        for name, languages in approved_templates().items()
        for language in languages
        for written in dict.fromkeys((language, language.replace("-", "_")))
    }


@functools.cache
def approved_contents() -> Mapping[str, Json]:
    """ContentSid → {body, buttons}."""
    return {
        content_sid(name, language): dict(text)
        for name, languages in approved_templates().items()
        for language, text in languages.items()
    }


def filled(content: Json, variables: Mapping[str, str]) -> Json:
    """What the person sees. Variables go by name or by number. Raises LookupError for a missing one."""
    names = list(dict.fromkeys(PLACEHOLDER.findall(content["body"])))
    numbered = {name: str(n) for n, name in enumerate(names, start=1)}

    def value(name: str) -> str:
        return variables[name] if name in variables else variables[numbered[name]]

    text = PLACEHOLDER.sub(lambda found: value(found[1]), content["body"])
    return {"type": "template", "text": text, "buttons": [dict(one) for one in content.get("buttons") or ()]}
