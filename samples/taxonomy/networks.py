"""The linkbases: closed hypercubes of the tables, hierarchies of the domains, and labels."""

from collections.abc import Iterable, Sequence

from lxml import etree

from kirjaamo.samples.taxonomy import markup
from kirjaamo.samples.taxonomy.design import (
    DICTIONARY,
    PREFIX,
    Design,
    Dimension,
    Labels,
    Table,
)
from kirjaamo.samples.taxonomy.markup import content, element, linkbase
from kirjaamo.samples.taxonomy.schemas import LANGUAGES, hierarchy_role, table_role

DIMENSION = "http://xbrl.org/int/dim/arcrole"
LABEL = "http://www.xbrl.org/2003/arcrole/concept-label"
LINK = "http://www.xbrl.org/2003/role/link"


def files(design: Design) -> dict[str, bytes]:
    """Return address to content of every definition and label linkbase."""
    made = {}
    for address, labelled in _labelled(design).items():
        for language in LANGUAGES:
            place = f"{address.removesuffix('.xsd')}-lab-{language}.xml"
            made[place] = _labels(address, labelled, language)
    for dimension in design.dimensions:
        made[f"{DICTIONARY}/dom/{dimension.domain}/hier-def.xml"] = _hierarchy(dimension)
    for table in design.tables:
        address = markup.table_schema(table.code)
        made[f"{address.removesuffix('.xsd')}-def.xml"] = _hypercube(design, table)
    return {address: content(root) for address, root in made.items()}


def _labelled(design: Design) -> dict[str, list[tuple[str, Labels]]]:
    """Return, by schema, its elements and their names."""
    made = {
        markup.METRICS: [(one.code, one.labels) for one in design.metrics],
        markup.DIMENSIONS: [(one.code, one.labels) for one in design.dimensions],
        markup.DOMAINS: [(one.domain, one.labels) for one in design.dimensions],
    }
    for one in design.dimensions:
        members = [(member.code, member.labels) for member in one.members]
        made[markup.members_schema(one.domain)] = members
    for table in design.tables:
        made[markup.table_schema(table.code)] = [(table.code, table.labels)]
    for module in design.modules:
        made[module.entry_point] = [(module.code, module.labels)]
    return made


def _labels(
    address: str, labelled: Iterable[tuple[str, Labels]], language: str
) -> etree._Element:
    root = linkbase()
    link = element(root, "link:labelLink", {"xlink:type": "extended", "xlink:role": LINK})
    for name, labels in labelled:
        _located(link, f"{address}#{PREFIX}_{name}", name)
        element(
            link,
            "link:label",
            {
                "xlink:type": "resource",
                "xlink:label": f"label_{name}",
                "xlink:role": "http://www.xbrl.org/2003/role/label",
                "xml:lang": language,
            },
            labels[language],
        )
        _arc(link, "link:labelArc", LABEL, name, f"label_{name}")
    return root


def _located(link: etree._Element, address: str, label: str) -> str:
    """Name an element of a schema inside a link."""
    facts = {"xlink:type": "locator", "xlink:href": address, "xlink:label": label}
    element(link, "link:loc", facts)
    return label


def _arc(
    link: etree._Element, kind: str, arcrole: str, first: str, second: str, **more: str
) -> None:
    facts = {"xlink:type": "arc", "xlink:arcrole": arcrole}
    ends = {"xlink:from": first, "xlink:to": second}
    extra = {name.replace("_", ":"): value for name, value in more.items()}
    element(link, kind, {**facts, **ends, **extra})


def _definition(
    role: str, schema: str, identifier: str
) -> tuple[etree._Element, etree._Element]:
    """Return a linkbase with one definition link of a role, and the link."""
    root = linkbase(["xbrldt"])
    facts = {"xlink:type": "simple", "xlink:href": f"{schema}#{identifier}", "roleURI": role}
    element(root, "link:roleRef", facts)
    for name in ("all", "hypercube-dimension", "dimension-domain", "domain-member"):
        address = f"{markup.SCHEMAS['xbrldt']}#{name}"
        facts = {
            "xlink:type": "simple",
            "xlink:href": address,
            "arcroleURI": f"{DIMENSION}/{name}",
        }
        element(root, "link:arcroleRef", facts)
    link = element(root, "link:definitionLink", {"xlink:type": "extended", "xlink:role": role})
    return root, link


def _hierarchy(dimension: Dimension) -> etree._Element:
    domain = dimension.domain
    schema = f"{DICTIONARY}/dom/{domain}/hier.xsd"
    root, link = _definition(hierarchy_role(domain), schema, f"{domain}1")
    _members(link, dimension, [m.parent for m in dimension.members])
    return root


def _members(link: etree._Element, dimension: Dimension, parents: Sequence[str]) -> None:
    """Put the members of a dimension below *parents*; below the domain where that is empty."""
    domain = _located(link, f"{markup.DOMAINS}#{PREFIX}_{dimension.domain}", dimension.domain)
    place = markup.members_schema(dimension.domain)
    for number, (member, parent) in enumerate(zip(dimension.members, parents, strict=True), 1):
        label = _located(link, f"{place}#{PREFIX}_{member.code}", member.code)
        arcrole = f"{DIMENSION}/domain-member"
        _arc(link, "link:definitionArc", arcrole, parent or domain, label, order=str(number))


def _hypercube(design: Design, table: Table) -> etree._Element:
    """Return the cells of a table: all its metrics by a closed hypercube in the scenario."""
    address = markup.table_schema(table.code)
    code = table.code.lower()
    root, link = _definition(table_role(table.code), address, f"{PREFIX}_{code}_role")
    cube = _located(link, f"{address}#{PREFIX}_{table.code}", table.code)
    closed = {"xbrldt_contextElement": "scenario", "xbrldt_closed": "true"}
    for metric in table.metrics:
        item = _located(link, f"{markup.METRICS}#{PREFIX}_{metric}", metric)
        _arc(link, "link:definitionArc", f"{DIMENSION}/all", item, cube, **closed)
    for name in table.dimensions:
        dimension = design.dimension(name)
        axis = _located(link, f"{markup.DIMENSIONS}#{PREFIX}_{name}", name)
        _arc(link, "link:definitionArc", f"{DIMENSION}/hypercube-dimension", cube, axis)
        _members(link, dimension, [""] * len(dimension.members))
        arcrole = f"{DIMENSION}/dimension-domain"
        _arc(link, "link:definitionArc", arcrole, axis, dimension.domain, xbrldt_usable="false")
    return root
