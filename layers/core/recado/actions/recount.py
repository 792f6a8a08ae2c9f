"""What the stream did not tell is counted all the same, for an operator."""

from __future__ import annotations

from datetime import date

from recado.errors import Invalid


def recount(tenant: str, *, day: str | None = None, month: str | None = None) -> dict[str, int]:
    """A `day` (`2026-11-23`, UTC): its contacts and messages. A `month` (`2026-11`, the clinic's calendar):
    the visits that are on its days; which ones a lost batch held, nobody knows, so it is done for every month
    for which the clinic is booked. How many intervals, or visits, lacked something.

    Raises Invalid that names `day` or `month`, Unavailable, Stale.
    """
    if month is not None:
        from recado.actions.recount_visits import recount_visits  # noqa: PLC0415 - an operator's repair

        return {"visits": recount_visits(tenant, month)}
    if day is None:
        raise Invalid("day", "Give a day, such as 2026-11-23, or a month.")
    from recado.actions.measure_again import measure_again  # noqa: PLC0415 - an operator's repair

    return {"intervals": measure_again(tenant, date.fromisoformat(day))}
