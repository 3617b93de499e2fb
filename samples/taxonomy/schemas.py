"""The schema files: the dictionary of metrics, dimensions and members, the tables, the modules."""

from lxml import etree

from kirjaamo.samples.taxonomy import markup
from kirjaamo.samples.taxonomy.design import (
    DICTIONARY,
    NAMES,
    PREFIX,
    VERSION_ROOT,
    Design,
    Module,
    Table,
)
from kirjaamo.samples.taxonomy.markup import SCHEMAS, SPACES, content, element, schema

LANGUAGES = ("fi", "sv")
REFERENCES = {
    "definition": "http://www.xbrl.org/2003/role/definitionLinkbaseRef",
    "label": "http://www.xbrl.org/2003/role/labelLinkbaseRef",
}


def files(design: Design) -> dict[str, bytes]:
    """Return address to content of every schema."""
    made = {
        markup.METRICS: _metrics(design),
        markup.DIMENSIONS: _dimensions(design),
        markup.DOMAINS: _domains(design),
    }
    for dimension in design.dimensions:
        domain = dimension.domain
        made[markup.members_schema(domain)] = _members(design, domain)
        made[f"{DICTIONARY}/dom/{domain}/hier.xsd"] = _hierarchy(domain)
    for table in design.tables:
        made[markup.table_schema(table.code)] = _table(table)
    for module in design.modules:
        made[module.entry_point] = _module(module)
    return {address: content(root) for address, root in made.items()}


def hierarchy_role(domain: str) -> str:
    """Return the role of a domain's calculation hierarchy."""
    return f"{DICTIONARY}/dom/{domain}/hier/{domain}1"


def table_role(code: str) -> str:
    """Return the role of a table's cells."""
    return f"{VERSION_ROOT}/role/tab/{code}"


def _standard(*prefixes: str) -> dict[str, str]:
    return {SPACES[prefix]: SCHEMAS[prefix] for prefix in prefixes}


def _references(root: etree._Element, *links: tuple[str, str]) -> None:
    """Say which linkbases belong to a schema: kind and address."""
    info = element(element(root, "xs:annotation"), "xs:appinfo")
    for kind, address in links:
        element(
            info,
            "link:linkbaseRef",
            {
                "xlink:type": "simple",
                "xlink:href": address,
                "xlink:arcrole": "http://www.w3.org/1999/xlink/properties/linkbase",
                **({"xlink:role": REFERENCES[kind]} if kind in REFERENCES else {}),
            },
        )


def _labels(stem: str) -> list[tuple[str, str]]:
    return [("label", f"{stem}-lab-{language}.xml") for language in LANGUAGES]


def _item(
    root: etree._Element, name: str, kind: str, group: str, *, abstract: bool = True
) -> None:
    element(
        root,
        "xs:element",
        {
            "name": name,
            "id": f"{PREFIX}_{name}",
            "type": kind,
            "substitutionGroup": group,
            "nillable": "true",
            **({"abstract": "true"} if abstract else {}),
            "xbrli:periodType": "instant",
        },
    )


def _metrics(design: Design) -> etree._Element:
    root = schema(f"{DICTIONARY}/met", ["num"])
    _references(root, *_labels("met"))
    _imports(root, "xbrli", "num")
    for metric in design.metrics:
        _item(root, metric.code, metric.type, "xbrli:item", abstract=False)
    return root


def _imports(root: etree._Element, *prefixes: str) -> None:
    for space, address in _standard(*prefixes).items():
        element(root, "xs:import", {"namespace": space, "schemaLocation": address})


def _dimensions(design: Design) -> etree._Element:
    root = schema(f"{DICTIONARY}/dim", ["xbrldt"])
    _references(root, *_labels("dim"))
    _imports(root, "xbrli", "xbrldt")
    for one in design.dimensions:
        _item(root, one.code, "xbrli:stringItemType", "xbrldt:dimensionItem")
    return root


def _domains(design: Design) -> etree._Element:
    root = schema(f"{DICTIONARY}/exp", ["nonnum"])
    _references(root, *_labels("exp"))
    _imports(root, "xbrli", "nonnum")
    for one in design.dimensions:
        _item(root, one.domain, "nonnum:domainItemType", "xbrli:item")
    return root


def _members(design: Design, domain: str) -> etree._Element:
    root = schema(f"{DICTIONARY}/dom/{domain}", ["nonnum"])
    _references(root, *_labels("mem"))
    _imports(root, "xbrli", "nonnum")
    dimension = next(one for one in design.dimensions if one.domain == domain)
    for member in dimension.members:
        _item(root, member.code, "nonnum:domainItemType", "xbrli:item")
    return root


def _role(root: etree._Element, role: str, identifier: str) -> None:
    info = root.find("{*}annotation/{*}appinfo")
    made = element(info, "link:roleType", {"roleURI": role, "id": identifier})
    element(made, "link:usedOn", text="link:definitionLink")


def _hierarchy(domain: str) -> etree._Element:
    """Return the schema of a domain's hierarchy; its signs stand in the database only."""
    root = schema(f"{DICTIONARY}/dom/{domain}/hier", [])
    _references(root, ("definition", "hier-def.xml"))
    _role(root, hierarchy_role(domain), f"{domain}1")
    _imports(root, "xbrli")
    return root


def _table(table: Table) -> etree._Element:
    code = table.code.lower()
    root = schema(f"{VERSION_ROOT}/tab/{code}", ["xbrldt"])
    _references(root, ("definition", f"{code}-def.xml"), *_labels(code))
    _role(root, table_role(table.code), f"{PREFIX}_{code}_role")
    _imports(root, "xbrli", "xbrldt")
    _item(root, table.code, "xbrli:stringItemType", "xbrldt:hypercubeItem")
    return root


def _module(module: Module) -> etree._Element:
    """Return an entry point: its tables, the indicators, the hierarchies and the assertions."""
    root = schema(module.namespace, ["find"])
    _references(
        root,
        *_labels(module.code),
        ("", f"{VERSION_ROOT}/val/{module.code}-val.xml"),
    )
    _imports(root, "xbrli", "find")
    tables = [
        (f"{VERSION_ROOT}/tab/{code.lower()}", markup.table_schema(code))
        for code in module.tables
    ]
    domains = [
        (f"{DICTIONARY}/dom/{domain}/hier", f"{DICTIONARY}/dom/{domain}/hier.xsd")
        for domain, _ in NAMES.values()
    ]
    for space, address in (*tables, *domains):
        element(root, "xs:import", {"namespace": space, "schemaLocation": address})
    _item(root, module.code, "xbrli:stringItemType", "xbrli:item")
    return root
