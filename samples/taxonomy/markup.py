"""XML as the taxonomy writes it: one form of element, one form of file, one address of each file."""

from collections.abc import Mapping, Sequence

from lxml import etree

from kirjaamo.samples.taxonomy.design import DICTIONARY, NAMES, PREFIX, VERSION_ROOT

SPACES = {
    "xs": "http://www.w3.org/2001/XMLSchema",
    "xbrli": "http://www.xbrl.org/2003/instance",
    "link": "http://www.xbrl.org/2003/linkbase",
    "xlink": "http://www.w3.org/1999/xlink",
    "xbrldt": "http://xbrl.org/2005/xbrldt",
    "num": "http://www.xbrl.org/dtr/type/numeric",
    "nonnum": "http://www.xbrl.org/dtr/type/non-numeric",
    "find": "http://www.eurofiling.info/xbrl/ext/filing-indicators",
    "gen": "http://xbrl.org/2008/generic",
    "label": "http://xbrl.org/2008/label",
    "va": "http://xbrl.org/2008/assertion/value",
    "validation": "http://xbrl.org/2008/validation",
    "variable": "http://xbrl.org/2008/variable",
    "cf": "http://xbrl.org/2008/filter/concept",
    "df": "http://xbrl.org/2008/filter/dimension",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
"""Prefixes of the standards."""

SCHEMAS = {
    "xbrli": "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd",
    "link": "http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd",
    "xbrldt": "http://www.xbrl.org/2005/xbrldt-2005.xsd",
    "num": "http://www.xbrl.org/dtr/type/numeric-2009-12-16.xsd",
    "nonnum": "http://www.xbrl.org/dtr/type/nonNumeric-2009-12-16.xsd",
    "find": "http://www.eurofiling.info/eu/fr/xbrl/ext/filing-indicators.xsd",
    "gen": "http://www.xbrl.org/2008/generic-link.xsd",
    "label": "http://www.xbrl.org/2008/generic-label.xsd",
    "va": "http://www.xbrl.org/2008/value-assertion.xsd",
    "validation": "http://www.xbrl.org/2008/validation.xsd",
    "variable": "http://www.xbrl.org/2008/variable.xsd",
    "cf": "http://www.xbrl.org/2008/concept-filter.xsd",
    "df": "http://www.xbrl.org/2008/dimension-filter.xsd",
}
"""Where the schemas of the standards stand; XBRL processors have them."""

METRICS = f"{DICTIONARY}/met/met.xsd"
DIMENSIONS = f"{DICTIONARY}/dim/dim.xsd"
DOMAINS = f"{DICTIONARY}/exp/exp.xsd"
NOTICE = " Kirjaamo's sample taxonomy: not an authority's, and nothing is filed in it. "


def members_schema(domain: str) -> str:
    """Return the address of a domain's schema."""
    return f"{DICTIONARY}/dom/{domain}/mem.xsd"


def table_schema(code: str) -> str:
    """Return the address of a table's schema."""
    return f"{VERSION_ROOT}/tab/{code.lower()}/{code.lower()}.xsd"


def namespaces() -> dict[str, str]:
    """Return prefix to namespace of the dictionary."""
    domains = {
        f"{PREFIX}_{domain}": f"{DICTIONARY}/dom/{domain}" for domain, _ in NAMES.values()
    }
    first = {f"{PREFIX}_{name}": f"{DICTIONARY}/{name}" for name in ("met", "dim", "exp")}
    return first | domains


def element(
    parent: etree._Element | None,
    name: str,
    attributes: Mapping[str, str] | None = None,
    text: str | None = None,
    spaces: Mapping[str, str] | None = None,
) -> etree._Element:
    """Return a new element; names are written with the prefixes of `SPACES`."""
    given = {_expanded(key): value for key, value in (attributes or {}).items()}
    if parent is None:
        made = etree.Element(_expanded(name), given, dict(spaces or {}))
    else:
        made = etree.SubElement(parent, _expanded(name), given)
    made.text = text
    return made


def _expanded(name: str) -> str:
    prefix, colon, local = name.rpartition(":")
    return f"{{{SPACES[prefix]}}}{local}" if colon else local


def content(root: etree._Element) -> bytes:
    """Return a file; the same tree always gives the same bytes."""
    root.addprevious(etree.Comment(NOTICE))
    tree = root.getroottree()
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def schema(namespace: str, prefixes: Sequence[str]) -> etree._Element:
    """Return an empty schema of *namespace* that declares *prefixes* of the standards."""
    spaces = {name: SPACES[name] for name in ("xs", "xbrli", "link", "xlink", *prefixes)}
    spaces |= {prefix: own for prefix, own in namespaces().items() if own == namespace}
    facts = {"targetNamespace": namespace, "elementFormDefault": "qualified"}
    return element(None, "xs:schema", facts, spaces=spaces)


def linkbase(
    prefixes: Sequence[str] = (), own: Mapping[str, str] | None = None
) -> etree._Element:
    """Return an empty linkbase that declares *prefixes* of the standards and *own* ones."""
    spaces = {name: SPACES[name] for name in ("link", "xlink", "xsi", *prefixes)}
    places = " ".join(f"{SPACES[name]} {SCHEMAS[name]}" for name in ("link", *prefixes))
    facts = {"xsi:schemaLocation": places}
    return element(None, "link:linkbase", facts, spaces=spaces | dict(own or {}))
