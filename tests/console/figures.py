"""The part of the stand-in API that tells figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]


def figure(ident: str, value: float | None, n: int, unit: str = "share", **parts: Any) -> Json:
    """One of version 1; of a part its value and of how many it is."""
    made = {name: {"value": one[0], "n": one[1]} for name, one in parts.items()}
    told = {"version": 1, "name": f"name_of_{ident}", "source": f"R1, {ident}", "unit": unit}
    return {"id": ident, "value": value, "n": n, "parts": made} | told


NO_SHOWS = figure("K21", 0.004, 250, not_noted=(0.5, 500))
NOBODY = figure("K23", None, 0, minutes=(None, 0))
CALLBACK = figure("K14", 754, 9, "seconds", p90=(7384, 9), open_p50=(300, 9), open_p90=(900, 9))
WAIT = figure("K29", 4.5, 2, "days", t1=(4.5, 2), none=(1, 3))
BROKEN_OFF = figure("bot_drop_off_rate", 0.25, 8) | {"parts": {"book/which_slot": {"value": 0.25, "n": 8}}}
NPS = figure("K38", -12.5, 8, "points", promoters=(0.25, 8), low=(-60, 8), enough=(0.0, 8))
REVIEWED = figure("K27", 0.3, 10, rating=(4.6, 121))
NEW = figure("K99", 3, 9, "count")


def report(*total: Json, **channels: list[Json]) -> Json:
    """Of these, and of each channel."""
    period = {"timezone": "America/Sao_Paulo", "since": "2026-11-16T03:00:00Z"}
    return period | {"until": "2026-11-23T03:00:00Z", "total": list(total), "channels": channels}


@dataclass
class Figures:
    """Reports by their group, and what was asked for."""

    reports: dict[str, Json] = field(
        default_factory=lambda: {
            "appointments": report(figure("K20", 0.5, 12), NO_SHOWS, NOBODY, whatsapp=[NO_SHOWS]),
            "follow-up": report(figure("K12", 0.125, 8, open=(0.25, 4), closed=(0, 4)), CALLBACK),
            "access": report(WAIT),
            "bot": report(figure("K30", 0.6, 5, book=(0.6, 5)), BROKEN_OFF),
            "messages": report(figure("K40", 0.97, 400, free=(0.9, 40), visit_24h=(0.98, 360))),
            "authorisations": report(figure("K24", None, 0)),
            "surveys": report(NPS),
            "reviews": report(REVIEWED),
            "retention": report(NEW),
        }
    )
    asked: list[tuple[str, Json]] = field(default_factory=list)


class FigureRoutes:
    """The routes, over one World."""

    world: Any

    def get_metrics(self, rest: list[str], request: Request, _: Json) -> Response:
        if not rest:
            return JSONResponse(self.world.metrics)
        self.world.figures.asked.append((rest[0], dict(request.query_params)))
        return JSONResponse(self.world.figures.reports[rest[0]])
