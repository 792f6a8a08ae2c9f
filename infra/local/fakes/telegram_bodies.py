"""What a bot asks to be shown: or why Telegram refuses it."""

from typing import Any

from starlette.responses import JSONResponse

from infra.local.fakes.provider import Json, Refused

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK = 64
"""Bytes."""


class TelegramRefused(Refused):
    """Telegram says no."""

    def answer(self) -> JSONResponse:
        """The error as the Bot API words it."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.title, **self.more}
        return JSONResponse(body, status_code=self.status)


def shown(method: str, asked: Json) -> Json:
    """What the person sees: type, text, buttons, attachments. Raises TelegramRefused."""
    buttons = _buttons(asked.get("reply_markup") or {})
    if method == "sendMessage":
        text = str(asked.get("text") or "")
        if not text.strip():
            raise TelegramRefused(400, "Bad Request: message text is empty")
        if len(text) > MAX_TEXT:
            raise TelegramRefused(400, "Bad Request: message is too long")
        kind = "interactive" if buttons else "text"
        return {"type": kind, "text": text, "buttons": buttons, "attachments": []}
    kind = method.removeprefix("send").lower()
    given: Any = asked.get(kind)
    if not given:
        raise TelegramRefused(400, f"Bad Request: there is no {kind} in the request")
    caption = str(asked.get("caption") or "")
    if len(caption) > MAX_CAPTION:
        raise TelegramRefused(400, "Bad Request: message caption is too long")
    attachment = {"kind": kind, "name": "", "url": given if isinstance(given, str) else ""}
    return {"type": kind, "text": caption, "buttons": buttons, "attachments": [attachment]}


def _buttons(markup: Json) -> list[Json]:
    rows = markup.get("inline_keyboard") or ()
    buttons = [button for row in rows for button in row]
    for button in buttons:
        data = str(button.get("callback_data") or "")
        if not 0 < len(data.encode()) <= MAX_CALLBACK:
            raise TelegramRefused(400, "Bad Request: BUTTON_DATA_INVALID")
        if not button.get("text"):
            raise TelegramRefused(400, "Bad Request: text buttons are unallowed in the inline keyboard")
    inline = [{"payload": one["callback_data"], "title": str(one["text"])} for one in buttons]
    keyboard = [key for row in markup.get("keyboard") or () for key in row]
    titles = [str(key.get("text") if isinstance(key, dict) else key) for key in keyboard]
    return inline + [{"payload": "", "title": title} for title in titles]
