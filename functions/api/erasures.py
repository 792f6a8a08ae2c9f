"""A person whom the clinic forgets."""

from __future__ import annotations

from typing import Literal

from recado.model.erasure import Reason
from recado.model.record import iso
from typing_extensions import TypedDict

from api.answers import Moment, moment
from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)


class NewErasure(Asked):
    """Why: they asked for it, their data were kept long enough, or they should never have been here."""

    reason: Reason


class Erasure(TypedDict):
    """How far it is: `erasing` until nothing is left anywhere. `records` are the ids that were theirs."""

    id: str
    state: Literal["erasing", "erased"]
    records: list[str]
    reason: Reason
    by: str
    asked_at: Moment
    erased_at: Moment | None


@resource.route("POST", "/patients/{id}/erasure", "erase_patient", Erasure, status=202, body=NewErasure)
def erase_patient(call: Call, patient_id: str, body: NewErasure) -> Erasure:
    """Forget a person, for ever.

    Nobody finds them from now on, and all that they said is gone some minutes later. Asked again it says how
    far that is. 409 for somebody with a visit to come (`visits`), and for one of whom
    only Recado believes that all records are theirs (`records`): say first whether they are.
    """
    from recado.actions.erase import erase  # noqa: PLC0415 - seldom needed

    erasure = erase(call.tenant, patient_id, call.now, by=call.author, reason=body.reason)
    return {
        "id": erasure.id,
        "state": erasure.state,
        "records": list(erasure.records),
        "reason": erasure.reason,
        "by": erasure.by,
        "asked_at": iso(erasure.asked_at),
        "erased_at": moment(erasure.erased_at),
    }
