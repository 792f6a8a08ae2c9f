"""The patient with the phone: one person, who has an address in every app."""

from dataclasses import dataclass
from typing import Any

Item = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody; `number` is digits only. What messengers call them is made of it, always in the same way."""

    name: str
    number: str
    email: str = ""

    @property
    def chat(self) -> str:
        """Their id at Telegram."""
        return f"7{self.number[-9:].zfill(9)}"

    @property
    def page_scoped(self) -> str:
        """Their id for a page at Messenger (PSID)."""
        return f"6{self.number.zfill(15)}"

    @property
    def instagram_scoped(self) -> str:
        """Their id for an account at Instagram (IGSID)."""
        return f"9{self.number.zfill(15)}"

    @property
    def mailbox(self) -> str:
        """Their e-mail address."""
        return (self.email or f"p{self.number}@example.com").lower()


@dataclass(frozen=True)
class Said:
    """What somebody does on the phone: writes `text`, presses a `button` (payload, title), sends a canned
    `file` (files.py), or an `action`: `stop` or `start`, in the way that the app has for it.

    `answers` is the item that it is about, where it is about one.
    """

    text: str = ""
    button: tuple[str, str] | None = None
    file: str = ""
    action: str = ""
    subject: str = ""
    answers: Item | None = None

    @property
    def shown(self) -> str:
        """The words that the phone shows for it."""
        return self.button[1] if self.button else self.text
