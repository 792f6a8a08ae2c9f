"""May a clinic have this policy?"""

from __future__ import annotations

from recado import channels, texts
from recado.model.policy import Policy
from recado.rules import policies


def check_policy(policy: Policy) -> Policy:
    """The policy as it is stored: of texts and channels that there are. Raises Invalid that names a field."""
    return policies.checked(policy, texts.TEMPLATES, channels.names())
