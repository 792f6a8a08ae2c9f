"""What a WhatsApp notice says: of the account, its number, or one of its templates. Source: Meta's webhook
reference, v25.0."""

from __future__ import annotations

from recado.channels.events import MAX_NAME, Fields, child, identifier, text


def notice(field: str, item: Fields) -> Fields:
    """The event of a notice (see events.py); `field` is what the webhook was subscribed to.

    Of a template it has `template` (its name), `language`, and what is told of it: `state` (APPROVED,
    REJECTED, PAUSED, …), `reason`, `quality` (GREEN, YELLOW, RED) or `category`.
    """
    value = child(item, "value")
    found = {
        "type": field,
        "name": text(value, "event") or text(item, "event") or text(item, "status"),
        "provider_id": "" if value else identifier(item, "id"),
        **{key: text(item, key) for key in ("category", "value") if text(item, key)},
    }
    return found | _template(value) if text(value, "message_template_name") else found


def _template(value: Fields) -> Fields:
    name = text(value, "message_template_name")[:MAX_NAME]
    told = {
        "state": text(value, "event"),
        "reason": text(value, "reason"),
        "quality": text(value, "new_quality_score"),
        "category": text(value, "new_category") or text(value, "message_template_category"),
    }
    language = identifier(value, "message_template_language")
    return {
        "name": name,
        "template": name,
        "language": language,
        **{key: said[:MAX_NAME] for key, said in told.items() if said},
    }
