"""What a clinic does otherwise for one type of visit."""

from __future__ import annotations

from recado.model.policy import Policy
from recado.model.record import Versioned


class TypePolicy(Versioned):
    """The policy of one type of visit."""

    type_id: str
    policy: Policy
