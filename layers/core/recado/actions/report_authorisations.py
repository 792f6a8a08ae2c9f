"""What came of the authorisations of a period?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from recado.model.outreach import Outreach
from recado.model.record import iso
from recado.model.tenant import Tenant
from recado.rules.kpi_authorisations import Issued
from recado.rules.outreach import AUTHORISATION
from recado.rules.periods import Period, period
from recado.store import outreach, tenants

PAGE: Final = 100


class AuthorisationReport(NamedTuple):
    """On all channels, and on each by which patients hear of theirs."""

    clinic: Tenant
    period: Period
    whole: Issued
    channels: Mapping[str, Issued]


def report_authorisations(
    tenant: str, start: str | None, end: str | None, now: datetime
) -> AuthorisationReport:
    """The authorisations that we were told of in a period (see `rules.periods`), a read for each hundred.
    Raises Invalid that names `from` or `to`, Unavailable."""
    clinic = tenants.get(tenant)
    span = period(start, end, clinic.timezone, now)
    found = list(_issued(tenant, span))
    channels = {
        name: Issued([one for one in found if one.channel == name], now)
        for name in sorted({one.channel for one in found})
    }
    return AuthorisationReport(clinic, span, Issued(found, now), channels)


def _issued(tenant: str, span: Period) -> Iterator[Outreach]:
    place: str | None = iso(span.start)
    while place is not None and place < iso(span.end):
        page, place = outreach.of_source(tenant, AUTHORISATION, PAGE, place)
        yield from (one for one in page if one.anchor < span.end)
