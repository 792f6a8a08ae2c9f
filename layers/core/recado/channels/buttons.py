"""Quick replies on a channel that has none: numbered lines under the text, to be answered by the number."""

from __future__ import annotations

from recado.channels import Outgoing


def written(outgoing: Outgoing) -> str:
    """What the patient reads: the text, and under it each option behind its number, from 1.

    A template's buttons count as the message's own. The answer is read by its number (rules/replies.py).
    """
    options = outgoing.buttons or (outgoing.template.buttons if outgoing.template else ())
    lines = [f"{number} {title}" for number, (_, title) in enumerate(options, 1)]
    return "\n".join([outgoing.text, *(["", *lines] if lines else [])]).strip("\n")
