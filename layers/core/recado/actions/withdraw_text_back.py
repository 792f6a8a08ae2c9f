"""The caller rang again and got through: what we were about to write is needless."""

from __future__ import annotations

from recado.actions.tell import with_stand_ins
from recado.model.call import Call
from recado.model.communication import Communication
from recado.model.tenant import Tenant
from recado.rules import missed as rules
from recado.rules.calls import facts
from recado.rules.sending import withdrawn


def text_backs_to_withdraw(tenant: str, clinic: Tenant, call: Call) -> list[Communication]:
    """The caller's text-backs that have not been sent, withdrawn; yet to be saved."""
    known = facts(call)
    times = [at for at in (known.initiated_at, known.ended_at) if at]
    # Shortly after midnight the missed call, and its text-back, are of the day before.
    times += [at - rules.TEXT_BACK_WITHIN for at in times]
    ids = {rules.text_back_id(clinic, call.caller or "", at) for at in times}
    found = [text for one in sorted(ids) for text in with_stand_ins(tenant, one)]
    return [withdrawn(one, "reached_on_redial") for one in found if rules.withdrawable(one)]
