"""What the fakes of AWS's own services share: the door `/aws/<service>/…`, and how AWS says no.

The deployed functions find it by AWS_ENDPOINT_URL_<SERVICE>. Signatures are not checked: the emulator
takes any, too.
"""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse

from infra.local.fakes.provider import Json, Refused

SERVICES = {
    "SESV2": "sesv2",
    "PINPOINT_SMS_VOICE_V2": "pinpoint-sms-voice-v2",
    "SOCIALMESSAGING": "socialmessaging",
    "CONNECT": "connect",
    "BEDROCK_RUNTIME": "bedrock-runtime",
}
"""As botocore names them in the environment → as the door does."""
DOOR = "/aws"


class AwsRefused(Refused):
    """A service of AWS says no; the code is the exception's name."""

    def answer(self) -> JSONResponse:
        """The error as AWS's JSON protocols word it."""
        body = {"__type": self.code, "Message": self.title, "message": self.title, **self.more}
        return JSONResponse(body, self.status, {"x-amzn-errortype": str(self.code)})


def endpoints(url: str) -> dict[str, str]:
    """The environment by which a function's clients come here."""
    return {f"AWS_ENDPOINT_URL_{name}": f"{url}{DOOR}/{service}" for name, service in SERVICES.items()}


async def asked(request: Request) -> Json:
    """What a client asks for. Raises AwsRefused."""
    try:
        body = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise AwsRefused("ValidationException", "The request body is not valid JSON")
    return body
