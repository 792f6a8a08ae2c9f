"""All situations that the enumerator goes through."""

from __future__ import annotations

from tests.faults import (
    worlds_calls,
    worlds_desk,
    worlds_erasure,
    worlds_files,
    worlds_hours,
    worlds_households,
    worlds_imports,
    worlds_inbound,
    worlds_joins,
    worlds_mail,
    worlds_notices,
    worlds_outbound,
    worlds_people,
    worlds_pursuit,
    worlds_records,
    worlds_reminders,
    worlds_slots,
    worlds_talk,
    worlds_told,
    worlds_visits,
    worlds_ways,
    worlds_wishes,
)
from tests.faults.enumerate import World

ALL: tuple[World, ...] = (
    *worlds_inbound.WORLDS,
    *worlds_people.WORLDS,
    *worlds_households.WORLDS,
    *worlds_records.WORLDS,
    *worlds_joins.WORLDS,
    *worlds_outbound.WORLDS,
    *worlds_files.WORLDS,
    *worlds_wishes.WORLDS,
    *worlds_ways.WORLDS,
    *worlds_mail.WORLDS,
    *worlds_calls.WORLDS,
    *worlds_pursuit.WORLDS,
    *worlds_visits.WORLDS,
    *worlds_reminders.WORLDS,
    *worlds_notices.WORLDS,
    *worlds_told.WORLDS,
    *worlds_desk.WORLDS,
    *worlds_slots.WORLDS,
    *worlds_hours.WORLDS,
    *worlds_erasure.WORLDS,
    *worlds_imports.WORLDS,
    *worlds_talk.WORLDS,
)
