"""A provider of OpenID Connect on the loopback, which can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from django.test import Client

CLIENT, SECRET = "the-desk", "the secret of the desk"
Claims = dict[str, Any]


class Provider:
    """Knows one person at a time (`person`); `lie` changes what the token says of them."""

    def __init__(self) -> None:
        self.key = generate_private_key(65537, 2048)
        self.codes: dict[str, dict[str, str]] = {}
        self.person: Claims = {}
        self.lie: Callable[[Claims], Claims] = lambda told: told
        self.sign: Callable[[Claims], str | None] = self.signed
        self.userinfo: Claims = {}
        self.config: Claims = {}
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if not self.path.startswith("/authorize?"):
                    return self.say(provider.get(self.path))
                back = provider.codes[(brought := provider.visit(self.path))["code"]]
                self.send_response(302)
                self.send_header("Location", f"{back['redirect_uri']}?{urlencode(brought)}")
                return self.end_headers()

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.say(provider.token({name: one for name, [one] in parse_qs(sent).items()}))

            def say(self, what: Claims) -> None:
                text = json.dumps(what).encode()
                self.send_response(400 if "error" in what else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def reset(self, **person: Any) -> None:
        """It tells the truth, of this person."""
        self.codes, self.userinfo, self.config = {}, {}, {}
        self.lie, self.sign = lambda told: told, self.signed
        self.person = {"sub": "u1", "email": "ada@example.org", "email_verified": True} | person

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def get(self, path: str) -> Claims:
        if path == "/keys":
            return {"keys": [json.loads(jwk(self.key)) | {"kid": "k1", "use": "sig"}]}
        if path == "/userinfo":
            return self.userinfo
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
        } | self.config

    def visit(self, address: str) -> dict[str, str]:
        """Somebody arrives by this address and says yes; what they bring back."""
        asked = {name: one for name, [one] in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, sent: dict[str, str]) -> Claims:
        """A code works once, for who has begun, with the secret of the site."""
        asked = self.codes.pop(sent["code"], None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or (asked["code_challenge"], asked["code_challenge_method"]) != (challenge, "S256")
            or (sent["client_id"], sent["client_secret"]) != (CLIENT, SECRET)
            or sent["redirect_uri"] != asked["redirect_uri"]
        ):
            return {"error": "invalid_grant"}
        told = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": int(time.time()),
            "exp": int(time.time()) + 60,
            "nonce": asked["nonce"],
        }
        return {
            "access_token": "opens userinfo",
            "token_type": "Bearer",
            "id_token": self.sign(self.lie(told | self.person)),
        }

    def signed(self, told: Claims) -> str:
        return jwt.encode(told, self.key, "RS256", {"kid": "k1"})


def jwk(key: RSAPrivateKey) -> str:
    return str(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))


def begin(browser: Client, query: str = "", **data: str) -> str:
    """Presses the button; the address of the provider that it leads to."""
    page = browser.post(f"/accounts/oidc/{query}", data).content.decode()
    return unescape(page.partition('content="0; url=')[2].partition('"')[0])
