"""The JSON that WhatsApp's Cloud API takes for one message, whoever carries it there.

What is over one of Meta's limits is refused here: SendFailed `fix_request`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from recado.channels import Media, Outgoing, Template
from recado.errors import SendFailed

PHONE: Final = re.compile(r"\+?[0-9]{5,20}")
MAX_TEXT: Final = 4096
"""Characters, as all that follow."""
MAX_CAPTION: Final = 1024
"""Of the words under a file, and over buttons or a list."""
MAX_BUTTONS: Final = 3
MAX_ROWS: Final = 10
MAX_BUTTON: Final = 20
MAX_ROW: Final = 24
MAX_PAYLOAD: Final = 256
MAX_ROW_PAYLOAD: Final = 200
CAPTIONED: Final = frozenset({"image", "video", "document"})
SENDABLE: Final = CAPTIONED | {"audio"}
CHOOSE: Final = {
    "pt": "Ver opções",
    "es": "Ver opciones",
    "it": "Vedi opzioni",
    "ca": "Veure opcions",
    "en": "See options",
}
"""What opens a list, which WhatsApp does not word itself; 20 characters at most."""


def request_body(outgoing: Outgoing) -> dict[str, Any]:
    """The JSON for one message. Raises SendFailed `fix_request`."""
    body: dict[str, Any] = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    body |= _recipient(outgoing.to)
    if outgoing.reply_to:
        body["context"] = {"message_id": outgoing.reply_to}
    return body | _content(outgoing) | {"biz_opaque_callback_data": outgoing.reference}


def _content(outgoing: Outgoing) -> dict[str, Any]:
    if outgoing.template:
        return {"type": "template", "template": _template(outgoing.template)}
    if outgoing.media:
        return _media(outgoing)
    if outgoing.buttons:
        return {"type": "interactive", "interactive": _interactive(outgoing)}
    _refuse(not outgoing.text, "There is nothing to send.")
    _refuse(len(outgoing.text) > MAX_TEXT, f"The text is longer than {MAX_TEXT}.")
    return {"type": "text", "text": {"body": outgoing.text, "preview_url": False}}


def _media(outgoing: Outgoing) -> dict[str, Any]:
    """One file, fetched by Meta. Its description stands with the words, for those who cannot see it."""
    _refuse(len(outgoing.media) > 1 or bool(outgoing.buttons), "A file goes alone, without buttons.")
    (one,) = outgoing.media
    _refuse(one.kind not in SENDABLE, "This kind of file cannot be sent here.")
    content = {"link": one.url}
    if one.kind in CAPTIONED:
        content |= {"caption": caption} if (caption := _caption(one, outgoing.text)) else {}
    else:
        _refuse(bool(outgoing.text), "No words can go with a sound.")
    if one.kind == "document" and one.name:
        content["filename"] = one.name
    return {"type": one.kind, one.kind: content}


def _caption(media: Media, words: str) -> str:
    caption = "\n\n".join(dict.fromkeys(filter(None, (words, media.description))))
    _refuse(len(caption) > MAX_CAPTION, f"The words with a file are longer than {MAX_CAPTION}.")
    return caption


def _interactive(outgoing: Outgoing) -> dict[str, Any]:
    """Up to three reply buttons; more are a list, which opens at a touch."""
    _refuse(not 0 < len(outgoing.text) <= MAX_CAPTION, f"Over buttons go 1 to {MAX_CAPTION} characters.")
    few = len(outgoing.buttons) <= MAX_BUTTONS
    return {
        "type": "button" if few else "list",
        "body": {"text": outgoing.text},
        "action": _buttons(outgoing.buttons) if few else _list(outgoing.buttons, outgoing.language),
    }


def _buttons(buttons: Sequence[tuple[str, str]]) -> dict[str, Any]:
    _refuse_options(buttons, MAX_BUTTON, MAX_PAYLOAD)
    replies = [{"type": "reply", "reply": {"id": payload, "title": title}} for payload, title in buttons]
    return {"buttons": replies}


def _list(rows: Sequence[tuple[str, str]], language: str) -> dict[str, Any]:
    _refuse(len(rows) > MAX_ROWS, "There are too many options.")
    _refuse_options(rows, MAX_ROW, MAX_ROW_PAYLOAD)
    listed = [{"id": payload, "title": title} for payload, title in rows]
    return {"button": CHOOSE.get(language[:2], CHOOSE["en"]), "sections": [{"rows": listed}]}


def _refuse_options(options: Sequence[tuple[str, str]], title_limit: int, payload_limit: int) -> None:
    for payload, title in options:
        fits = 0 < len(title) <= title_limit and 0 < len(payload) <= payload_limit
        _refuse(not fits, "An option's words are too long, or it has none.")
    # Meta refuses two that look or answer alike.
    alike = any(len(set(column)) < len(options) for column in zip(*options, strict=True))
    _refuse(alike, "Two options are alike.")


def _refuse(wrong: bool, why: str) -> None:
    if wrong:
        raise SendFailed("fix_request", why)


def _recipient(to: str) -> dict[str, str]:
    """A number with its "+" (without, the business's own country code may be put in front), or a BSUID."""
    return {"to": f"+{to.removeprefix('+')}"} if PHONE.fullmatch(to) else {"recipient": to}


def _template(template: Template) -> dict[str, Any]:
    components: list[dict[str, Any]] = []
    if template.parameters:
        components.append({"type": "body", "parameters": _parameters(template.parameters)})
    components += [
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": str(index),
            "parameters": [{"type": "payload", "payload": payload}],
        }
        for index, (payload, _) in enumerate(template.buttons)
    ]
    language = {"code": template.language.replace("-", "_")}
    return {"name": template.name, "language": language, "components": components}


def _parameters(values: Mapping[str, str]) -> list[dict[str, str]]:
    """Positional in the order of their numbers when the names are numbers, else named."""
    # Meta refuses line breaks, tabs and runs of spaces inside a parameter (132018).
    tidy = {name: " ".join(value.split()) for name, value in values.items()}
    if all(name.isdecimal() for name in tidy):
        return [{"type": "text", "text": tidy[name]} for name in sorted(tidy, key=int)]
    return [{"type": "text", "parameter_name": name, "text": value} for name, value in tidy.items()]
