"""XBRL 2.1 instances, streamed: memory holds the facts, never the tree."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Final

import polars as pl
from lxml import etree

from kirjaamo.finance.instances.elements import (
    bare_name,
    line_of,
    period,
    prefixes,
    prefixes_of,
)
from kirjaamo.finance.instances.errors import (
    INLINE,
    NO_ROOT,
    BrokenXmlInstanceError,
    InstanceError,
    TooLargeInstanceError,
)
from kirjaamo.finance.instances.looked import FACTS, Context, Indicator, Looked, Part, Unit
from kirjaamo.finance.instances.prolog import Prolog, look
from kirjaamo.finance.writing.naming import STANDARD, packed
from kirjaamo.sources import limits

XBRLI: Final = "{%s}" % STANDARD["xbrli"]  # noqa: UP031 - braces around a namespace
XBRLDI: Final = "{%s}" % STANDARD["xbrldi"]  # noqa: UP031 - same
FIND: Final = "{%s}" % STANDARD["find"]  # noqa: UP031 - same
XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
XML: Final = "{http://www.w3.org/XML/1998/namespace}"
LONGEST: Final = 100_000
"""Most characters of a text that is looked at for a name."""

MANY: Final = 3
"""Attributes of a usual fact: context, unit, decimals."""

_HTML: Final = "http://www.w3.org/1999/xhtml"
_NIL: Final = f"{XSI}nil"
_TRUE: Final = ("true", "1")
_FAR: Final = {f"{XML}base": "xml:base", f"{XSI}schemaLocation": "xsi:schemaLocation"}


def read(path: Path, usual: Mapping[str, str] = STANDARD) -> Looked:
    """Return an instance as it stands.

    Args:
        path: The instance.
        usual: Prefix to namespace of names as they are to be told, whatever the prefixes of the
            instance.

    Raises:
        InstanceError: It is no XBRL instance, not whole, or has a document type.
    """
    if path.stat().st_size > limits.XML:
        raise TooLargeInstanceError(file=path.name, limit=limits.XML // limits.MEBI)
    prolog = look(path)
    if prolog.root.startswith(_HTML):
        raise InstanceError(file=path.name, reason=INLINE)
    if not prolog.root.endswith("}xbrl") and prolog.root != "xbrl":
        raise InstanceError(file=path.name, reason=NO_ROOT)
    return _Reader(path, prolog, path.name, usual).looked


def read_bytes(content: bytes, file: str) -> Looked:
    """Return the beginning of an instance, made whole, as it stands.

    Raises:
        BrokenXmlInstanceError: It is not whole.
    """
    return _Reader(
        BytesIO(content), Prolog("", "UTF-8", standalone=False, marked=False), file
    ).looked


class _Reader:
    """Collects what stands below the root, element by element."""

    def __init__(
        self,
        source: Path | BytesIO,
        prolog: Prolog,
        file: str,
        usual: Mapping[str, str] = STANDARD,
    ) -> None:
        self.looked = Looked(file, prolog)
        self.usual = {uri: prefix for prefix, uri in usual.items()}
        self.uris: dict[str, str] = {}
        self.own: dict[str, str] = {}
        self.rows: list[tuple[object, ...]] = []
        try:
            for element in self._children(source):
                self._take(element)
        except (etree.XMLSyntaxError, ValueError) as error:
            line = getattr(error, "lineno", 0) or 0
            raise BrokenXmlInstanceError(file=file, line=line) from None
        self.looked.facts = pl.DataFrame(self.rows, schema=FACTS, orient="row")

    def _children(self, source: Path | BytesIO) -> Iterator[etree._Element]:
        """Yield the elements below the root, each once, and forget it."""
        events = etree.iterparse(
            str(source) if isinstance(source, Path) else source, events=("end", "start-ns"), resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        root: etree._Element | None = None
        declared: list[tuple[str, str]] = []
        for event, element in events:
            if event == "start-ns":
                declared.append((element[0] or "", element[1]))
                if root is not None:
                    self.looked.below.append((0, element[0] or ""))
                continue
            if root is None:
                root = element.getroottree().getroot()
                self._open(root, declared)
            if element.getparent() is root:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del root[0]

    def _open(self, root: etree._Element, declared: list[tuple[str, str]]) -> None:
        """Take the root: its namespaces and attributes."""
        at = self.looked
        at.namespaces = {prefix or "": uri for prefix, uri in root.nsmap.items()}
        at.attributes = {
            _FAR.get(str(name), str(name)): str(value) for name, value in root.attrib.items()
        }
        at.below = [(0, prefix) for prefix, _ in islice(declared, len(root.nsmap), None)]
        at.used.add(root.prefix or "")
        for prefix, uri in sorted(at.namespaces.items(), reverse=True):
            self.own[uri] = prefix
            wanted = self.usual.get(uri, prefix)
            taken = at.namespaces.get(wanted, uri) != uri
            self.uris[uri] = prefix if taken else wanted
        at.names = {prefix: uri for uri, prefix in self.uris.items()}
        at.used.update(prefixes_of(root, self.own))

    def _take(self, element: etree._Element) -> None:
        """Take an element below the root."""
        at, tag, line = self.looked, element.tag, line_of(element)
        at.used.add(element.prefix or "")
        if at.below and not at.below[-1][0]:
            at.below = [(known or line, prefix) for known, prefix in at.below]
        far = [name for name in _FAR if element.get(name) is not None]
        at.spread += [(line, _FAR[name]) for name in far]
        if tag == f"{XBRLI}context":
            at.contexts.append(self._context(element))
        elif tag == f"{XBRLI}unit":
            at.units.append(self._unit(element))
        elif tag == f"{FIND}fIndicators":
            self._indicators(element)
        elif element.get("contextRef") is not None:
            self._fact(element)
        else:
            attributes = {
                bare_name(str(name)): str(value) for name, value in element.attrib.items()
            }
            at.used.update(prefixes(element, self.own))
            name = self._name(tag)
            at.parts.append(Part(line, name, attributes))

    def _name(self, tag: str) -> str:
        """Return a name with the instance's own prefix."""
        uri, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
        prefix = self.uris.get(uri)
        return f"{prefix}:{local}" if prefix else local

    def _qname(self, element: etree._Element, text: str | None) -> str:
        """Return a name in a text with the first prefix of its namespace."""
        name = " ".join((text or "")[:LONGEST].split())
        prefix, mark, local = name.rpartition(":")
        if not mark:
            return name
        self.looked.used.add(prefix)
        if self.looked.namespaces.get(prefix) is not None and not self.looked.below:
            uri = self.looked.namespaces[prefix]
        else:
            uri = element.nsmap.get(prefix, "")
        return f"{self.uris.get(uri, prefix)}:{local}"

    def _context(self, element: etree._Element) -> Context:
        identifier = element.find(f"{XBRLI}entity/{XBRLI}identifier")
        segment = element.find(f"{XBRLI}entity/{XBRLI}segment")
        scenario = element.find(f"{XBRLI}scenario")
        members, other = [], False
        for holder in (segment, scenario):
            for child in () if holder is None else holder:
                member = self._member(child)
                members.append(member)
                other = other or (not member and holder is scenario)
        return Context(
            element.get("id", ""),
            line_of(element),
            "" if identifier is None else identifier.get("scheme", ""),
            "" if identifier is None else (identifier.text or "").strip(),
            period(element.find(f"{XBRLI}period")),
            "".join(sorted(filter(None, members))),
            segment is not None,
            other or (scenario is not None and len(scenario) == 0),
        )

    def _member(self, element: etree._Element) -> str:
        """Return ``|dimension(member)``, or nothing for what is no member."""
        self.looked.used.add(element.prefix or "")
        if element.tag == f"{XBRLDI}explicitMember":
            dimension = self._qname(element, element.get("dimension"))
            return f"|{dimension}({self._qname(element, element.text)})"
        if element.tag == f"{XBRLDI}typedMember" and len(element):
            dimension = self._qname(element, element.get("dimension"))
            self.looked.used.add(element[0].prefix or "")
            self.looked.typed.setdefault(dimension, self._name(element[0].tag))
            return f"|{dimension}(={packed((element[0].text or '').strip())})"
        return ""

    def _unit(self, element: etree._Element) -> Unit:
        measures = tuple(self._qname(one, one.text) for one in element.iter(f"{XBRLI}measure"))
        divided = element.find(f"{XBRLI}divide") is not None
        return Unit(element.get("id", ""), line_of(element), measures, divided)

    def _indicators(self, element: etree._Element) -> None:
        for one in element.findall(f"{FIND}filingIndicator"):
            filed = one.get(f"{FIND}filed", "true").strip() in _TRUE
            code, context = (one.text or "").strip(), one.get("contextRef", "")
            self.looked.indicators.append(Indicator(line_of(one), code, context, filed))

    def _fact(self, element: etree._Element) -> None:
        get, text = element.get, element.text
        nil = get(_NIL)
        if nil is not None or len(element.attrib) > MANY:
            self.looked.used.update(prefixes_of(element, self.own))
        self.rows.append(
            (line_of(element), self._name(element.tag), get("contextRef"), get("unitRef"),
             get("decimals"), get("precision"), nil is not None and nil.strip() in _TRUE,
             get("id"), text)
        )  # fmt: skip
