from __future__ import annotations

import pytest
from recado.channels import Request, sns
from recado.errors import Forged

TOPIC = "arn:aws:sns:us-east-1:123456789012:sms"
NOTIFIED = Request("SNS", TOPIC, {}, {"x-sns-timestamp": "2026-11-22T10:00:00.123Z"}, b"{}")


def test_what_comes_by_the_channel_s_own_topic_is_genuine() -> None:
    sns.verify(NOTIFIED, {"topics": ["arn:aws:sns:us-east-1:123456789012:former", TOPIC]})


@pytest.mark.parametrize(
    ("request_", "secrets"),
    [
        (NOTIFIED, {}),
        (NOTIFIED, {"topics": []}),
        (NOTIFIED, {"topics": None}),
        (NOTIFIED, {"topics": TOPIC}),
        (NOTIFIED, {"topics": [f"{TOPIC}-other"]}),
        (NOTIFIED._replace(method="POST"), {"topics": [TOPIC]}),
        (NOTIFIED._replace(path=""), {"topics": [""]}),
    ],
)
def test_nothing_else_is(request_: Request, secrets: dict[str, object]) -> None:
    with pytest.raises(Forged):
        sns.verify(request_, secrets)


def test_nobody_is_greeted() -> None:
    with pytest.raises(Forged):
        sns.handshake(Request("GET", "/", {"hub.challenge": "1"}, {}, b""), {"topics": [TOPIC]})


@pytest.mark.parametrize("told", ["", "yesterday", "2026-11-22T10:00:00+01:00", "2026-11-22T10:00:00Z\n"])
def test_a_time_that_is_none_is_not_told(told: str) -> None:
    assert sns.notified_at(NOTIFIED) == "2026-11-22T10:00:00.123Z"
    assert sns.notified_at(NOTIFIED._replace(headers={"x-sns-timestamp": told})) == ""
