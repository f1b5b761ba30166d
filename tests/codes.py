"""The codes of an app, as it makes them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time


def code(secret: str, moment: float | None = None) -> str:
    """What an app shows for the secret: RFC 6238, six digits, 30 seconds."""
    counter = struct.pack(">Q", int(moment or time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"
