"""Who sees patients and when: what an administrator enters, and what the front desk books by."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from recado.actions import set_practitioner, set_schedule
from recado.actions.identify import new_id
from recado.errors import Invalid, NotFound
from recado.model.schedule import Practitioner, Schedule, Span
from recado.model.tenant import Language
from recado.rules.communications import communication_id
from recado.store import schedules
from typing_extensions import TypedDict

from api.answers import Page, page
from api.reading import Asked, Version, day_of
from api.resource import Call, Resource

resource = Resource(__name__)

Name = Annotated[str, Field(min_length=1, max_length=100)]
Ids = Annotated[tuple[Annotated[str, Field(max_length=64)], ...], Field(max_length=50, strict=False)]
Wall = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="Wall time, `09:30`")]
WallEnd = Annotated[str, Field(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", description="Or `24:00`")]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="`2026-11-24`")]
Languages = Annotated[tuple[Language, ...], Field(max_length=5, strict=False)]


class PractitionerShown(TypedDict):
    """Somebody who sees patients; one who is not `active` is booked no more."""

    id: str
    version: int
    name: str
    active: bool
    languages: list[Language]


class SpanShown(TypedDict):
    """Wall times; `types`: ids of what may be booked then, none named: all."""

    begins: str
    ends: str
    types: list[str]


class WeeklySpanShown(SpanShown):
    """`weekday` 0 is Monday."""

    weekday: int


class SpecialDayShown(TypedDict):
    """A date on which the week does not hold: these spans do, or none."""

    day: str
    spans: list[SpanShown]


class ScheduleShown(TypedDict):
    """When a practitioner can be booked. `version` 0: no schedule yet, booked at any time. `grid`: minutes
    between the times at which a visit may begin; `capacity`: so many are seen at once; patients themselves
    book no later than `lead_minutes` before, and no further ahead than `horizon_days`."""

    practitioner: str
    version: int
    location: str
    timezone: str | None
    weekly: list[WeeklySpanShown]
    special: list[SpecialDayShown]
    grid: int
    capacity: int
    valid_from: str | None
    valid_until: str | None
    lead_minutes: int
    horizon_days: int


class NewPractitioner(Asked):
    """Somebody new."""

    name: Name
    languages: Languages = ()


class PractitionerChange(Asked):
    """What is left out stays as it is."""

    name: Name | None = None
    active: bool | None = None
    languages: Languages | None = None
    version: Version = None


class NewSpan(Asked):
    begins: Wall
    ends: WallEnd
    types: Ids = ()


class NewWeeklySpan(NewSpan):
    weekday: Annotated[int, Field(ge=0, le=6, description="0 is Monday")]


class NewSpecialDay(Asked):
    day: Day
    spans: Annotated[list[NewSpan], Field(max_length=12)] = Field(default_factory=list)


class NewSchedule(Asked):
    """All of it; `version` 0 where there was none."""

    location: Annotated[str, Field(max_length=100)] = ""
    timezone: Annotated[str | None, Field(max_length=64, description="IANA name; none: the clinic's")] = None
    weekly: Annotated[list[NewWeeklySpan], Field(max_length=100)]
    special: Annotated[list[NewSpecialDay], Field(max_length=366)] = Field(default_factory=list)
    grid: Annotated[int, Field(ge=5, le=240)] = 15
    capacity: Annotated[int, Field(ge=1, le=50)] = 1
    valid_from: Day | None = None
    valid_until: Day | None = None
    lead_minutes: Annotated[int, Field(ge=0, le=43200)] = 120
    horizon_days: Annotated[int, Field(ge=1, le=366)] = 90
    version: Annotated[int | None, Field(ge=0)] = None


def _practitioner(one: Practitioner) -> PractitionerShown:
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "active": one.active,
        "languages": list(one.languages),
    }


def _span(one: Span) -> SpanShown:
    return {"begins": one.begins, "ends": one.ends, "types": list(one.types)}


def _schedule(one: Schedule) -> ScheduleShown:
    return {
        "practitioner": one.practitioner,
        "version": one.version,
        "location": one.location,
        "timezone": one.timezone,
        "weekly": [{**_span(span), "weekday": span.weekday} for span in one.weekly],
        "special": [
            {"day": each.day.isoformat(), "spans": [_span(span) for span in each.spans]}
            for each in one.special
        ],
        "grid": one.grid,
        "capacity": one.capacity,
        "valid_from": one.valid_from.isoformat() if one.valid_from else None,
        "valid_until": one.valid_until.isoformat() if one.valid_until else None,
        "lead_minutes": one.lead_minutes,
        "horizon_days": one.horizon_days,
    }


def new_id_of(call: Call, letter: str) -> str:
    """A new thing's id, one for each Idempotency-Key: asked again after a crash, it is the same one."""
    if call.own_key is None:
        return new_id(letter)
    return f"{letter}{communication_id(call.tenant, 'recado', call.operation.name, call.own_key)[:20]}"


