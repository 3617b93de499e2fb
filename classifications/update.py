"""Fetching whole lists from the national code server over its REST service, version 6.

The only module that uses the network, and only when its command is run.  A list is taken
whole or not at all: every page must come, agree with the others, and add up.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import quote, urlencode

import msgspec
import urllib3

from kirjaamo.classifications.concept import LIMIT, Export
from kirjaamo.classifications.errors import CannotFetchError
from kirjaamo.classifications.form_json import Page, export
from kirjaamo.classifications.importing import Origin
from kirjaamo.connections import Patience, cause, pool
from kirjaamo.messages import N_

T = TypeVar("T")

BASE_URL: Final = "https://koodistopalvelu.kanta.fi/codeserver/csapi"
PAGE_SIZE: Final = 500  # the most that the server gives
MOST_PAGES: Final = 2000
OK: Final = 200
NOT_FOUND: Final = 404
_EVERY_STATUS = [("status", "ACTIVE"), ("status", "PROPOSAL"), ("status", "DELETED")]


class _Definition(msgspec.Struct, rename="camel"):
    """A field of a list's version: what an attribute's name means."""

    field_name: str = ""
    xml_name: str | None = None
    xml_language_code: str | None = None


class _Version(msgspec.Struct):
    definitions: list[_Definition] = []


@dataclass(frozen=True, slots=True)
class Server:
    """A code server and how patiently it is asked.

    Attributes:
        base_url: Address before ``/v6``.
        timeout: Seconds to wait for a connection, and between parts of an answer.
        retries: How often a question is asked again.
        backoff: Seconds before the second attempt; they double from then on.
    """

    base_url: str = BASE_URL
    timeout: float = 30
    retries: int = 4
    backoff: float = 0.5

    def pool(self) -> urllib3.PoolManager:
        """Return the connections, through the proxy of the environment where there is one."""
        patience = Patience(self.timeout, self.retries, self.backoff)
        return pool(self.base_url, patience)


def fetch(server: Server, oid: str, clock: Callable[[], dt.datetime]) -> tuple[Export, Origin]:
    """Return the whole list *oid* and where it comes from; *clock* tells the moment.

    Raises:
        CannotFetchError: The list is not there, the server fails, or its pages do not agree.
    """
    address = f"{server.base_url.rstrip('/')}/v6/classifications/{quote(oid, safe='')}"
    with server.pool() as pool:
        question = _Question(pool, oid, address)
        answers = list(question.pages())
        pages = [page for page, _ in answers]
        if not pages[0].concept_codes:
            raise question.failed(N_("it has no codes"))
        columns = question.swedish(pages[0].concept_codes[0].version_id)
    moment = clock()
    sums = tuple(hashlib.sha256(content).hexdigest() for _, content in answers)
    found = export(pages, address, columns)
    return found, Origin(f"{address}/conceptcodes", moment.date(), sums, moment=moment)


@dataclass(frozen=True, slots=True)
class _Question:
    """One list asked of one server."""

    pool: urllib3.PoolManager
    oid: str
    address: str

    def pages(self) -> Iterator[tuple[Page, bytes]]:
        """Yield every page with its bytes, and check that together they are the whole list."""
        first, content = self._page(1)
        yield first, content
        total, last = first.total_items, first.total_pages
        if total is None or last is None or last > MOST_PAGES:
            raise self.failed(N_("a page does not say how many codes there are"))
        count = len(first.concept_codes)
        for number in range(2, last + 1):
            page, content = self._page(number)
            if (page.total_items, page.total_pages) != (total, last):
                raise self.failed(N_("the list changed while it was read"))
            count += len(page.concept_codes)
            yield page, content
        if count != total:
            raise self.failed(
                N_("{total} codes were promised, {count} came"), total=total, count=count
            )

    def swedish(self, version: str) -> dict[str, str]:
        """Return which attribute holds the Swedish name, when the version's definitions tell."""
        if not version:
            return {}
        status, content = self._get(f"{self.address}/versions/{quote(version, safe='')}")
        if status == NOT_FOUND:
            return {}
        definitions = self._decode(status, content, _Version).definitions
        names = [
            d.field_name
            for d in definitions
            if (d.xml_name or "").lower() == "longname" and d.xml_language_code == "sv"
        ]
        return {"name_sv": names[0]} if names else {}

    def failed(self, reason: str, **facts: object) -> CannotFetchError:
        """Return the error for *reason*."""
        return CannotFetchError(oid=self.oid, url=self.address, reason=reason, **facts)

    def _page(self, number: int) -> tuple[Page, bytes]:
        paging = [("pageSize", PAGE_SIZE), ("page", number), ("sortBy", "CONCEPTCODEID")]
        status, content = self._get(
            f"{self.address}/conceptcodes?{urlencode([*_EVERY_STATUS, *paging])}"
        )
        if status == NOT_FOUND:
            raise self.failed(N_("the server does not know it"))
        page = self._decode(status, content, Page)
        if page.page != number:
            raise self.failed(N_("page {asked} was asked for, another came"), asked=number)
        return page, content

    def _get(self, url: str) -> tuple[int, bytes]:
        try:
            answer = self.pool.request("GET", url, preload_content=False)
            content = answer.read(LIMIT + 1, decode_content=True)
        except urllib3.exceptions.HTTPError as error:
            reason = N_("no answer ({kind})")
            raise self.failed(reason, kind=type(cause(error)).__name__) from None
        answer.release_conn()
        if len(content) > LIMIT:
            raise self.failed(N_("the answer is too large"))
        return answer.status, content

    def _decode(self, status: int, content: bytes, kind: type[T]) -> T:
        if status != OK:
            raise self.failed(N_("the server answered {status}"), status=status)
        try:
            return msgspec.json.decode(content, type=kind)
        except msgspec.MsgspecError:
            raise self.failed(N_("the answer is not what the service describes")) from None
