"""Who has signed in, and what their clinic lets them choose from."""

from __future__ import annotations

from recado.errors import NotFound
from recado.model.tenant import Agent as StoredAgent
from recado.model.tenant import Role
from recado.store import tenants
from typing_extensions import TypedDict

from api.resource import Call, Resource

resource = Resource(__name__)


class Clinic(TypedDict):
    id: str
    name: str
    timezone: str
    language: str
    queues: list[str]
    practitioners: list[str]


class MyAgent(TypedDict):
    id: str
    name: str
    state: str


class Me(TypedDict):
    """The person who is signed in. An operator of the platform has no clinic; not everybody is an agent."""

    tenant: str | None
    clinic: Clinic | None
    agent: MyAgent | None
    role: Role
    dispositions: list[str]


@resource.route("GET", "/me", "read_me", Me)
def read_me(call: Call) -> Me:
    """Who am I."""
    role = call.caller.role
    if call.caller.clinic is None and role == "operator":
        return {"tenant": None, "clinic": None, "agent": None, "role": role, "dispositions": []}
    clinic = tenants.get(call.tenant)
    agent = _agent(call)
    return {
        "tenant": clinic.id,
        "clinic": {
            "id": clinic.id,
            "name": clinic.name,
            "timezone": clinic.timezone,
            "language": clinic.language,
            "queues": list(clinic.queues),
            "practitioners": list(clinic.practitioners),
        },
        "agent": {"id": agent.id, "name": agent.name, "state": agent.state} if agent else None,
        "role": role,
        "dispositions": list(clinic.dispositions),
    }


def _agent(call: Call) -> StoredAgent | None:
    if call.caller.agent is None:
        return None
    try:
        return tenants.agent(call.tenant, call.caller.agent)
    except NotFound:
        return None
