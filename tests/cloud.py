"""An AWS account in memory (moto), with the tables and queues that template.yaml declares.

Import it before anything of recado.store: it names the tables in the environment, as Lambda would.
"""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path
from typing import Any, NamedTuple

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_REGION="us-east-1",
    AWS_DEFAULT_REGION="us-east-1",
    STAGE="local",  # the only stage in which a provider may be on this machine
    META_SECRET="recado/test/meta",
    ACCOUNT_SECRETS="recado/test/accounts",
    WEBHOOK_SECRETS="recado/test/webhooks",
    SECRETS_KEY="alias/recado-test",
    WEBHOOKS_URL="https://hooks.example",
    UNREADABLE_BUCKET="recado-test-unreadable",
    MAIL_BUCKET="recado-test-mail",
    MEDIA_BUCKET="recado-test-media",
    POWERTOOLS_SERVICE_NAME="recado",
    POWERTOOLS_METRICS_NAMESPACE="Recado",
    **{
        f"{name}_TABLE": f"recado-test-{name.lower()}"
        for name in ("TENANTS", "PATIENTS", "APPOINTMENTS", "CONTACTS", "INTERVALS", "IDEMPOTENCY")
    },
    **{
        f"{name}_QUEUE_URL": f"https://sqs.us-east-1.amazonaws.com/123456789012/recado-test-{name.lower()}.fifo"
        for name in ("INBOUND", "OUTBOUND")
    },
)

from moto import mock_aws
from moto.core.model_instances import reset_model_data
from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.sqs.models import sqs_backends
from recado.actions import lean, pace
from recado.store import secrets, templates, tenants
from recado.store.clients import client

from infra.local.template import load

TEMPLATE = load(Path(__file__).parents[1] / "template.yaml")
META_SECRET = {"app_secrets": ["sample-app-secret"], "verify_token": "sample-verify-token"}


ACCOUNT, REGION = "123456789012", "us-east-1"


class Saved(NamedTuple):
    """Tables, buckets and secrets at one time, when nothing was on a queue."""

    state: bytes
    streamed: int


class Cloud:
    """One account, emptied before each test. Reads what the handlers wrote, as AWS would deliver it."""

    def __init__(self) -> None:
        self._mock = mock_aws()
        self._mock.start()
        self._streamed = 0
        self._blank: Saved | None = None

    def stop(self) -> None:
        """Leave the fake account."""
        self._mock.stop()

    def fresh(self) -> None:
        """The account with empty tables, queues and buckets, and Meta's secret."""
        if self._blank is None:
            self._make()
            self._blank = self.save()
        self.restore(self._blank)

    def _make(self) -> None:
        for resource in TEMPLATE["Resources"].values():
            if resource["Type"] == "AWS::DynamoDB::Table":
                _create_table(resource["Properties"])
        for bucket in ("UNREADABLE_BUCKET", "MEDIA_BUCKET", "MAIL_BUCKET"):
            client("s3").create_bucket(Bucket=os.environ[bucket])
        self.secret(os.environ["META_SECRET"], META_SECRET)

    def save(self) -> Saved:
        """The account as it is, for `restore`, which takes a hundredth of the time of making it again."""
        state = (
            dynamodb_backends[ACCOUNT][REGION].tables,
            s3_backends[ACCOUNT]["aws"].buckets,
            secretsmanager_backends[ACCOUNT][REGION].secrets,
        )
        return Saved(pickle.dumps(state), self._streamed)

    def restore(self, saved: Saved) -> None:
        """The account as it was; its queues are empty, and nothing is remembered of what was read."""
        self._mock.reset()
        # Moto lists whatever it ever made, for a dashboard that nobody looks at.
        reset_model_data()
        for cache in (templates, tenants, secrets, pace, lean):
            cache.forget()
        tables, buckets, kept = pickle.loads(saved.state)  # noqa: S301 - our own, of a moment ago
        dynamodb_backends[ACCOUNT][REGION].tables = tables
        s3_backends[ACCOUNT]["aws"].buckets = buckets
        secretsmanager_backends[ACCOUNT][REGION].secrets = kept
        self._streamed = saved.streamed
        for name in ("inbound", "outbound"):
            queue = f"recado-test-{name}.fifo"
            sqs_backends[ACCOUNT][REGION].create_queue(queue, FifoQueue="true", VisibilityTimeout="120")

    def secret(self, name: str, value: dict[str, Any]) -> None:
        """Store a secret under a name that is not taken."""
        client("secretsmanager").create_secret(Name=name, SecretString=json.dumps(value))

    def queued(self, name: str) -> dict[str, Any]:
        """What waits on a queue, taken off it, as the event that Lambda would be called with."""
        url = os.environ[f"{name.upper()}_QUEUE_URL"]
        records: list[dict[str, Any]] = []
        while True:
            answer = client("sqs").receive_message(
                QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"]
            )
            messages = answer.get("Messages", [])
            if not messages:
                return {"Records": records}
            for message in messages:
                client("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                records.append(_sqs_record(message))

    def streamed(self) -> dict[str, Any]:
        """What changed in the contacts table since the last call, as the event of its stream."""
        table = dynamodb_backends[ACCOUNT][REGION].tables[os.environ["CONTACTS_TABLE"]]
        assert table.stream_shard  # botocore routes stream calls to hosts that moto does not answer for
        records = [item.to_json() for item in table.stream_shard.items]
        new, self._streamed = records[self._streamed :], len(records)
        return {"Records": [_stream_record(record, str(table.latest_stream_label)) for record in new]}

    def visits_streamed(self) -> dict[str, Any]:
        """All that ever changed in the appointments table, as the event of its stream: visits alone, as its
        source is filtered."""
        table = dynamodb_backends[ACCOUNT][REGION].tables[os.environ["APPOINTMENTS_TABLE"]]
        assert table.stream_shard
        records = [item.to_json() for item in table.stream_shard.items]
        visits = [one for one in records if one["dynamodb"]["Keys"]["sk"] == {"S": "A"}]
        return {"Records": [_stream_record(one, str(table.latest_stream_label)) for one in visits]}

    def items(self, table: str) -> list[dict[str, Any]]:
        """Every row of a table, e.g. `contacts`: for oracles, which no handler may be."""
        answer = client("dynamodb").scan(TableName=os.environ[f"{table.upper()}_TABLE"], ConsistentRead=True)
        found: list[dict[str, Any]] = answer["Items"]
        return found


def _create_table(properties: dict[str, Any]) -> None:
    wanted = ("AttributeDefinitions", "KeySchema", "BillingMode", "GlobalSecondaryIndexes")
    settings = {name: properties[name] for name in wanted if name in properties}
    if "StreamSpecification" in properties:
        settings["StreamSpecification"] = {"StreamEnabled": True, **properties["StreamSpecification"]}
    name = properties["TableName"]["Fn::Sub"].replace("${Stage}", "test")
    client("dynamodb").create_table(TableName=name, **settings)


def _sqs_record(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:recado-test-inbound.fifo",
        "awsRegion": "us-east-1",
    }


def _stream_record(record: dict[str, Any], label: str) -> dict[str, Any]:
    changed = {k: v for k, v in record["dynamodb"].items() if k != "ApproximateCreationDateTime"}
    arn = f"arn:aws:dynamodb:us-east-1:123456789012:table/recado-test-contacts/stream/{label}"
    return {**record, "dynamodb": changed, "eventSourceARN": arn}
