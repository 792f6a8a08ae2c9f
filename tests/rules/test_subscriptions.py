"""Where a clinic's changes may be sent."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import Conflict, Invalid
from recado.model.subscription import Subscription
from recado.rules.subscriptions import MOST, address, is_name, refuse_many

from tests.channels.test_http import INNER
from tests.samples import NOW


@pytest.mark.parametrize(
    "url",
    [
        "https://ehr.example/hook",
        "https://EHR.clinic.example.com:443/a?b=c",
        "https://xn--clnica-3va.example/",
    ],
)
def test_https_at_a_public_name_is_an_address(url: str) -> None:
    assert address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://ehr.example/",
        "https://ehr.example:8443/",
        "https://user:pass@ehr.example/",
        "https://@ehr.example/",
        "https://ehr.example/#part",
        "https://ehr.example\\@evil.example/",
        "https://ehr.example/ x",
        "https://localhost/",
        "https://db/",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://127.1/",
        "https://0177.0.0.1/",
        "https://clínica.example/",
        "ftp://ehr.example/",
        "//ehr.example/",
        "https://",
        "",
        f"https://ehr.example/{'a' * 500}",
        *(f"https://{f'[{one}]' if ':' in one else one}/" for one in INNER),
    ],
)
def test_nothing_else_is(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        address(url)
    assert refused.value.field == "url"


@given(st.ip_addresses())
def test_no_number_is_a_name(found: object) -> None:
    assert not is_name(str(found))


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    with suppress(Invalid):
        assert address(text).startswith("https://")


def test_a_clinic_has_so_many_and_no_more() -> None:
    one = Subscription(id="u1", url="https://ehr.example/", created_at=NOW, created_by="role:admin")
    refuse_many([one] * (MOST - 1))
    with pytest.raises(Conflict):
        refuse_many([one] * MOST)
