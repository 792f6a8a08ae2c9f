"""Somebody wants no more messages, and has said so when they were asked."""

from __future__ import annotations

from typing import Any

from recado.actions.change_consent import by_word, everybody
from recado.actions.mark_stopped import mark_stopped
from recado.actions.share_consent import change_person, known
from recado.rules.flows.scene import Done, Scene


def stop_messages(tenant: str, scene: Scene) -> Done:
    """As their word to stop does (see opt_out): for everybody behind the contact point."""
    said = scene.communication
    people = [known(tenant, one) for one in everybody(tenant, said.patient)]

    def write(work: Any) -> None:
        change_person(tenant, by_word(tenant, said, "stop", scene.now), people, work)
        mark_stopped(tenant, said.patient, scene.now, work)

    return Done("done", writes=(write,))
