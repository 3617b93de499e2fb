"""Questions about one element of an XML instance."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from kirjaamo.finance.writing.naming import STANDARD

XBRLI: Final = "{%s}" % STANDARD["xbrli"]  # noqa: UP031 - braces around a namespace


def period(element: etree._Element | None) -> str:
    """Return a period: ``2026-12-31``, ``start/end`` or ``forever``, as it stands."""
    if element is None:
        return ""
    if element.find(f"{XBRLI}forever") is not None:
        return "forever"
    texts = [(one.text or "").strip() for one in element]
    return "/".join(texts)


def line_of(element: etree._Element) -> int:
    """Return the line on which an element begins."""
    return int(getattr(element, "sourceline", None) or 0)


def bare_name(name: str) -> str:
    """Return a name without its namespace."""
    return re.sub(r"^\{.*\}", "", name)


def prefixes(element: etree._Element, uris: dict[str, str]) -> Iterator[str]:
    """Yield the prefixes of everything in an element that is neither context, unit nor fact."""
    for one in element.iter(etree.Element):
        yield one.prefix or ""
        yield from prefixes_of(one, uris)


def prefixes_of(element: etree._Element, uris: dict[str, str]) -> Iterator[str]:
    """Yield the prefixes of the attributes of an element."""
    for name in element.attrib:
        uri = str(name)[1:].partition("}")[0]
        if uri in uris:
            yield uris[uri]
