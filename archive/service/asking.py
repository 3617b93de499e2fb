"""Asking a validation service about documents, one after the other, with bounded patience."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import msgspec
import urllib3

from kirjaamo.archive.service.answers import Answer, understood
from kirjaamo.archive.service.errors import NoServiceError
from kirjaamo.archive.service.request import Request, Unsent, request
from kirjaamo.connections import AGAIN, Patience, cause, pool
from kirjaamo.messages import N_

LARGEST: Final = 1 << 20
"""Bytes of the longest answer that is read."""

_PIECE: Final = 1 << 16

NO_ANSWER = N_("no answer ({kind})")
TOO_LARGE = N_("the answer is too large")
TOO_SLOW = N_("the answer did not end in time")
BUSY = N_("the service answered {status} every time it was asked")

Pair = tuple[str, bytes | None, bytes | None]
"""Name and bytes of a document and of its frame."""


@dataclass(frozen=True, slots=True)
class Service:
    """A validation service, and how patiently it is asked.

    Attributes:
        url: Its whole address.
        patience: Seconds to wait, and how often to ask again.
    """

    url: str
    patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        """Refuse what is no address of a web service.

        Raises:
            NoServiceError: It is none.
        """
        try:
            parts = urlsplit(self.url)
            known = parts.scheme in {"http", "https"} and bool(parts.hostname)
            _ = parts.port
        except ValueError:
            known = False
        if not known:
            raise NoServiceError


def refuse_real(pairs: Iterable[Pair]) -> int:
    """Look through all documents before the first is sent, and return how many there are.

    Raises:
        NotTestDataError: One of them may be about a real person.
    """
    count = 0
    for pair in pairs:
        request(*pair)
        count += 1
    return count


def answers(service: Service, pairs: Iterable[Pair]) -> Iterator[tuple[str, Answer]]:
    """Yield the name of every document with what became of it; each is looked at once more.

    Raises:
        NotTestDataError: A document may be about a real person.
    """
    with pool(service.url, service.patience, methods=["POST"]) as connections:
        for name, document, frame in pairs:
            asked = request(name, document, frame)
            if isinstance(asked, Unsent):
                yield name, Answer("unsent", reason=asked.reason)
            else:
                yield name, _asked(connections, service, asked)


def _asked(connections: urllib3.PoolManager, service: Service, asked: Request) -> Answer:
    try:
        answer = connections.request(
            "POST",
            service.url,
            body=msgspec.json.encode(asked),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            redirect=False,
            preload_content=False,
        )
        content = _read(answer, time.monotonic() + service.patience.timeout)
    except urllib3.exceptions.HTTPError as error:
        return Answer("unanswered", reason=NO_ANSWER, kind=type(cause(error)).__name__)
    if content is None or len(content) > LARGEST:
        return Answer("unanswered", reason=TOO_SLOW if content is None else TOO_LARGE)
    if answer.status in AGAIN:
        return Answer("unanswered", reason=BUSY, status=answer.status)
    return understood(answer.status, content)


def _read(answer: urllib3.BaseHTTPResponse, ends: float) -> bytes | None:
    """Return the answer, one byte too many of one that is too large; None when time is up."""
    content = b""
    try:
        while len(content) <= LARGEST:
            if time.monotonic() > ends:
                return None
            piece = answer.read1(_PIECE, decode_content=True)
            if not piece:
                break
            content += piece
    finally:
        answer.close()
    return content[: LARGEST + 1]
