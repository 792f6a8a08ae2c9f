"""The promises of template.yaml, held against what AWS makes of it."""

import json
from typing import Any

import pytest

from infra.local.places import ROOT
from tests.architecture.translated import as_list, resources, statements, target, template

ALARMS = resources("AWS::CloudWatch::Alarm")
FUNCTIONS = resources("AWS::Lambda::Function")
QUEUES = resources("AWS::SQS::Queue")
ROLES = resources("AWS::IAM::Role")
DEAD_LETTERS = {
    target(queue["RedrivePolicy"]["deadLetterTargetArn"])
    for queue in QUEUES.values()
    if "RedrivePolicy" in queue
}
FAILURE_QUEUES = (
    DEAD_LETTERS
    | {
        target(mapping["DestinationConfig"]["OnFailure"]["Destination"])
        for mapping in resources("AWS::Lambda::EventSourceMapping").values()
        if "DestinationConfig" in mapping
    }
    | {
        target(config["DestinationConfig"]["OnFailure"]["Destination"])
        for config in resources("AWS::Lambda::EventInvokeConfig").values()
        if config.get("DestinationConfig")
    }
)

TABLES = sorted(resources("AWS::DynamoDB::Table"))

# Resources with a wildcard, each read by a person: the objects of a bucket, the indexes and streams of a
# table, the random end of a secret's name, the accounts' secrets and the addresses that they send from, which
# come and go while it runs.
REVIEWED_WILDCARDS = {
    "${UnreadableBucket.Arn}/*",
    "${MediaBucket.Arn}/*",
    "${MediaBucket.Arn}/_imports/*",
    "${ArchiveBucket.Arn}/*",
    "${MailBucket.Arn}/in/*",
    "${ContactsTable.Arn}/index/*",
    "${AppointmentsTable.Arn}/index/*",
    "${ContactsTable.Arn}/stream/*",
    "${AppointmentsTable.Arn}/stream/*",
    "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:recado/${Stage}/meta-??????",
    "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:recado/${Stage}/accounts/*",
    "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:recado/${Stage}/accounts/*/email/*",
    "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/*",
    "arn:${AWS::Partition}:sms-voice:${AWS::Region}:${AWS::AccountId}:phone-number/*",
    "arn:${AWS::Partition}:sms-voice:${AWS::Region}:${AWS::AccountId}:pool/*",
    "arn:${AWS::Partition}:sms-voice:${AWS::Region}:${AWS::AccountId}:sender-id/*",
    "arn:${AWS::Partition}:social-messaging:${AWS::Region}:${AWS::AccountId}:phone-number-id/*",
    "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:recado/${Stage}/webhooks/*",
}


def names(found: dict[str, Any]) -> list[str]:
    return sorted(found)


def test_every_function_is_one_of_the_house() -> None:
    assert names(FUNCTIONS) == [
        f"{name}Function"
        for name in (
            "Api",
            "Dedupe",
            "Delivery",
            "Feed",
            "Intake",
            "Metrics",
            "Reminders",
            "Routing",
            "Voice",
        )
    ]


@pytest.mark.parametrize("name", names(resources("AWS::ApiGateway::RestApi")))
def test_every_route_of_the_api_asks_who_is_there(name: str) -> None:
    body = resources("AWS::ApiGateway::RestApi")[name]["Body"]
    assert body["securityDefinitions"]["Staff"]["x-amazon-apigateway-authtype"] == "cognito_user_pools"
    for path, methods in body["paths"].items():
        for method, operation in methods.items():
            assert operation.get("security") == [{"Staff": []}], f"{method} {path} is open"


def test_webhooks_is_the_only_open_api_and_reaches_only_intake_and_calendars() -> None:
    apis = resources("AWS::ApiGatewayV2::Api")
    assert names(apis) == ["Webhooks"]
    for path, methods in apis["Webhooks"]["Body"]["paths"].items():
        expected = "FeedFunction" if path.startswith("/webhooks/calendar/") else "IntakeFunction"
        for operation in methods.values():
            assert expected in json.dumps(operation["x-amazon-apigateway-integration"]["uri"])