@resource.route("GET", "/practitioners", "list_practitioners", Page[PractitionerShown])
def list_practitioners(call: Call) -> Page[PractitionerShown]:
    """All who see patients, or did."""
    found = schedules.practice(call.tenant).practitioners.values()
    return page([_practitioner(one) for one in sorted(found, key=lambda one: one.name)])


@resource.route(
    "POST", "/practitioners", "add_practitioner", PractitionerShown, status=201, body=NewPractitioner,
    keyed=True,
)  # fmt: skip
def add_practitioner(call: Call, body: NewPractitioner) -> PractitionerShown:
    """Enter somebody who sees patients."""
    wanted = set_practitioner.Wanted(body.name, languages=body.languages)
    made = new_id_of(call, "d")
    return call.once(
        lambda: _practitioner(set_practitioner.set_practitioner(call.tenant, made, wanted, version=0))
    )


@resource.route(
    "PATCH", "/practitioners/{id}", "change_practitioner", PractitionerShown, body=PractitionerChange
)
def change_practitioner(call: Call, practitioner: str, body: PractitionerChange) -> PractitionerShown:
    """Change what is said of them."""
    wanted = set_practitioner.Wanted(body.name, body.active, body.languages)
    after = set_practitioner.set_practitioner(call.tenant, practitioner, wanted, version=body.version)
    return _practitioner(after)


@resource.route("GET", "/practitioners/{id}/schedule", "read_schedule", ScheduleShown)
def read_schedule(call: Call, practitioner: str) -> ScheduleShown:
    """When they can be booked."""
    if practitioner not in schedules.practice(call.tenant).practitioners:
        raise NotFound
    held = schedules.schedule(call.tenant, practitioner)
    return _schedule(held or Schedule(practitioner=practitioner))


@resource.route("PUT", "/practitioners/{id}/schedule", "set_schedule", ScheduleShown, body=NewSchedule)
def put_schedule(call: Call, practitioner: str, body: NewSchedule) -> ScheduleShown:
    """Say when they can be booked; what is booked stays, whether it fits or not."""
    said: dict[str, Any] = body.model_dump(exclude={"version"})
    for index, span in enumerate(said["weekly"]):
        _in_order(f"weekly.{index}.ends", span)
    for number, each in enumerate(said["special"]):
        _date(f"special.{number}.day", each["day"])
        for index, span in enumerate(each["spans"]):
            _in_order(f"special.{number}.spans.{index}.ends", span)
    for field in ("valid_from", "valid_until"):
        _date(field, said[field])
    wanted = Schedule.model_validate({**said, "practitioner": practitioner})
    return _schedule(set_schedule.set_schedule(call.tenant, wanted, call.now, version=body.version))


def _in_order(field: str, span: dict[str, Any]) -> None:
    if span["begins"] >= span["ends"]:
        raise Invalid(field, "A span ends after it begins, on the same day.")


def _date(field: str, written: str | None) -> None:
    day_of(field, written or "2026-01-01")
