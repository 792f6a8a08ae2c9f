"""How likely somebody is not to come: what a clinic's history has taught, and one prediction."""

from __future__ import annotations

from pydantic import Field

from recado.model.record import Instant, Record, Versioned


class Calibration(Record):
    """What turns a fitted log-odds into one that later visits bore out: `shift + stretch * log-odds`."""

    shift: float = 0.0
    stretch: float = 1.0


class Trial(Record):
    """How a model that had seen only what was before did on the latest visits.

    `brier` is the mean squared error of its probabilities (0 best), `plain` that of always saying the share
    that was missed so far; `area`: how often it put a missed visit before a kept one (AUC, 0.5: by chance).
    """

    visits: int
    missed: int
    brier: float
    plain: float
    area: float | None = None


class RiskModel(Versioned):
    """What a clinic's own visits have taught about who does not come; with none, what was believed before.

    `weights` are log-odds by feature and bin, `lead=8`, or by feature where it is a number; `typical` is the
    mean share of each feature in the log-odds; `shares` is how many visits, and how many missed ones, each
    group had until `day`, the older ones counting less.
    """

    definition: str
    """Which features, and how they are cut: a model of another definition is not used."""
    learned_at: Instant | None = None
    day: int = 0
    """The clinic's day from which on nothing was known yet, as a proleptic Gregorian ordinal."""
    visits: int = 0
    missed: int = 0
    intercept: float
    weights: dict[str, float]
    typical: dict[str, float] = Field(default_factory=dict)
    shares: dict[str, tuple[float, float]] = Field(default_factory=dict)
    calibration: Calibration = Field(default_factory=Calibration)
    trial: Trial | None = None
    high_from: float = 0.3
    """From this probability on a visit is at risk: so that one in five is."""


class Reason(Record):
    """Why a risk is higher or lower than usual: by how much (log-odds) this feature moves it."""

    feature: str
    value: str
    moves: float


class Risk(Record):
    """One prediction of a visit's, with all that it came from (R58).

    `high`: among the fifth of the clinic's visits that are likeliest missed. It orders calls and adds
    reminders; nothing that a patient asks for depends on it.
    """

    probability: float = Field(ge=0, le=1)
    high: bool = False
    reasons: tuple[Reason, ...] = ()
    features: dict[str, str] = Field(default_factory=dict)
    """What was known, by feature."""
    age: int | None = None
    """The patient's, in years: the clinic learns from it."""
    model: int = 0
    """The version of the model; 0: it had learned nothing yet."""
    definition: str
    calibration: Calibration = Field(default_factory=Calibration)
    at: Instant
