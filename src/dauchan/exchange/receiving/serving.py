"""The receiver on a port: uvicorn, with TLS and certificates of clients where they are configured."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from dauchan.exchange.receiving.app import application

if TYPE_CHECKING:
    import asyncio

    from dauchan.exchange.receiving.config import Config


class WithCertificate(HttpToolsProtocol):
    """Tells the application which certificate the client has shown; that it is valid TLS itself has checked."""

    client_certificate: bytes | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its own parent has it
        super().connection_made(transport)
        tls = transport.get_extra_info("ssl_object")
        self.client_certificate = tls.getpeercert(binary_form=True) if tls else None

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {"tls": {"client_certificate": self.client_certificate}}


def serve(config: Config, host: str, port: int, descriptor: int | None = None) -> None:
    """Until it is told to end; a batch under way is finished first."""
    tls = config.tls
    uvicorn.run(
        application(config),
        host=host,
        port=port,
        fd=descriptor,
        http=WithCertificate,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=30,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
        ssl_ca_certs=tls.client_ca or None if tls else None,
        ssl_cert_reqs=ssl.CERT_REQUIRED if tls and tls.client_ca else ssl.CERT_NONE,
    )
