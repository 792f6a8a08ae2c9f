"""List prices of us-east-1, first tier, without free tiers; dollars per million requests.

Read from the services' own pricing pages in November 2026: aws.amazon.com/dynamodb/pricing/on-demand (the
prices since November 2024), /sqs/pricing, /lambda/pricing, /api-gateway/pricing, /s3/pricing and
/secrets-manager/pricing.
"""

from __future__ import annotations

from typing import Final

WRITE_UNIT: Final = 0.625
READ_UNIT: Final = 0.125
SQS_FIFO: Final = 0.50
INVOCATION: Final = 0.20
HTTP_API: Final = 1.00
REST_API: Final = 3.50
S3_PUT: Final = 5.00
SECRET: Final = 5.00

LEFT_OUT: Final = """\
Left out: Lambda's duration, logs and metrics, KMS, storage and backups, data transfer, polls of an empty
queue, sign-in, and what the provider charges. Settings and secrets are cached, as in a warm function."""
