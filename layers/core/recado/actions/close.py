"""A matter is settled."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.hand_over import hand_over
from recado.actions.load_contact import load_contact
from recado.errors import Invalid
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.store import contacts, tenants
from recado.store.rows import transaction


@again
def close(
    tenant: str,
    contact_id: str,
    disposition: str,
    now: datetime,
    *,
    note: str | None = None,
    version: int | None = None,
) -> Contact:
    """Close a contact with one of the clinic's dispositions; its agent's hands are free again. Its patient is
    asked how it was, where the clinic wants it.

    Raises NotFound, Stale, Conflict when it is closed, and Invalid for a disposition that this clinic does
    not have.
    """
    contact = load_contact(tenant, contact_id, version)
    if disposition not in tenants.get(tenant).dispositions:
        raise Invalid("disposition", "This clinic has no such disposition.")
    closed = rules.closed(contact, disposition, now, note)
    survey = None
    if tenants.get(tenant).survey_minutes:
        from recado.actions.survey_contact import survey_contact  # noqa: PLC0415 - few clinics ask

        survey = survey_contact(tenant, closed, now)
    with transaction() as work:
        contacts.save_contact(tenant, closed, work)
        hand_over(tenant, contact, closed, now, work)
        if survey is not None:
            from recado.store.outreach import save_outreach  # noqa: PLC0415 - few clinics ask

            save_outreach(tenant, survey, work)
    return closed.model_copy(update={"version": contact.version + 1})
