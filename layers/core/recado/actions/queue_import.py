"""A file's next rows are to be taken in."""

from __future__ import annotations

from recado.model.patient_import import PatientImport
from recado.store import queues


def queue_import(tenant: str, known: PatientImport) -> None:
    """Let a worker go on from where it is; it is told of all that there is to know. Raises Unavailable."""
    name = ("import", tenant, known.id)
    body = {"import": known.model_dump(mode="json"), "tenant": tenant}
    queues.send("inbound", [queues.Job(name, (*name, str(known.position)), body)])
