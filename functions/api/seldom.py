"""A Chalice app that imports what is asked seldom when it is first asked for: no other start pays for it."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from chalice.app import Chalice

SELDOM: Final = (
    "imports", "erasures", "metrics", "unreadable", "accounts", "account_steps", "preflights", "health",
    "attempts", "subscriptions", "fhir", "hl7", "feeds", "schedules", "appointment_types", "slots",
    "visit_steps", "figures", "flows", "articles", "policies", "missed", "risk", "experiments",
    "waiting_list", "surveys", "segments", "campaigns", "authorisations", "medication", "related", "reviews",
    "reminder_calls", "ratings", "churn_risks", "plainness",
)  # fmt: skip


class Api(Chalice):
    """The app; it has all its routes once one was asked for that it did not know."""

    complete = False

    def __call__(self, event: dict[str, Any], context: Any) -> Any:
        """Answer a request. A route that is not known yet may be one of those asked seldom."""
        if event["requestContext"]["resourcePath"] not in self.routes:
            self.fill()
        return super().__call__(event, context)

    def fill(self) -> None:
        """Import what is asked seldom, once."""
        if not self.complete:
            self.complete = True
            for name in SELDOM:
                self.register_blueprint(import_module(f"api.{name}").resource.blueprint)
