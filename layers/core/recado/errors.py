"""Every error Recado raises on purpose. Standard library only: all layers may import it.

RecadoError                    500 error
├── Invalid                    400 invalid           a field's value cannot be used; names the field
│   ├── UnreadableInput        400 unreadable        the bytes are no document we can read
│   └── NotTaken               400 not_taken         a message of a kind that says nothing we would keep
├── TooLarge                   413 too_large         the body is over the limit
├── TooMany                    429 too_many          asked too often; wait some minutes (retryable)
├── Unauthorised               401 unauthorised      we do not know who is calling
├── Forbidden                  403 forbidden         we know who is calling; their role may not do this
├── Forged                     403 forged            a webhook's signature or handshake is missing or wrong
├── NotFound                   404 not_found         no such thing *for this tenant*: another's looks the same
├── Conflict                   409 conflict          the thing is not in a state that allows this
│   ├── SlotTaken              409 slot_taken        the time is another visit's; names free ones
│   │   └── PatientBusy        409 patient_busy      the patient has another visit then; names free times
│   ├── Stale                  409 stale             someone changed it since the caller read it
│   └── InProgress             409 in_progress       the same request is being worked on (retryable)
├── Unavailable                503 unavailable       a service we need did not answer; try again (retryable)
│   └── Busy                   503 busy              throttled, or lost a race in a transaction (retryable)
├── Misconfigured              500 misconfigured     an operator left out a setting or a secret
└── SendFailed                 502 send_failed       the provider did not take a message; see `outcome`

`retryable` means: the same call, unchanged, may succeed later.
Messages may be shown to the caller and logged, so they never hold a patient's words, name or number.
"""

# ruff: noqa: N818 - the names say what happened, as in httpx; "Error" behind each would add nothing.

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

Outcome = Literal[
    "retry", "wait", "template_only", "opted_out", "bad_address", "fix_account", "fix_request", "unknown"
]
"""Why a send failed, and so what may be done about it:

- `retry`: certainly not sent; repeat after a back-off (`retry_after` seconds where the provider says);
- `wait`: certainly not sent; the provider wants a day or more between messages to this person;
- `template_only`: the 24-hour window is shut; only an approved template may go;
- `opted_out`: the person stopped this kind of message, or the provider's policy forbids it;
- `bad_address`: nobody can be reached there on this channel;
- `fix_account`: token, permissions, billing, or a code we do not know: an operator must act;
- `fix_request`: this message, or its template, is wrong: it will never go as it is;
- `unknown`: it may or may not have been sent; never repeat without looking it up.
"""


class RecadoError(Exception):
    """The root. `code` is stable, for programs; `str(error)` for people, `field` says what is at fault."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    default: ClassVar[str] = "Something went wrong on our side."

    def __init__(self, message: str = "", *, field: str | None = None) -> None:
        super().__init__(message or self.default)
        self.field = field

    @property
    def retryable(self) -> bool:
        """Whether the same call, unchanged, may succeed later."""
        return False

    @property
    def beside(self) -> dict[str, Any]:
        """What the REST API tells a caller besides."""
        return {}

    def body(self) -> dict[str, Any]:
        """The JSON that the REST API answers with, beside `status`."""
        return {"error": {"code": self.code, "message": str(self), "field": self.field}, **self.beside}


class Invalid(RecadoError):
    """A value cannot be used. `field` is the name the caller gave it, dotted where nested."""

    code = "invalid"
    status = 400
    default = "This value cannot be used."

    def __init__(self, field: str | None, message: str = "") -> None:
        super().__init__(message, field=field)


class UnreadableInput(Invalid):
    """The bytes are no document we can read (cut short, too deep, not JSON)."""

    code = "unreadable"
    default = "The body cannot be read."

    def __init__(self, message: str = "", field: str | None = None) -> None:
        super().__init__(field, message)


class NotTaken(Invalid):
    """A message of a kind that says nothing we would keep."""

    code = "not_taken"
    default = "Messages of this kind are not taken."


class TooLarge(RecadoError):
    code = "too_large"
    status = 413
    default = "The body is too large."


class TooMany(RecadoError):
    """One caller asked too often. Nothing of the request was looked at, let alone stored."""

    code = "too_many"
    status = 429
    default = "Too many requests. Please wait a few minutes and try again."

    @property
    def retryable(self) -> bool:
        return True


class Unauthorised(RecadoError):
    code = "unauthorised"
    status = 401
    default = "Please sign in."


class Forbidden(RecadoError):
    code = "forbidden"
    status = 403
    default = "You may not do this."


class Forged(RecadoError):
    """The request does not prove that it comes from the provider. Nothing of it may be stored."""

    code = "forged"
    status = 403
    default = "The signature is missing or wrong."


class NotFound(RecadoError):
    """Takes no message on purpose: a missing thing and another clinic's must look alike to the last byte."""

    code = "not_found"
    status = 404
    default = "Not found."

    def __init__(self) -> None:
        super().__init__()


class Conflict(RecadoError):
    code = "conflict"
    status = 409
    default = "This is not possible in its present state."


class SlotTaken(Conflict):
    """The time that was asked for is taken. `alternatives`: starts nearby that are free, as wall time and as
    an instant, at most three."""

    code = "slot_taken"
    default = "This time is taken."

    def __init__(self, alternatives: Sequence[Mapping[str, str]] = ()) -> None:
        super().__init__(field="start")
        self.alternatives = tuple(alternatives)

    @property
    def beside(self) -> dict[str, Any]:
        """The alternatives."""
        return {"alternatives": [dict(one) for one in self.alternatives]}


class PatientBusy(SlotTaken):
    """The patient has another visit at the time. `alternatives` as in SlotTaken, at which both are free."""

    code = "patient_busy"
    default = "The patient has another visit at this time."


class Stale(Conflict):
    """A save with an expected version met another one. Load again, ask again, save again."""

    code = "stale"
    default = "Someone else changed this in the meantime. Load it again."


class InProgress(Conflict):
    """The same request, by its Idempotency-Key, has been made and is not answered yet."""

    code = "in_progress"
    default = "The same request is being worked on. Ask again in a moment."

    @property
    def retryable(self) -> bool:
        return True


class Unavailable(RecadoError):
    code = "unavailable"
    status = 503
    default = "A service we need did not answer. Please try again."

    @property
    def retryable(self) -> bool:
        return True


class Busy(Unavailable):
    code = "busy"
    default = "Too busy right now. Please try again."


class Misconfigured(RecadoError):
    """A setting, a secret or a table is missing. Fails closed; an operator must act."""

    code = "misconfigured"
    default = "The system is not set up completely."


class SendFailed(RecadoError):
    """The provider did not take a message, or we cannot know whether it did.

    `outcome` decides what happens next; `provider_code` is the provider's own code (for operators);
    `retry_after` is in seconds, where the provider gave one.
    """

    code = "send_failed"
    status = 502
    default = "The message could not be sent."

    def __init__(
        self,
        outcome: Outcome,
        message: str = "",
        *,
        provider_code: int | str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message or f"{self.default} ({outcome})")
        self.outcome: Outcome = outcome
        self.provider_code = provider_code
        self.retry_after = retry_after

    @property
    def retryable(self) -> bool:
        """Only what was certainly *not* sent may be repeated unchanged."""
        return self.outcome in ("retry", "wait")