@pytest.mark.parametrize("name", names(resources("AWS::DynamoDB::Table")))
def test_every_table_is_encrypted_with_our_key_and_can_be_restored(name: str) -> None:
    table = resources("AWS::DynamoDB::Table")[name]
    assert table["SSESpecification"]["SSEEnabled"] is True
    assert target(table["SSESpecification"]["KMSMasterKeyId"]) == "Key"
    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True


@pytest.mark.parametrize("name", names(resources("AWS::DynamoDB::Table")))
def test_a_table_with_patients_data_outlives_its_stack(name: str) -> None:
    if name != "IdempotencyTable":
        assert template()["Resources"][name]["DeletionPolicy"] == "Retain"
        assert template()["Resources"][name]["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("name", names(QUEUES))
def test_every_queue_is_encrypted_with_our_key(name: str) -> None:
    assert target(QUEUES[name]["KmsMasterKeyId"]) == "Key"


@pytest.mark.parametrize("name", names(QUEUES))
def test_what_a_queue_cannot_deliver_ends_in_another_of_its_kind(name: str) -> None:
    if name in FAILURE_QUEUES:
        return
    redrive = QUEUES[name]["RedrivePolicy"]
    dead_letters = QUEUES[target(redrive["deadLetterTargetArn"])]
    assert redrive["maxReceiveCount"] == 5
    assert dead_letters.get("FifoQueue") == QUEUES[name].get("FifoQueue")


@pytest.mark.parametrize("name", names(QUEUES))
def test_every_queue_has_an_alarm(name: str) -> None:
    metric = (
        "ApproximateNumberOfMessagesVisible" if name in FAILURE_QUEUES else "ApproximateAgeOfOldestMessage"
    )
    watching = [
        alarm
        for alarm in ALARMS.values()
        if alarm["MetricName"] == metric and target(alarm["Dimensions"][0]["Value"]) == name
    ]
    assert watching, f"nobody is told when {name} fills"


@pytest.mark.parametrize("name", names(ALARMS))
def test_every_alarm_reaches_the_topic_and_says_what_is_wrong(name: str) -> None:
    assert ALARMS[name]["AlarmActions"] == [{"Ref": "AlarmTopic"}]
    assert ALARMS[name]["AlarmDescription"]


@pytest.mark.parametrize("name", names(resources("AWS::Lambda::EventSourceMapping")))
def test_no_source_of_events_loses_or_blocks(name: str) -> None:
    mapping = resources("AWS::Lambda::EventSourceMapping")[name]
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    source = target(mapping["EventSourceArn"])
    if source in QUEUES:
        timeout = FUNCTIONS[target(mapping["FunctionName"])]["Timeout"]
        assert QUEUES[source]["VisibilityTimeout"] == 6 * timeout
    else:
        assert mapping["DestinationConfig"]["OnFailure"]["Destination"]
        assert mapping["BisectBatchOnFunctionError"] is True


@pytest.mark.parametrize("name", names(resources("AWS::S3::Bucket")))
def test_every_bucket_is_encrypted_and_closed(name: str) -> None:
    bucket = resources("AWS::S3::Bucket")[name]
    rule = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]["ServerSideEncryptionByDefault"]
    assert target(rule["KMSMasterKeyID"]) == "Key"
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}


@pytest.mark.parametrize("name", names(resources("AWS::S3::Bucket")))
def test_a_bucket_answers_nobody_who_does_not_encrypt(name: str) -> None:
    policies = [
        policy["PolicyDocument"]["Statement"]
        for policy in resources("AWS::S3::BucketPolicy").values()
        if target(policy["Bucket"]) == name
    ]
    assert {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [{"Fn::GetAtt": [name, "Arn"]}, {"Fn::Sub": f"${{{name}.Arn}}/*"}],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    } in [statement for policy in policies for statement in policy]


