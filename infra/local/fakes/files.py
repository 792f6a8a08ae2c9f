"""The files that a phone can send: a picture and a voice note, made here, a kilobyte each.

The last digit of a file's id, or the name in its address, says which one it is: nothing has to be kept.
"""

import hashlib
import secrets
import struct
import zlib
from dataclasses import dataclass
from functools import cache

PHOTO, VOICE = "photo", "voice"
KINDS = {PHOTO: "1", VOICE: "2"}
WIDTH, HEIGHT = 320, 200
VOICE_FRAMES = 100
"""Of 20 ms each: two seconds."""


@dataclass(frozen=True)
class CannedFile:
    """What one file is; `kind` as WhatsApp calls it."""

    name: str
    kind: str
    mime: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@cache
def canned(which: str) -> CannedFile:
    """One of the two, by `photo` or `voice`."""
    if which == PHOTO:
        return CannedFile("photo.png", "image", "image/png", _picture())
    return CannedFile("voice.ogg", "audio", "audio/ogg; codecs=opus", _voice_note())


def new_id(which: str) -> str:
    """An id for a file of this kind, a long number."""
    return f"{secrets.randbelow(10**15) + 10**15}{KINDS[which]}"


def of_id(file_id: str) -> CannedFile | None:
    """The file with this id."""
    found = [which for which, digit in KINDS.items() if file_id.endswith(digit)]
    return canned(found[0]) if found else None


def named(name: str) -> CannedFile | None:
    """The file with this name."""
    return next((file for which in KINDS if (file := canned(which)).name == name), None)


def _picture() -> bytes:
    """A PNG: two hills under a sun."""
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"".join(_colour(x, y) for x in range(WIDTH)) for y in range(HEIGHT))
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _colour(x: int, y: int) -> bytes:
    if (x - 240) ** 2 + (y - 55) ** 2 < 28**2:
        return b"\xff\xd9\x66"
    if y > 130 + (x - 90) ** 2 // 200:
        return b"\x1d\x7a\x6a"
    if y > 110 + (x - 230) ** 2 // 150:
        return b"\x5f\xb3\x9f"
    return bytes((190 + y // 5, 222 + y // 10, 240))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _voice_note() -> bytes:
    """Silence as messengers send it: Opus in Ogg (RFC 7845), a frame of 20 ms in three bytes."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 16000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 6) + b"recado" + struct.pack("<I", 0)
    sound = [b"\xf8\xff\xfe"] * VOICE_FRAMES
    last = 4
    return (
        _page([head], 0, 0, flags=2) + _page([tags], 1, 0) + _page(sound, 2, VOICE_FRAMES * 960, flags=last)
    )


def _page(packets: list[bytes], number: int, position: int, flags: int = 0) -> bytes:
    """One page of Ogg (RFC 3533); every packet here is shorter than a lace."""
    laces = bytes(len(packet) for packet in packets)
    start = struct.pack("<4sBBqII", b"OggS", 0, flags, position, 1, number)
    end = bytes([len(laces)]) + laces + b"".join(packets)
    checksum = struct.pack("<I", _ogg_checksum(start + b"\0\0\0\0" + end))
    return start + checksum + end


def _ogg_checksum(content: bytes) -> int:
    value = 0
    for byte in content:
        value = ((value << 8) ^ _TABLE[(value >> 24) ^ byte]) & 0xFFFFFFFF
    return value


def _table_entry(index: int) -> int:
    value = index << 24
    for _ in range(8):
        value = ((value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value


_TABLE = [_table_entry(index) for index in range(256)]
