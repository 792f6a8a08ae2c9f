"""When the clinic is open, and where it is."""

from __future__ import annotations

from itertools import groupby

from recado import texts
from recado.model.tenant import Tenant
from recado.rules.flows.scene import Done, Scene


def tell_hours(tenant: str, scene: Scene) -> Done:
    """Its week and its address, as far as it has said them; `none`: it has said neither."""
    lines = _week(scene.clinic, scene.contact.language)
    if scene.clinic.address:
        lines.append(scene.clinic.address)
    return Done("told", {"hours": "\n".join(lines)}) if lines else Done("none")


def _week(clinic: Tenant, language: str) -> list[str]:
    """A line for days in a row that have the same hours: "segunda-feira a …" in figures' order."""
    days = [(number, _spans(clinic, number)) for number in range(7)]
    lines = []
    for spans, run in groupby((one for one in days if one[1]), key=lambda one: one[1]):
        for numbers in _runs([number for number, _ in run]):
            names = [texts.weekday(number, language) for number in (numbers[0], numbers[-1])]
            lines.append(f"{' – '.join(dict.fromkeys(names))}: {spans}")
    return lines


def _spans(clinic: Tenant, weekday: int) -> str:
    there = sorted((one.opens, one.closes) for one in clinic.hours if one.weekday == weekday)
    return ", ".join(f"{opens}–{closes}" for opens, closes in there)


def _runs(numbers: list[int]) -> list[list[int]]:
    """Numbers that follow one another, together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
