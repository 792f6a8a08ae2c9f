"""What is believed of a clinic that has no history yet: stated, not fitted to any data.

Sources: reviews of studies of no-show (Dantas et al., Health Policy 122, 2018, of 105 studies: 23 % of visits
on average) agree that it rises with the lead time and with visits missed before, is highest among young
adults and falls with age. They agree on directions; the sizes here are our judgement, in tenths of log-odds,
small enough for a clinic's first months to correct.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recado.rules.risk.features import AGES, LEADS

INTERCEPT: Final = -1.2
"""23 % of visits with some lead are missed."""

FIRMNESS: Final = 5.0
"""How firmly each weight is believed before: as a precision of log-odds. A visit that is missed one time in
five tells .16 of it, so that some thirty of a kind weigh as much as the belief."""

SHARE_FIRMNESS: Final = 20.0
"""The same for the weights of shares, which every visit tells of."""

_LEADS: Final[Mapping[int, float]] = {
    0: -0.9, 1: -0.2, 2: -0.1, 3: 0.0, 5: 0.0, 8: 0.1, 11: 0.1, 15: 0.2, 22: 0.2, 29: 0.3, 43: 0.3, 64: 0.3,
}  # fmt: skip

_SHARES: Final[Mapping[str, float]] = {
    "recent": 0.5, "place": 0.3, "place_lead": 0.2, "place_booked": 0.2, "place_age": 0.2,
    "booked_day": 0.2, "patient": 0.5, "patient_alike": 0.5,
}  # fmt: skip
"""They overlap: a patient's share, shrunk, is taken as it is; a place's nearly so."""


def _age(edge: int) -> float:
    if 18 <= edge < 31:
        return 0.2
    return -0.3 if edge >= 61 else 0.0


def weights() -> dict[str, float]:
    """Weight by feature and bin (`lead=8`), or by feature where it is a share; what is not here is 0."""
    leads = {f"lead={edge}": _LEADS[edge] for edge in (0, *LEADS)}
    ages = {f"age={kind}/{edge}": _age(edge) for kind in ("same", "ahead") for edge in (0, *AGES)}
    return leads | ages | dict(_SHARES)
