"""May a clinic have this policy?"""

from __future__ import annotations

from recado import texts
from recado.channels import MODULES, family
from recado.model.policy import Policy
from recado.rules import policies


def check_policy(policy: Policy) -> Policy:
    """The policy as it is stored: of texts and channels that there are. Raises Invalid that names a field."""
    return policies.checked(policy, texts.TEMPLATES, {*MODULES, *map(family, MODULES)})
