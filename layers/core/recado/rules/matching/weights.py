"""What each agreement is worth."""

from typing import Final

VERSION: Final = "0"
