"""A text in the clinic's own words, where it has some."""

from __future__ import annotations

from collections.abc import Mapping

from recado.model.communication import TemplateMessage

Words = Mapping[str, Mapping[str, str]]
"""The clinic's own wording, by text and language (Policy.words)."""


def reword(template: TemplateMessage, words: Words) -> TemplateMessage:
    """The message in these words for its text and language, else as it is."""
    own = words.get(template.name, {}).get(template.language)
    if own is None:
        return template
    from recado.rules.wording import worded  # noqa: PLC0415 - few clinics have words of their own

    return template.model_copy(update={"words": worded(own, template.parameters)})
