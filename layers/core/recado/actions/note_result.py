"""The clinic's system says whether a result is there."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.errors import Conflict, Invalid
from recado.model.result import Result, Results
from recado.rules.kinds import refuse_nobody
from recado.rules.results import may_lead
from recado.store import patients, results, tenants

MOST = 50
"""So many of a patient's are kept, the latest."""


@again
def note_result(
    tenant: str, patient_id: str, result_id: str, now: datetime, *, ready: bool, link: str | None, by: str
) -> Results:
    """Store it under its id in that system, in the place of what was said of it before. Told the same again,
    nothing changes. A link leads to where the clinic's admin has said, so that nobody else sends patients
    elsewhere in its name. Raises NotFound, Invalid, and Conflict for whoever is nobody."""
    record = patients.get(tenant, patient_id)
    refuse_nobody(record)
    if link and not ready:
        raise Conflict("What is not ready cannot be seen.", field="link")
    if link and not may_lead(link, tenants.get(tenant).result_hosts):
        raise Invalid("link", "It leads to none of the hosts that an admin of the clinic has named.")
    known = results.find(tenant, record.id) or Results(patient=record.id)
    before = next((one for one in known.items if one.id == result_id), None)
    if before is not None and (before.ready, before.link) == (ready, link):
        return known
    others = tuple(one for one in known.items if one.id != result_id)
    told = Result(id=result_id, ready=ready, link=link, at=now, by=by)
    after = known.model_copy(update={"items": (*others, told)[-MOST:]})
    results.save_results(tenant, after)
    return after.model_copy(update={"version": known.version + 1})
