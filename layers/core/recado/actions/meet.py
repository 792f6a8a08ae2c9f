"""Somebody comes for the first time: who are they?"""

from __future__ import annotations

import logging
from datetime import datetime

from recado.errors import Stale, Unavailable
from recado.model.contact import Contact
from recado.model.patient import ANONYMOUS

_logger = logging.getLogger(__name__)


def meet(tenant: str, contact: Contact, now: datetime) -> None:
    """Match whose first contact this is with everybody known, before an agent has it.

    A record that cannot be matched holds up nobody: that is logged, and they are routed as they are. Raises
    Stale and Unavailable, for the same soon again may succeed.
    """
    if contact.number != 1 or contact.patient == ANONYMOUS:
        return
    from recado.actions.match import match  # noqa: PLC0415 - heavy, and most messages are not their sender's first

    try:
        match(tenant, contact.patient, now)
    except (Stale, Unavailable):
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with what is known of people, this one waits
        failure = type(error).__name__
    else:
        return
    _logger.error("a record that could not be matched: %s", failure)
