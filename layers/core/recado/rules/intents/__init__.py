"""What somebody wants of a clinic, in five languages: one of fourteen intents, and how sure we are.

What must not be missed is read by rules first (`urgent`, `optout`), a short answer by `rules.replies`, and
the rest by a small model (`model`), fitted on `tests/bench/intents/corpus`. See infra/decisions/0023.
"""

from recado.rules.intents.deciding import SURE, Intent, Name, recognise

__all__ = ["SURE", "Intent", "Name", "recognise"]
