"""The code server's XML export (``codeservice_result_V2.0``).

``termsystem`` is the list, ``termitementry`` a code, and ``attribute`` a fact about either:
``type`` says which, ``language`` in which language.
"""

from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from kirjaamo.classifications.codelist import Names
from kirjaamo.classifications.concept import Concept, Export
from kirjaamo.classifications.errors import CannotImportError
from kirjaamo.messages import N_, gettext

STATUS = {"1": "active", "ACTIVE": "active", "PROPOSAL": "proposal", "DELETED": "deleted"}
"""The words of the code server; of the numbers of the export only 1 is known."""

NAMES = ("longname", "shortname", "abbreviation")
"""The names of a code, fullest first."""


def read(path: Path, content: bytes, columns: Mapping[str, str]) -> Export:
    """Return the codes of an XML export; *columns* has no use here."""
    del columns
    root = _parse(path, content)
    system = next(root.iter("{*}termsystem"), None)
    if system is None:
        reason = N_("it is not an XML export of the code server")
        raise CannotImportError(file=path, reason=reason)
    facts = _attributes(system, "fi")
    oid = facts.get(("relatesto", "")) or system.get("id") or ""
    label = facts.get(("relatestoname", ""), "") or facts.get(("longname", "fi"), "")
    names = Names(label, facts.get(("longname", "sv"), "")) if label else None
    found = tuple(_concept(entry) for entry in system.iterfind("{*}termitementry"))
    return Export(found, oid, names, file=path)


def _parse(path: Path, content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        place = gettext("line {line}").format(line=error.lineno)
        raise CannotImportError(
            file=path, place=place, reason=N_("the XML is broken")
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        reason = N_("it has a document type declaration, which is not allowed")
        raise CannotImportError(file=path, reason=reason)
    return root


def _attributes(element: etree._Element, language: str) -> dict[tuple[str, str], str]:
    """Return (type, language) to text; what has no language of its own is in *language*.

    The facts that are not in any language stand under an empty language too.
    """
    found: dict[tuple[str, str], str] = {}
    for attribute in element.iterfind("{*}attribute"):
        kind, own = attribute.get("type", "").lower(), attribute.get("language", "")
        text = "".join(str(part) for part in attribute.itertext()).strip()
        found[kind, own or language] = text
        found.setdefault((kind, ""), text)
    return found


def _concept(entry: etree._Element) -> Concept:
    facts = _attributes(entry, entry.get("language", "fi"))
    fi = [facts[kind, "fi"] for kind in NAMES if facts.get((kind, "fi"))]
    sv = [facts[kind, "sv"] for kind in NAMES if facts.get((kind, "sv"))]
    status = facts.get(("status", ""), "")
    return Concept(
        code=entry.get("id", ""),
        place=gettext("line {line}").format(line=entry.sourceline),
        name_fi=fi[0] if fi else "",
        name_sv=sv[0] if sv else "",
        parent=facts.get(("parentid", ""), ""),
        valid_from=entry.get("begindate", ""),
        valid_to=entry.get("expirationdate", ""),
        status=STATUS.get(status.upper(), "unknown"),
        source="XML export of the national code service",
        others=(*((name, "") for name in fi[1:]), *(("", name) for name in sv[1:])),
    )
