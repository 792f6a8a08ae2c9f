"""A provider says that all we sent to somebody until a moment has arrived, or has been read."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.save_outcome import save_outcome
from recado.channels import Received
from recado.model.communication import Communication, CommunicationState
from recado.rules.communications import receipted, went_before
from recado.rules.identity import contact_points
from recado.store import contacts, patients


def record_seen(tenant: str, received: Received, state: CommunicationState, now: datetime) -> None:
    """Move the state of each of our messages to them that went before then: of the latest on their timeline.

    Nothing changes for somebody whom we do not know. Raises Unavailable.
    """
    until = datetime.fromisoformat(received.event["until"])
    line = f"{received.channel}/{received.account}/{received.sender}"
    for patient in _patients(tenant, received):
        latest, _ = contacts.timeline(tenant, patient)
        for one in latest:
            if went_before(one, line, until):
                _move(tenant, one, state, now)


def _patients(tenant: str, received: Received) -> list[str]:
    points = contact_points(received.identities)
    found = [link.patient for point in points for link in patients.view(tenant, point).links]
    return list(dict.fromkeys(found))


@again
def _move(tenant: str, communication: Communication, state: CommunicationState, now: datetime) -> None:
    # A timeline is an index, which lags behind.
    current = contacts.find_communication(tenant, communication.id) or communication
    after = receipted(current, state)
    if after is not current:
        save_outcome(tenant, current, after, now)
