"""Who is calling: what the authoriser has verified of their token, and nothing that they say themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from recado.errors import Forbidden, Unauthorised
from recado.model.tenant import Role
from recado.rules.permissions import ROLES

_SLUG = re.compile(r"(?!.*--preflight\Z)[a-z0-9][a-z0-9-]{0,39}")
"""A clinic's id; a sandbox's (see store/tenants.py) is nobody's to sign in to."""


class Caller(NamedTuple):
    """A person who has signed in. The platform's operators have no clinic; not everybody is an agent."""

    roles: tuple[Role, ...]
    clinic: str | None
    agent: str | None
    person: str
    """The user pool's own name for them, which is never given to anybody else."""

    @property
    def role(self) -> Role:
        """The role that reaches furthest. Raises Forbidden when there is none."""
        if not self.roles:
            raise Forbidden
        return self.roles[0]


def caller_of(context: Mapping[str, Any]) -> Caller:
    """The caller by the request context that API Gateway made. Raises Unauthorised, Forbidden."""
    claims = (context.get("authorizer") or {}).get("claims")
    if not claims:
        raise Unauthorised
    clinic = claims.get("custom:tenant") or None
    if clinic and not _SLUG.fullmatch(clinic):
        raise Forbidden
    groups = _groups(claims.get("cognito:groups"))
    roles = tuple(role for role in ROLES if role in groups)
    return Caller(roles, clinic, claims.get("custom:agent") or None, str(claims.get("sub") or ""))


def _groups(claim: object) -> set[str]:
    """The gateway hands a list on as `a,b`, as `[a b]` or as it is, by its kind."""
    if isinstance(claim, list):
        return {str(group) for group in claim}
    return set(re.split(r"[\s,\[\]]+", str(claim or "")))
