"""What is noted of a patient: fields, disputes, what they are to the clinic, who looks after them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.answers import Page, page
from api.known import Need, need_of
from api.patients import PatientInFull, in_full
from api.reading import Asked, Version, moment_of
from api.resource import Call, Resource

resource = Resource(__name__)

Value = Annotated[str | None, Field(min_length=1, max_length=200)]


class NewFields(Asked):
    """What is known of somebody by now: at least one field; what is left out stays as it is.

    `documents`: kind (`br/cpf`, `es/dni`, `it/codicefiscale`, `pt/passport`, …) → number. `source` is `ehr`
    where another system of the clinic's says it, `at` since when it is known there.
    """

    name: Value = None
    given_name: Value = None
    family_name: Value = None
    birth_date: Annotated[Value, Field(description="`1984-03-25`")] = None
    sex: Annotated[Value, Field(description="`female`, `male`, `other` or `unknown`")] = None
    street: Value = None
    city: Value = None
    postcode: Value = None
    country: Annotated[Value, Field(description="ISO 3166, two letters")] = None
    documents: Annotated[dict[str, str] | None, Field(max_length=10)] = None
    source: Literal["desk", "ehr"] = "desk"
    at: Annotated[str | None, Field(max_length=40, description="With an offset; now if none.")] = None
    version: Version = None

    def said(self) -> dict[str, str]:
        """Each field and document that is given, as typed."""
        own = self.model_dump(exclude={"documents", "source", "at", "version"}, exclude_none=True)
        return {**own, **(self.documents or {})}


class Settlement(Asked):
    """Which value is right; it may be one that nobody has said."""

    field: Annotated[str, Field(min_length=1, max_length=40)]
    value: Annotated[str, Field(min_length=1, max_length=200)]
    version: Version = None


class NewKind(Asked):
    """What they are to the clinic."""

    kind: Literal["lead", "patient", "member", "partner", "caregiver"]
    version: Version = None


class NewCare(Asked):
    """The queue that looks after them from now on; none: they are as everybody else. `note` says why."""

    team: Annotated[str | None, Field(min_length=1, max_length=40)] = None
    note: Annotated[str, Field(max_length=500)] = ""
    version: Version = None


class Occasion(Asked):
    """What they are asked for."""

    what: Annotated[Literal["booking", "registration"], Field(alias="for")] = "booking"


@resource.route("PUT", "/patients/{id}/fields", "describe_patient", PatientInFull, body=NewFields)
def put_fields(call: Call, patient_id: str, body: NewFields) -> PatientInFull:
    """Note what is known of a patient by now. Where another source says otherwise nothing changes: that is in
    dispute, and somebody decides."""
    from recado.actions.describe import Description, describe  # noqa: PLC0415 - matching is heavy

    source = "ehr" if body.source == "ehr" else call.author
    at = moment_of("at", body.at) if body.at else call.now
    told = Description(body.said(), source, at)
    after = describe(call.tenant, patient_id, told, call.now, version=body.version)
    return in_full(call.tenant, after, call.now)


@resource.route("PUT", "/patients/{id}/disputes", "settle_dispute", PatientInFull, body=Settlement)
def put_dispute(call: Call, patient_id: str, body: Settlement) -> PatientInFull:
    """Decide what is right, of a field or a document: what others say of it is asked no more."""
    from recado.actions.settle_dispute import settle_dispute  # noqa: PLC0415 - matching is heavy

    after = settle_dispute(
        call.tenant, patient_id, body.field, body.value, call.now, by=call.author, version=body.version
    )
    return in_full(call.tenant, after, call.now)


@resource.route("PUT", "/patients/{id}/kind", "set_kind", PatientInFull, body=NewKind)
def put_kind(call: Call, patient_id: str, body: NewKind) -> PatientInFull:
    """Say what somebody is to the clinic."""
    from recado.actions.set_kind import set_kind  # noqa: PLC0415 - seldom

    after = set_kind(call.tenant, patient_id, body.kind, call.now, version=body.version)
    return in_full(call.tenant, after, call.now)


@resource.route("PUT", "/patients/{id}/care", "set_care", PatientInFull, body=NewCare)
def put_care(call: Call, patient_id: str, body: NewCare) -> PatientInFull:
    """Let a team look after somebody in person, past all that answers by itself, and without offers."""
    from recado.actions.set_care import set_care  # noqa: PLC0415 - seldom

    after = set_care(
        call.tenant, patient_id, body.team, body.note, call.now, by=call.author, version=body.version
    )
    return in_full(call.tenant, after, call.now)


@resource.route("GET", "/patients/{id}/needs", "list_needs", Page[Need], query=Occasion)
def read_needs(call: Call, patient_id: str, query: Occasion) -> Page[Need]:
    """What is left to ask a patient for: nobody repeats what is known."""
    from recado.actions.list_needs import list_needs  # noqa: PLC0415 - seldom

    return page([need_of(one) for one in list_needs(call.tenant, patient_id, query.what, call.now)])
