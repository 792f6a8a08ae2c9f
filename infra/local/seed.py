"""Demo clinics into an empty stack, people into the user pool, and a token for each of them.

The clinics' rows are written by the package's own store, in a process of its own
(`python -m infra.local.seed`), because the store takes its tables' names from the environment at import.
"""

import os
import secrets
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from infra.local import practices
from infra.local.clinics import CLINICS, OPERATOR, Clinic, Line, Person
from infra.local.deploy import STAGE, Deployed
from infra.local.emulator import ACCOUNT, REGION, Emulator
from infra.local.keys import allotted, settings
from infra.local.places import ROOT

HALF_A_YEAR: Final = timedelta(days=182)


def clinics(emulator: Emulator, deployed: Deployed, origins: list[str]) -> None:
    """Write the clinics, their agents and accounts, unless they are there."""
    if _seeded(emulator, deployed):
        return
    told = environment(emulator, deployed) | {"ORIGINS": " ".join(origins)}
    subprocess.run([sys.executable, "-m", "infra.local.seed"], env=told, cwd=ROOT, check=True)


def environment(emulator: Emulator, deployed: Deployed) -> dict[str, str]:
    """That of a process that works on the stack's tables by the package itself."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "layers/core")]),
        "STAGE": STAGE,
        "AWS_ENDPOINT_URL": emulator.url,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "test",  # (the emulator takes any)
        **{
            f"{name.removesuffix('Table').upper()}_TABLE": physical
            for name, physical in deployed.resources.items()
            if name.endswith("Table")
        },
    }


def _seeded(emulator: Emulator, deployed: Deployed) -> bool:
    """Whether what is written last is there: an older state may lack channels, schedules, visits."""
    account, (clinic, practitioner) = CLINICS[-1].lines[-1], practices.LAST
    keys = (
        (f"DIRECTORY#{account.channel}#{account.account}", "A"),
        (f"T#{clinic}#B", f"S#{practitioner}"),
        practices.LEARNED,
    )
    table, database = deployed.resources["TenantsTable"], emulator.client("dynamodb")
    return all(
        "Item" in database.get_item(TableName=table, Key={"pk": {"S": pk}, "sk": {"S": sk}})
        for pk, sk in keys
    )


def people(emulator: Emulator, deployed: Deployed) -> dict[str, str]:
    """Username → ID token of everybody, valid for a day; who is missing is invited first."""
    tokens = {}
    for clinic in CLINICS:
        for person in clinic.staff:
            tokens[person.username] = _sign_in(emulator, deployed, person, clinic)
    tokens[OPERATOR.username] = _sign_in(emulator, deployed, OPERATOR, None)
    return tokens


def _sign_in(emulator: Emulator, deployed: Deployed, person: Person, clinic: Clinic | None) -> str:
    users = emulator.client("cognito-idp")
    pool, client = deployed.outputs["UserPoolId"], deployed.outputs["UserPoolClientId"]
    # A new password at each start: nothing to keep, and no password in the repository.
    password = secrets.token_urlsafe(24) + "aA1!"
    _invite(users, pool, person, clinic, password)
    users.admin_set_user_password(
        UserPoolId=pool, Username=person.username, Password=password, Permanent=True
    )
    answer = users.admin_initiate_auth(
        UserPoolId=pool,
        ClientId=client,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": person.username, "PASSWORD": password},
    )
    return str(answer["AuthenticationResult"]["IdToken"])


def _invite(users: Any, pool: str, person: Person, clinic: Clinic | None, password: str) -> None:
    attributes = {
        "name": person.name,
        "custom:agent": person.agent,
        "custom:tenant": clinic.id if clinic else "",
    }
    try:
        users.admin_create_user(
            UserPoolId=pool,
            Username=person.username,
            TemporaryPassword=password,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items() if value],
        )
    except users.exceptions.UsernameExistsException:
        return
    users.admin_add_user_to_group(UserPoolId=pool, Username=person.username, GroupName=person.role)


def write_clinics() -> None:
    """All that the demo clinics are, unless it is there: the same again changes nothing."""
    # Imported here: only the process with the tables' names in its environment may.
    from recado.model.tenant import Account, Agent, Tenant  # noqa: PLC0415
    from recado.store import tenants  # noqa: PLC0415

    known = tenants.everyone()
    for clinic in CLINICS:
        if clinic.id not in known:
            names = ("id", "name", "timezone", "language", "country", "phone", "practitioners")
            wanted = {name: getattr(clinic, name) for name in names}
            tenants.save_tenant(
                clinic.id, Tenant.model_validate({**wanted, "aws_identities": allotted(clinic)})
            )
            for person in clinic.staff:
                if person.agent:
                    tenants.save_agent(clinic.id, Agent.model_validate(_at_the_desk(person)))
        held = {(account.channel, account.id) for account in tenants.accounts(clinic.id)}
        for line in (Line("voice", clinic.phone, clinic.display), *clinic.lines):
            if (line.channel, line.account) not in held:
                row = Account(
                    tenant=clinic.id,
                    channel=line.channel,
                    id=line.account,
                    display=line.display,
                    settings=settings(line, os.environ["ORIGINS"].split()),
                )
                tenants.save_account(clinic.id, row)
        write_self_service(clinic.id)
        write_practice(clinic.id)


def write_self_service(clinic: str) -> None:
    """What self-service knows there, and what patients are asked after a visit, unless it is there."""
    # Imported here, as above.
    from recado.actions.set_policy import set_policy  # noqa: PLC0415
    from recado.actions.write_article import Text, write_article  # noqa: PLC0415
    from recado.model.policy import Policy, Step  # noqa: PLC0415
    from recado.model.tenant import Tenant  # noqa: PLC0415
    from recado.store import articles, tenants  # noqa: PLC0415

    known = tenants.fresh(clinic)
    wanted = practices.SELF_SERVICE.get(clinic, {})
    if wanted and not known.address:
        tenants.save_tenant(clinic, Tenant.model_validate({**known.model_dump(), **wanted}))
    steps = [Step.model_validate(step) for step in practices.POLICIES.get(clinic, ())]
    if steps and known.reminders == Policy():
        set_policy(clinic, None, Policy(steps=(*Policy().steps, *steps)))
    held = {(one.id, one.language) for one in articles.everything(clinic)}
    now = datetime.now(UTC)
    for one in practices.ARTICLES.get(clinic, ()):
        if (one["id"], one["language"]) not in held:
            text = Text(one["questions"], one["answer"], one["source"], (now + HALF_A_YEAR).date())
            write_article(clinic, one["language"], text, now, by="admin:recado", article_id=one["id"])


def write_practice(clinic: str) -> None:
    """Who sees patients there, for what and when, unless it is there."""
    # Imported here, as above.
    from recado.model.schedule import AppointmentType, Practitioner, Schedule  # noqa: PLC0415
    from recado.store import schedules  # noqa: PLC0415

    known = schedules.practice(clinic)
    for kind in practices.TYPES[clinic]:
        if kind["id"] not in known.types:
            schedules.save_type(clinic, AppointmentType.model_validate(kind))
    for who in practices.PRACTITIONERS[clinic]:
        if who["id"] not in known.practitioners:
            schedules.save_practitioner(clinic, Practitioner.model_validate(who))
        if who["id"] not in known.schedules:
            week = practices.SELDOM.get(who["id"], {"weekly": practices.WEEK})
            schedules.save_schedule(clinic, Schedule.model_validate({"practitioner": who["id"], **week}))


def _at_the_desk(person: Person) -> dict[str, Any]:
    # Many hands, so that whoever plays with the clinics does not soon find them full.
    return {"id": person.agent, "name": person.name, "languages": person.languages, "capacity": 30}


def main() -> None:
    """The clinics, and what one of them has behind it."""
    # Imported here, as above.
    from infra.local.histories import write_history  # noqa: PLC0415

    write_clinics()
    write_history(datetime.now(UTC))


if __name__ == "__main__":
    main()
