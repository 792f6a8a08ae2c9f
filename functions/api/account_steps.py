"""What an administrator does with a channel account: close and open it, try it, change its secrets."""

from __future__ import annotations

from recado.actions.pause_account import pause_account
from recado.actions.resume_account import resume_account
from recado.actions.rotate_secrets import finish_rotation, rotate_secrets
from recado.actions.try_account import try_account
from recado.channels.needs import Kept

from api.accounts import AccountInDetail, Redirect, Secrets, base, in_detail
from api.reading import Seen
from api.resource import Call, Resource

resource = Resource(__name__)


class Pause(Seen):
    """Close the channel; patients are told so."""

    redirect: Redirect | None = None


class Resume(Seen):
    """Open the channel. `force`: although its provider says that it does not work."""

    force: bool = False


class Rotation(Seen):
    """New secrets; those before stay good until the rotation is finished."""

    secrets: Secrets


class Finish(Seen):
    """End a rotation with the secrets that work."""

    keep: Kept = "newest"


@resource.route("POST", "/accounts/{channel}/{id}/pause", "pause_account", AccountInDetail, body=Pause)
def pause(call: Call, channel: str, account: str, body: Pause) -> AccountInDetail:
    """Send nothing by this account; what comes is kept, and answered with how else to reach the clinic."""
    return in_detail(call, pause_account(call.tenant, channel, account, body.redirect, body.version))


@resource.route("POST", "/accounts/{channel}/{id}/resume", "resume_account", AccountInDetail, body=Resume)
def resume(call: Call, channel: str, account: str, body: Resume) -> AccountInDetail:
    """Open the account, for the first time or again. Its provider is asked first: 409 says what is wrong."""
    opened = resume_account(
        call.tenant, channel, account, base(), call.now, force=body.force, version=body.version
    )
    return in_detail(call, opened)


@resource.route("POST", "/accounts/{channel}/{id}/test", "try_account", AccountInDetail)
def test(call: Call, channel: str, account: str) -> AccountInDetail:
    """Ask the provider whether the account works; nothing is sent. `test` says what came of it."""
    return in_detail(call, try_account(call.tenant, channel, account, base(), call.now))


@resource.route("POST", "/accounts/{channel}/{id}/secrets", "rotate_secrets", AccountInDetail, body=Rotation)
def rotate(call: Call, channel: str, account: str, body: Rotation) -> AccountInDetail:
    """Use new secrets from now on; those before stay good. 409 while another rotation is on."""
    return in_detail(call, rotate_secrets(call.tenant, channel, account, body.secrets, body.version))


@resource.route(
    "POST", "/accounts/{channel}/{id}/secrets/finish", "finish_rotation", AccountInDetail, body=Finish
)
def finish(call: Call, channel: str, account: str, body: Finish) -> AccountInDetail:
    """Only the newest secrets are good from now on; or `previous`, where the newest were wrong."""
    return in_detail(call, finish_rotation(call.tenant, channel, account, body.keep, body.version))
