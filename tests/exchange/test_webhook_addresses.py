"""Events are sent to machines of the public network, and to inner ones only where the operator allows it."""

from __future__ import annotations

import ipaddress
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook as Receiver
from standardwebhooks.webhooks import WebhookVerificationError

from dauchan.exchange.programs.addresses import Target, target_of
from dauchan.exchange.programs.errors import AddressRefused, NotAnAddress, NotEncrypted, NotFound, NotPublic
from dauchan.exchange.programs.signatures import new_secret, signed_headers

PUBLIC = "203.119.8.111"
LOOPBACK = [ipaddress.ip_network("127.0.0.0/8")]


def at(*addresses: str) -> object:
    return lambda _name, _port: list(addresses)


def refusal(url: str, *addresses: str, allowed: object = ()) -> type[AddressRefused] | None:
    try:
        target_of(url, allowed, at(*addresses))  # type: ignore[arg-type]  # shapes of a test
    except AddressRefused as refused:
        return type(refused)
    return None


def test_the_connection_goes_to_the_address_that_was_judged() -> None:
    target = target_of("https://api.example.vn:8443/a?b=c", [], at(PUBLIC))  # type: ignore[arg-type]
    assert target == Target(f"https://{PUBLIC}:8443/a?b=c", "api.example.vn:8443", "api.example.vn")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1",
     "255.255.255.255", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
     "2001:0:4136:e378:8000:63bf:3fff:fdd2", "::"],
)  # fmt: skip
def test_no_inner_machine_is_reached_whatever_its_name(address: str) -> None:
    assert refusal("https://looks-public.example.vn/", address) is NotPublic
    assert refusal("https://looks-public.example.vn/", PUBLIC, address) is NotPublic


@given(st.ip_addresses())
def test_what_is_reached_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if refusal("https://x.example.vn/", str(address)) is None:
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize(
    ("url", "why"),
    [("http://api.example.vn/", NotEncrypted), ("ftp://api.example.vn/", NotAnAddress), ("https://", NotAnAddress),
     ("https://a:b@api.example.vn/", NotAnAddress), ("https://api.example.vn/#x", NotAnAddress), ("//x", NotAnAddress),
     ("https://api.example.vn:99999/", NotAnAddress), ("https://api.example.vn/a b", NotAnAddress),
     ("https://api.example.vn\\@10.0.0.1/", NotAnAddress), ("https://" + "x" * 600, NotAnAddress)],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str, why: type[AddressRefused]) -> None:
    assert refusal(url, PUBLIC) is why


def test_a_name_that_nobody_has_is_told_so() -> None:
    def nobody(_name: str, _port: int) -> list[str]:
        raise OSError

    with pytest.raises(NotFound):
        target_of("https://x.example.vn/", [], nobody)
    assert refusal("https://x.example.vn/") is NotFound


def test_inner_networks_are_reached_where_they_are_allowed_and_this_machine_without_encryption() -> None:
    inner = [ipaddress.ip_network("10.20.0.0/16")]
    assert refusal("https://hub.inner/", "10.20.0.5", allowed=inner) is None
    assert refusal("https://hub.inner/", "10.21.0.5", allowed=inner) is NotPublic
    assert refusal("http://hub.inner/", "10.20.0.5", allowed=inner) is NotEncrypted
    assert refusal("http://localhost:9/", "127.0.0.1", allowed=LOOPBACK) is None


@given(st.text(max_size=200))
def test_another_library_finds_both_signatures_right(text: str) -> None:
    body = json.dumps({"type": text}).encode()
    former, current = new_secret(), new_secret()
    headers = signed_headers("e-1", body, [current, former], int(time.time()))
    for secret in (former, current):
        assert Receiver(secret).verify(body, headers) == {"type": text}
    with pytest.raises(WebhookVerificationError):
        Receiver(new_secret()).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Receiver(current).verify(body, signed_headers("e-1", body, [current], int(time.time()) - 600))
