"""May a clinic have this policy?"""

from __future__ import annotations

from recado import channels, texts
from recado.model.policy import Policy
from recado.rules import policies


def check_policy(policy: Policy) -> Policy:
    """The policy as it is stored: of texts and channels that there are. Raises Invalid that names a field."""
    known = {**texts.TEMPLATES, **{name: texts.VARIABLES[name] for name in policies.SPOKEN}}
    return policies.checked(policy, known, channels.names())
