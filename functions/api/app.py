"""The REST API: every resource's routes in one Chalice app, which is the Lambda handler."""

from __future__ import annotations

from chalice.app import Chalice, ConvertToMiddleware

from api import (
    account_steps,
    accounts,
    agents,
    appointments,
    contacts,
    erasures,
    health,
    imports,
    interactions,
    me,
    media,
    metrics,
    options,
    patients,
    people,
    preflights,
    records,
    related,
    reviews,
    unreadable,
)
from api.resource import logger
from api.resource import metrics as measurements

PARTS = (
    me, contacts, media, interactions, options, patients, records, people, reviews, imports, related,
    erasures, appointments, metrics, agents, unreadable, accounts, account_steps, preflights, health,
)  # fmt: skip
app = Chalice(app_name="recado", configure_logs=False)
for part in PARTS:
    app.register_blueprint(part.resource.blueprint)
app.register_middleware(ConvertToMiddleware(measurements.log_metrics), "http")
app.register_middleware(ConvertToMiddleware(logger.inject_lambda_context), "http")
