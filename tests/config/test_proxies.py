"""Whose request is it, and over https? What reverse proxies forward, and what others make up."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, RequestFactory

from config.proxies import ProxyMiddleware, client_of, https_is_seen, parse_proxies

NGINX, BALANCER, NETWORK = "127.0.0.1", "10.1.0.9", "10.1.0.0/24"
PERSON, ATTACKER, SIX = "198.51.100.7", "203.0.113.66", "2001:db8::7"


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "client", "proxies"),
    [
        # No proxy: nobody is believed.
        ("", PERSON, "", PERSON, 0),
        ("", ATTACKER, PERSON, ATTACKER, 0),
        ("", NGINX, PERSON, NGINX, 0),
        # One proxy: what it adds at the end is believed, what came before it is not.
        (NGINX, NGINX, PERSON, PERSON, 1),
        (NGINX, NGINX, f"{PERSON},{ATTACKER}", ATTACKER, 1),
        (NGINX, NGINX, f"{NGINX}, {ATTACKER}", ATTACKER, 1),
        (NGINX, NGINX, "", NGINX, 1),
        # Not through the proxy: a client that reaches the site directly is not trusted.
        (NGINX, ATTACKER, PERSON, ATTACKER, 0),
        # Two, in a row.
        (f"{NGINX},{NETWORK}", NGINX, f"{PERSON}, {BALANCER}", PERSON, 2),
        (f"{NGINX},{NETWORK}", NGINX, f"{PERSON}, {ATTACKER}, {BALANCER}", ATTACKER, 2),
        # Around the outer one, to the inner.
        (f"{NGINX},{NETWORK}", NGINX, f"{PERSON}, {ATTACKER}", ATTACKER, 1),
        # By a Unix socket, which has no address.
        ("unix", "", PERSON, PERSON, 1),
        ("", "", PERSON, "", 0),
        # Ports, the newer addresses, and the older in the form of the newer.
        (NGINX, NGINX, f"{PERSON}:51234", PERSON, 1),
        (NGINX, f"::ffff:{NGINX}", f"[{SIX}]:51234", SIX, 1),
        ("::1", "::1", SIX, SIX, 1),
        ("", f"::ffff:{PERSON}", "", PERSON, 0),
        # What is no address is nobody's: the proxy itself is the last that is known.
        (NGINX, NGINX, "unknown", NGINX, 1),
        (NGINX, NGINX, f"{PERSON},", NGINX, 1),
        (NGINX, NGINX, "1" * 5000, NGINX, 1),
    ],
)
def test_the_client_is_who_reached_the_first_trusted_proxy(
    trusted, peer, forwarded, client, proxies
):
    listed = parse_proxies(trusted.split(",") if trusted else [])
    chain = forwarded.split(",") if forwarded else []
    assert client_of(peer, chain, listed) == (client, proxies)


@pytest.mark.parametrize(
    ("peer", "said", "is_secure"),
    [
        (NGINX, "https", True),
        (NGINX, "http", False),
        (NGINX, "", False),
        (NGINX, "https, http", False),  # by a proxy that adds to what an attacker has sent
        (ATTACKER, "https", False),
    ],
)
def test_https_is_what_a_trusted_proxy_calls_so(settings, peer, said, is_secure):
    settings.TRUSTED_PROXIES = parse_proxies([NGINX])
    headers = {"x-forwarded-proto": said, "x-forwarded-for": PERSON}
    request = RequestFactory(REMOTE_ADDR=peer, headers=headers).get("/")
    ProxyMiddleware(lambda _: HttpResponse())(request)
    assert request.is_secure() == is_secure
    assert "x-forwarded-for" not in request.headers
    assert request.META["REMOTE_ADDR"] == (PERSON if peer == NGINX else ATTACKER)


@pytest.mark.parametrize(("address", "status"), [(NGINX, 200), (ATTACKER, 301)])
def test_a_site_with_https_sends_on_whoever_only_says_so(settings, address, status):
    settings.TRUSTED_PROXIES = parse_proxies([NGINX])
    settings.SECURE_SSL_REDIRECT = True
    client = Client(REMOTE_ADDR=address, headers={"x-forwarded-proto": "https"})
    assert client.get("/verify/").status_code == status


def test_addresses_that_are_none_are_told_in_words():
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES を読めません"):
        parse_proxies(["nginx.example.jp"])


@pytest.mark.parametrize(
    ("is_redirected", "proxies", "warnings"),
    [(True, [], ["config.W001"]), (True, [NGINX], []), (False, [], [])],
)
def test_https_without_a_trusted_proxy_is_warned_of(settings, is_redirected, proxies, warnings):
    settings.SECURE_SSL_REDIRECT, settings.TRUSTED_PROXIES = is_redirected, parse_proxies(proxies)
    assert [warning.id for warning in https_is_seen(None)] == warnings
