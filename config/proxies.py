"""Client address and scheme of a request behind trusted reverse proxies."""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

Address = IPv4Address | IPv6Address
UNIX = "unix"  # the peer of a Unix socket, which has no address
# Addresses and networks of trusted proxies, or UNIX.
Proxies = Sequence[IPv4Network | IPv6Network | str]


def parse_proxies(listed: Sequence[str]) -> Proxies:
    """Parse the setting ``TRUSTED_PROXIES``.

    Raises ImproperlyConfigured, in Japanese, for an invalid address.
    """
    try:
        return [name if name == UNIX else ip_network(name) for name in map(str.strip, listed)]
    except ValueError as error:
        raise ImproperlyConfigured(
            "TRUSTED_PROXIES を読めません。プロキシのアドレス（127.0.0.1）、ネットワーク"
            "（10.0.0.0/24）又は unix を、コンマで区切って指定してください。"
            f"（{error}）"
        ) from error


class ProxyMiddleware:
    """Set ``REMOTE_ADDR`` to the client's address, and keep ``X-Forwarded-Proto`` if trusted.

    ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are used only as far as trusted proxies set them.
    From other peers both headers are removed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        peer = request.META.get("REMOTE_ADDR", "")
        chain = _parts(request.META.pop("HTTP_X_FORWARDED_FOR", ""))
        schemes = _parts(request.META.pop("HTTP_X_FORWARDED_PROTO", ""))
        address, proxies = client_of(peer, chain, settings.TRUSTED_PROXIES)
        request.META["REMOTE_ADDR"] = address
        if proxies and schemes:
            # Most proxies replace the header. If they append, the value of the outermost counts.
            request.META["HTTP_X_FORWARDED_PROTO"] = schemes[-min(proxies, len(schemes))]
        return self.get_response(request)


def client_of(peer: str, chain: Sequence[str], trusted: Proxies) -> tuple[str, int]:
    """Return the client's address, and the number of trusted proxies before it.

    ``peer`` is the address of the connection. ``chain`` are those of ``X-Forwarded-For``, to which
    each proxy appends its peer; it is read from the end, as long as the proxies are trusted.
    """
    address, proxies = _plain(peer), 0
    for said in [*reversed(chain), ""]:
        if not _is_trusted(address, trusted):
            break
        proxies += 1
        if not (before := _plain(said)):
            break
        address = before
    return address, proxies


@register(Tags.security)
def https_is_seen(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn of ``HTTPS`` without ``TRUSTED_PROXIES``, which causes a redirect loop."""
    if settings.SECURE_SSL_REDIRECT and not settings.TRUSTED_PROXIES:
        return [
            Warning(
                "HTTPS=true ですが、TRUSTED_PROXIES が指定されていません。リバースプロキシが"
                "httpsを受けているときは、どの画面も開けません（転送が繰り返されます）。",
                hint="例：TRUSTED_PROXIES=127.0.0.1（docs/operation.md）",
                id="config.W001",
            )
        ]
    return []


def _is_trusted(address: str, trusted: Proxies) -> bool:
    if not address:
        return UNIX in trusted
    known = ip_address(address)
    return any(known in network for network in trusted if not isinstance(network, str))


def _plain(address: str) -> str:
    """Return ``address`` without port, and IPv4-mapped addresses as IPv4; "" if invalid."""
    host = address.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        known: Address = ip_address(host)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        known = known.ipv4_mapped or known
    return str(known)


def _parts(header: str) -> list[str]:
    return [part.strip() for part in header.split(",")] if header else []
