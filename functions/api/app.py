"""The REST API: every resource's routes in one Chalice app, which is the Lambda handler."""

from __future__ import annotations

from chalice.app import ConvertToMiddleware

from api import (
    agents,
    appointments,
    contacts,
    interactions,
    me,
    media,
    options,
    patients,
    people,
    records,
)
from api.resource import logger
from api.resource import metrics as measurements
from api.seldom import Api

PARTS = (
    me, contacts, media, interactions, options, patients, records, people,
    appointments, agents,
)  # fmt: skip
app = Api(app_name="recado", configure_logs=False)
for part in PARTS:
    app.register_blueprint(part.resource.blueprint)
app.register_middleware(ConvertToMiddleware(measurements.log_metrics), "http")
app.register_middleware(ConvertToMiddleware(logger.inject_lambda_context), "http")