@pytest.mark.parametrize("name", names(FUNCTIONS))
def test_every_function_has_a_role_and_a_log_of_its_own(name: str) -> None:
    own = name.removesuffix("Function")
    assert FUNCTIONS[name]["Role"] == {"Fn::GetAtt": [f"{own}Role", "Arn"]}
    assert FUNCTIONS[name]["LoggingConfig"]["LogGroup"] == {"Ref": f"{own}Logs"}
    assert resources("AWS::Logs::LogGroup")[f"{own}Logs"]["RetentionInDays"]


@pytest.mark.parametrize("name", names(FUNCTIONS))
def test_every_function_runs_on_the_runtime_of_the_house(name: str) -> None:
    assert FUNCTIONS[name]["Runtime"] == "python3.13"
    assert FUNCTIONS[name]["Architectures"] == ["arm64"]
    assert len(FUNCTIONS[name]["Layers"]) == 2


@pytest.mark.parametrize("name", names(ROLES))
def test_a_role_has_no_policy_that_we_did_not_write(name: str) -> None:
    assert "ManagedPolicyArns" not in ROLES[name]
    assert not resources("AWS::IAM::Policy")
    assert not resources("AWS::IAM::ManagedPolicy")


@pytest.mark.parametrize("name", names(ROLES))
def test_a_role_allows_named_actions_on_named_resources(name: str) -> None:
    for statement in statements(ROLES[name]):
        assert "NotAction" not in statement
        assert "NotResource" not in statement
        for action in as_list(statement["Action"]):
            assert "*" not in action, f"{name} may do {action}"
            assert action not in {"dynamodb:Scan", "dynamodb:PartiQLSelect"}
        for resource in as_list(statement["Resource"]):
            written = resource if isinstance(resource, str) else str(resource.get("Fn::Sub", ""))
            if "*" in written or "?" in written:
                assert written in REVIEWED_WILDCARDS, f"{name} reaches {written}"


def test_the_keys_own_policy_names_its_actions() -> None:
    for key in resources("AWS::KMS::Key").values():
        for statement in key["KeyPolicy"]["Statement"]:
            assert not [action for action in as_list(statement["Action"]) if "*" in action]


@pytest.mark.parametrize("name", names(FUNCTIONS))
def test_a_function_may_use_exactly_the_tables_that_it_is_told_of(name: str) -> None:
    variables = FUNCTIONS[name]["Environment"]["Variables"]
    told = {target(value) for key, value in variables.items() if key.endswith("_TABLE")}
    allowed = {
        target(resource)
        for statement in statements(ROLES[name.replace("Function", "Role")])
        for resource in as_list(statement["Resource"])
        if "Fn::GetAtt" in resource and resource["Fn::GetAtt"] in [[table, "Arn"] for table in TABLES]
    }
    assert allowed == told


@pytest.mark.parametrize("handler", sorted({f["Handler"].partition(".")[0] for f in FUNCTIONS.values()}))
def test_every_handler_has_an_event_to_try_it_with(handler: str) -> None:
    samples = [path for path in (ROOT / "events").glob("*.json") if path.stem.partition("_")[0] == handler]
    assert samples, f"events/{handler}.json or events/{handler}_….json is missing"
    for sample in samples:
        json.loads(sample.read_text())


def test_nobody_writes_their_own_clinic_into_their_token() -> None:
    client = resources("AWS::Cognito::UserPoolClient")["UserPoolClient"]
    assert not [name for name in client["WriteAttributes"] if name.startswith("custom:")]
    pool = resources("AWS::Cognito::UserPool")["UserPool"]
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True


def test_passwords_open_nothing_unless_a_parameter_says_so() -> None:
    flows = resources("AWS::Cognito::UserPoolClient")["UserPoolClient"]["ExplicitAuthFlows"]["Fn::If"]
    assert flows[0] == "HasPasswordSignIn"
    assert flows[2] == ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    assert template()["Parameters"]["PasswordSignIn"]["Default"] == "false"


def test_without_connect_nothing_of_connect_is_deployed() -> None:
    assert template()["Parameters"]["ConnectInstanceArn"]["Default"] == ""
    connect = [
        name for name, one in template()["Resources"].items() if one["Type"].startswith("AWS::Connect")
    ]
    assert not connect
    assert template()["Resources"]["Voice"]["Condition"] == "HasConnect"
