"""Who may do what: one row for each operation of the REST API.

Source: reliability.md 5.2 (the matrix is data, and tested cell by cell). The platform's operator looks after
the service and sees nothing of what patients write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from recado.model.tenant import Role

_DESK: Final[frozenset[Role]] = frozenset({"agent", "supervisor", "admin"})
_LEADS: Final[frozenset[Role]] = frozenset({"supervisor", "admin"})
_ADMIN: Final[frozenset[Role]] = frozenset({"admin"})
_EVERYONE: Final[frozenset[Role]] = _DESK | {"operator"}

ALLOWED: Final[Mapping[str, frozenset[Role]]] = {
    "read_me": _EVERYONE,
    "list_contacts": _DESK,
    "read_contact": _DESK,
    "list_options": _DESK,
    "reply": _DESK,
    "take_contact": _DESK,
    "transfer_contact": _DESK,
    "close_contact": _DESK,
    "note_attempt": _DESK,
    "list_breaches": _DESK,
    "list_candidates": _DESK,
    "attribute_contact": _DESK,
    "find_patients": _DESK,
    "read_patient": _DESK,
    "read_timeline": _DESK,
    "read_why": _DESK,
    "join_records": _DESK,
    "part_records": _DESK,
    "list_reviews": _DESK,
    "read_review": _DESK,
    "decide_review": _DESK,
    "list_related": _DESK,
    "relate": _DESK,
    "unrelate": _DESK,
    "note_consent": _DESK,
    "set_preferences": _DESK,
    "describe_patient": _DESK,
    "settle_dispute": _DESK,
    "set_kind": _DESK,
    "set_care": _DESK,
    "list_needs": _DESK,
    "read_file": _DESK,
    "keep_file": _DESK,
    "note_interaction": _DESK,
    "book_appointment": _DESK,
    "list_appointments": _DESK,
    "read_appointment": _DESK,
    "cancel_appointment": _DESK,
    "move_appointment": _DESK,
    "arrive": _DESK,
    "fulfil": _DESK,
    "note_no_show": _DESK,
    "reopen_appointment": _DESK,
    "list_slots": _DESK,
    "list_practitioners": _DESK,
    "list_types": _DESK,
    "read_schedule": _DESK,
    "add_practitioner": _LEADS,
    "change_practitioner": _LEADS,
    "add_type": _LEADS,
    "change_type": _LEADS,
    "set_schedule": _LEADS,
    "read_metrics": _DESK,
    "list_agents": _DESK,
    "set_own_state": _DESK,
    "list_channels": _LEADS,
    "list_accounts": _LEADS,
    "read_account": _LEADS,
    "read_preflight": _LEADS,
    "read_health": _LEADS,
    "erase_patient": _ADMIN,
    "add_account": _ADMIN,
    "change_account": _ADMIN,
    "remove_account": _ADMIN,
    "pause_account": _ADMIN,
    "resume_account": _ADMIN,
    "rotate_secrets": _ADMIN,
    "finish_rotation": _ADMIN,
    "try_account": _ADMIN,
    "run_preflight": _ADMIN,
    "import_patients": _ADMIN,
    "add_import_part": _ADMIN,
    "list_imports": _LEADS,
    "read_import": _LEADS,
    "list_import_rows": _LEADS,
    "fhir_metadata": _DESK,
    "fhir_search": _DESK,
    "fhir_read": _DESK,
    "fhir_create": _ADMIN,
    "fhir_update": _ADMIN,
    "fhir_bundle": _ADMIN,
    "list_subscriptions": _LEADS,
    "read_subscription": _LEADS,
    "list_notices": _LEADS,
    "subscribe": _ADMIN,
    "change_subscription": _ADMIN,
    "unsubscribe": _ADMIN,
    "pause_subscription": _ADMIN,
    "resume_subscription": _ADMIN,
    "rotate_signing": _ADMIN,
    "finish_signing": _ADMIN,
    "try_subscription": _ADMIN,
    "replay_notice": _ADMIN,
    "replay_notices": _ADMIN,
    "list_flows": _DESK,
    "read_flow": _DESK,
    "list_flow_versions": _LEADS,
    "save_flow": _ADMIN,
    "use_flow": _ADMIN,
    "read_self_service": _DESK,
    "set_self_service": _ADMIN,
    "list_articles": _DESK,
    "write_article": _LEADS,
    "remove_article": _LEADS,
    "list_unanswered": _LEADS,
    "note_result": _DESK,
    "list_results": _LEADS,
    "list_policies": _LEADS,
    "read_policy": _LEADS,
    "preview_policy": _LEADS,
    "set_policy": _LEADS,
    "set_type_policy": _LEADS,
    "drop_policy": _LEADS,
    "list_missed": _DESK,
    "see_missed": _DESK,
    "list_unreadable": frozenset({"admin", "operator"}),
}
"""Operation → the roles that may do it."""

ROLES: Final[tuple[Role, ...]] = ("operator", "admin", "supervisor", "agent")
"""The one that reaches furthest first: by it a person in several groups is shown."""


def may(roles: Iterable[Role], operation: str) -> bool:
    """Whether one of these roles allows the operation; what is not in the matrix is allowed to nobody."""
    return not ALLOWED.get(operation, frozenset()).isdisjoint(roles)
