"""What a flow does, by the name that it calls it by."""

from __future__ import annotations

from recado.model.flow import Deed
from recado.rules.flows.scene import Done, Scene


def do_deed(tenant: str, deed: Deed, scene: Scene) -> Done:
    """Do it, and say what came of it. What it has to save is among what it gives back, to be saved with our
    answer: but for a booking and a move. Raises Unavailable."""
    match deed:
        case "find_visits" | "confirm_visit" | "cancel_visit":
            return _visit(tenant, deed, scene)
        case "find_types" | "know_name" | "find_slots" | "book_slot" | "move_visit" | "join_waiting":
            return _time(tenant, deed, scene)
        case "begin_results" | "check_identity" | "find_result":
            return _result(tenant, deed, scene)
        case _:
            return _other(tenant, deed, scene)


def _visit(tenant: str, deed: Deed, scene: Scene) -> Done:
    from recado.actions.find_visits import find_visits  # noqa: PLC0415 - each flow needs few of these
    from recado.actions.settle_visit import settle_visit  # noqa: PLC0415

    if deed == "find_visits":
        return find_visits(tenant, scene)
    return settle_visit(tenant, scene, "confirm" if deed == "confirm_visit" else "cancel")


def _time(tenant: str, deed: Deed, scene: Scene) -> Done:
    from recado.actions.offer_slots import offer_slots, offer_types  # noqa: PLC0415
    from recado.actions.take_slot import take_slot  # noqa: PLC0415

    if deed == "find_types":
        return offer_types(tenant, scene)
    if deed == "find_slots":
        return offer_slots(tenant, scene)
    if deed == "know_name":
        from recado.actions.know_name import know_name  # noqa: PLC0415

        return know_name(tenant, scene)
    if deed == "join_waiting":
        from recado.actions.wait_in_line import wait_in_line  # noqa: PLC0415

        return wait_in_line(tenant, scene)
    return take_slot(tenant, scene, moves=deed == "move_visit")


def _result(tenant: str, deed: Deed, scene: Scene) -> Done:
    from recado.actions.ask_result import ask_result, check_identity, find_result  # noqa: PLC0415

    if deed == "begin_results":
        return ask_result(tenant, scene)
    return check_identity(tenant, scene) if deed == "check_identity" else find_result(tenant, scene)


def _other(tenant: str, deed: Deed, scene: Scene) -> Done:
    if deed == "tell_hours":
        from recado.actions.tell_hours import tell_hours as act  # noqa: PLC0415
    elif deed == "find_answer":
        from recado.actions.find_answer import find_answer as act  # noqa: PLC0415
    else:
        from recado.actions.stop_messages import stop_messages as act  # noqa: PLC0415
    return act(tenant, scene)
