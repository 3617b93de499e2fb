"""Connections over HTTP for the few commands that use the network: patient, but not for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.util import Retry, Timeout

AGAIN: Final = (429, 500, 502, 503, 504)
"""Statuses after which the same question may be answered later."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How patiently a server is asked.

    Attributes:
        timeout: Seconds to wait for a connection, and between parts of an answer.
        retries: How often a question is asked again.
        backoff: Seconds before the second attempt; they double from then on.
    """

    timeout: float = 30
    retries: int = 4
    backoff: float = 0.5


def pool(
    url: str,
    patience: Patience,
    methods: Sequence[str] = ("GET",),
    accept: str = "application/json",
) -> urllib3.PoolManager:
    """Return the connections, through the proxy of the environment where there is one.

    Args:
        url: An address of the server.
        patience: How long to wait, and how often to ask again.
        methods: What may be asked again.
        accept: The form of answers.
    """
    address = urlsplit(url)
    proxy = getproxies().get(address.scheme)
    options: dict[str, Any] = {
        "timeout": Timeout(patience.timeout),
        "retries": Retry(
            patience.retries,
            backoff_factor=patience.backoff,
            status_forcelist=AGAIN,
            allowed_methods=list(methods),
            raise_on_status=False,
        ),
        "headers": {"Accept": accept, "User-Agent": "kirjaamo"},
    }
    if proxy and not proxy_bypass(address.hostname or ""):
        return urllib3.ProxyManager(proxy, **options)
    return urllib3.PoolManager(**options)


def cause(error: Exception) -> Exception:
    """Return the reason behind the last of several attempts."""
    return getattr(error, "reason", None) or error
