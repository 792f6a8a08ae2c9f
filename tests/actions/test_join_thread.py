"""An outgoing mail takes its place in the conversation that it belongs to."""

from __future__ import annotations

import pytest
from recado.actions.join_thread import join_thread
from recado.store import contacts

from tests.counter import counted
from tests.rules.test_threads import THEIRS, ours

pytestmark = pytest.mark.usefixtures("clinic")


def test_an_answer_is_about_what_they_wrote_and_names_it() -> None:
    answer = ours(2)
    for one in (THEIRS, answer):
        contacts.save_communication("boavista", one)
    assert join_thread("boavista", answer) == ("Re: Consulta", ("a@mail.example.com",))


def test_on_a_channel_without_threads_nothing_is_read() -> None:
    with counted() as operations:
        assert join_thread("boavista", ours(2, channel="whatsapp")) == ("", ())
    assert operations == []
