"""The body of a WhatsApp message, as a business sends it: what it shows, or why WhatsApp refuses it."""

import functools
import re
from collections.abc import Mapping
from typing import Any

from recado import texts
from starlette.responses import JSONResponse

from infra.local.fakes.provider import Json, Refused

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_BUTTONS = 3
MAX_ROWS = 10
MEDIA = {"image", "audio", "video", "document", "sticker"}
PLACEHOLDER = re.compile(r"\{\{?\s*(\w+)\s*\}?\}")


class GraphRefused(Refused):
    """The Graph API says no: its error code, and what it calls the error."""

    def answer(self) -> JSONResponse:
        """The error as the Graph API words it."""
        error: Json = {
            "message": f"(#{self.code}) {self.title}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.title},
            "fbtrace_id": "LocalStack",
        }
        if "subcode" in self.more:
            error["error_subcode"] = self.more["subcode"]
        return JSONResponse({"error": error}, status_code=self.status)


def shown(body: Json) -> Json:
    """What the patient sees of a message: type, text, buttons, attachments. Raises GraphRefused."""
    kind = str(body.get("type", "text"))
    if kind == "template":
        text, buttons = _template(body.get("template") or {})
    elif kind == "interactive":
        text, buttons = _interactive(body.get("interactive") or {})
    elif kind in MEDIA:
        return _media(kind, body.get(kind) or {})
    elif kind == "text":
        text, buttons = _words((body.get("text") or {}).get("body"), MAX_TEXT, 100), []
    else:
        raise GraphRefused(100, "Invalid parameter")
    return {"type": kind, "text": text, "buttons": buttons, "attachments": []}


def is_free(body: Json) -> bool:
    """Whether it may go only while the window is open."""
    return body.get("type") != "template"


def _words(text: Any, most: int, code: int) -> str:
    if not isinstance(text, str) or not text.strip() or len(text) > most:
        raise GraphRefused(code, "Invalid parameter" if code == 100 else "Parameter value is not valid")
    return text


def _interactive(interactive: Json) -> tuple[str, list[Json]]:
    text = _words((interactive.get("body") or {}).get("text"), MAX_CAPTION, 131009)
    action = interactive.get("action") or {}
    if interactive.get("type") == "list":
        rows = [row for section in action.get("sections", ()) for row in section.get("rows", ())]
        return text, _choices(rows, MAX_ROWS, 24)
    return text, _choices(
        [button.get("reply") or {} for button in action.get("buttons", ())], MAX_BUTTONS, 20
    )


def _choices(rows: list[Json], most: int, title: int) -> list[Json]:
    if not 0 < len(rows) <= most:
        raise GraphRefused(131009, "Parameter value is not valid")
    choices = [
        {"payload": str(row.get("id")), "title": _words(row.get("title"), title, 131009)} for row in rows
    ]
    if len({choice["title"] for choice in choices}) < len(choices):
        raise GraphRefused(131009, "Parameter value is not valid")
    return choices


def _media(kind: str, file: Json) -> Json:
    if not (file.get("id") or str(file.get("link", "")).startswith(("https://", "http://"))):
        raise GraphRefused(131009, "Parameter value is not valid")
    caption = str(file.get("caption") or "")
    if len(caption) > MAX_CAPTION:
        raise GraphRefused(131009, "Parameter value is not valid")
    attachment = {"kind": kind, "name": str(file.get("filename") or ""), "url": str(file.get("link") or "")}
    return {"type": kind, "text": caption, "buttons": [], "attachments": [attachment]}


def _template(template: Json) -> tuple[str, list[Json]]:
    """The approved text with the parameters in place; WhatsApp's own checks on the way."""
    language = str((template.get("language") or {}).get("code") or "")
    approved = approved_templates().get(str(template.get("name")), {}).get(language.replace("_", "-"))
    if approved is None:
        raise GraphRefused(132001, "Template name does not exist in the translation", status=404)
    components = template.get("components") or []
    body: Json = next((part for part in components if part.get("type") == "body"), {})
    values = _parameters(body.get("parameters") or [], approved["body"])
    text = PLACEHOLDER.sub(lambda found: values[found[1]], approved["body"])
    return text, _template_buttons(approved.get("buttons") or (), components)


def _parameters(parameters: list[Json], body: str) -> dict[str, str]:
    names = list(dict.fromkeys(PLACEHOLDER.findall(body)))
    if len(parameters) != len(names):
        raise GraphRefused(132000, "Number of parameters does not match the expected number of params")
    values = {
        str(part.get("parameter_name") or names[n]): str(part.get("text"))
        for n, part in enumerate(parameters)
    }
    if set(values) != set(names):
        raise GraphRefused(132000, "Number of parameters does not match the expected number of params")
    return values


def _template_buttons(buttons: Any, components: list[Json]) -> list[Json]:
    payloads = {
        str(part.get("index")): str((part.get("parameters") or [{}])[0].get("payload", ""))
        for part in components
        if part.get("type") == "button"
    }
    return [
        {**button, "payload": payloads.get(str(n), button["payload"])} for n, button in enumerate(buttons)
    ]


@functools.cache
def approved_templates() -> Mapping[str, Mapping[str, texts.TemplateText]]:
    """Name → language → {body, buttons}: what the clinics have had approved is what the package can say."""
    return {
        name: {str(language): text for language, text in languages.items()}
        for name, languages in texts.templates().items()
    }
