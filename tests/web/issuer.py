"""A small issuer of OpenID Connect on this machine: discovery, keys, and codes that are exchanged with PKCE."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "dauchan", "secret-of-the-client"


@dataclass
class TestIssuer:
    """`claims` are put over those of an honest ID token; `key` signs it."""

    __test__ = False

    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    claims: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    signing_key: rsa.RSAPrivateKey | None = None

    @cached_property
    def server(self) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _asked_of(self))
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def agrees(self, asked: str, subject: str) -> dict[str, str]:
        """What the browser comes back with after *subject* has signed in at the address it was *asked* at."""
        question = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
        code = secrets.token_urlsafe(8)
        self.codes[code] = {**question, "sub": subject}
        return {"code": code, "state": question["state"]}

    def discovery(self) -> dict[str, Any]:
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        return {"issuer": self.address, **{name: f"{self.address}/{name}" for name in names}}

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def token(self, asked: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code; None where code, secret or PKCE are not in order. A code is good once."""
        known = self.codes.pop(asked.get("code", ""), None)
        proof = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
        if known is None or known["code_challenge"] != challenge or asked.get("client_secret") != SECRET:
            return None
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT, "sub": known["sub"], "iat": now, "exp": now + 60}
        claims = {**said, "nonce": known.get("nonce"), **self.claims}
        signed = jwt.encode(claims, self.signing_key or self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


def _asked_of(issuer: TestIssuer) -> type[BaseHTTPRequestHandler]:
    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers = {"/.well-known/openid-configuration": issuer.discovery, "/jwks_uri": issuer.keys}
            self._say(answers[self.path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(issuer.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, answer: dict[str, Any] | None) -> None:
            body = json.dumps(answer or {"error": "invalid_grant"}).encode()
            self.send_response(200 if answer else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """A test's output is its own."""

    return Asked
