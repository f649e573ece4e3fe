"""Networks that fail and receivers that answer nonsense, on this machine's loopback."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class CuttingNetwork:
    """Passes bytes on to a port and cuts each connection after so many of the client's; `after` may be changed at any time."""

    def __init__(self, port: int) -> None:
        self._port, self.after, self.cuts = port, 1 << 60, 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._carry, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _carry(self, client: socket.socket) -> None:
        with closing(client), closing(socket.create_connection(("127.0.0.1", self._port))) as server:
            back = threading.Thread(target=_pass_on, args=(server, client), daemon=True)
            back.start()
            passed = 0
            with suppress(OSError):
                while piece := client.recv(16_384):
                    passed += len(piece)
                    if passed > self.after:
                        self.cuts += 1
                        break
                    server.sendall(piece)
            for end in (server, client):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            back.join(10)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(16_384):
            target.sendall(piece)


@contextmanager
def cutting_network(port: int) -> Iterator[CuttingNetwork]:
    network = CuttingNetwork(port)
    try:
        yield network
    finally:
        network.close()


@contextmanager
def nonsense(status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> Iterator[str]:
    """A receiver that issues tokens, says what it takes, and answers every batch with this."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

        def _say(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(status)
            for name, text in {"content-type": kind, "content-length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self._say(200, "application/json", b'{"access_token": "t", "expires_in": 60}')

        def do_GET(self) -> None:
            about = b'{"schemas": [1, 2], "encodings": [], "compressions": [], "rows": 9, "bytes": 9, "window": 4}'
            self._say(200, "application/json", about)

        def do_PUT(self) -> None:
            self._say(status, kind, body, headers)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


class Authority:
    """A certificate authority of a test, and what it signs."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Thử")])
        self.certificate = self._signed(self._name, self._key, days=30, is_authority=True)
        self.path = self._kept("ca.pem", self.certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, name: str, *, days: int = 30) -> tuple[Path, Path, bytes]:
        """Files of a certificate and its key, and its SHA-256; *days* below 0: expired since then."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._signed(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key, days=days)
        plain = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        pem = made.public_bytes(serialization.Encoding.PEM)
        return self._kept(f"{name}.pem", pem), self._kept(f"{name}.key", plain), made.fingerprint(hashes.SHA256())

    def _kept(self, name: str, raw: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(raw)
        return path

    def _signed(
        self, name: x509.Name, key: ec.EllipticCurvePrivateKey, *, days: int, is_authority: bool = False
    ) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=60))
            .not_valid_after(now + dt.timedelta(days=days))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )
        if is_authority:
            usage = x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
                key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
            )  # fmt: skip
            builder = builder.add_extension(usage, critical=True)
        return builder.sign(self._key, hashes.SHA256())
