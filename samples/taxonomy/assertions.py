"""The formula linkbase: an assertion for every total and every comparison of a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kirjaamo.samples.taxonomy import markup
from kirjaamo.samples.taxonomy.design import (
    NUMBERS,
    PREFIX,
    VERSION_ROOT,
    Calculation,
    Design,
    Dimension,
    Module,
    Table,
)
from kirjaamo.samples.taxonomy.markup import content, element, linkbase

ARC = "http://xbrl.org/arcrole/2008"
ARCS = {
    "gen:arc": "element-label",
    "variable:variableArc": "variable-set",
    "variable:variableFilterArc": "variable-filter",
}
GENERIC = "http://www.xbrl.org/2008/role/link"
OPERATORS = {"=": "eq", "<=": "le", ">=": "ge", "<": "lt", ">": "gt"}
WORDS = {
    "=": {"fi": "on osiensa summa", "sv": "är summan av sina delar"},
    ">=": {"fi": "on vähintään osiensa summa", "sv": "är minst summan av sina delar"},
}
_LINKS = ("gen", "label", "va", "validation", "variable", "cf", "df")


@dataclass(frozen=True, slots=True)
class Assertion:
    """One calculation of a table.

    Attributes:
        code: Identifier of the assertion.
        table: The table.
        metric: Code of the metric.
        dimension: The dimension whose members are summed.
        calculation: Total and parts.
    """

    code: str
    table: Table
    metric: str
    dimension: Dimension
    calculation: Calculation


def assertions(design: Design, table: Table) -> Iterator[Assertion]:
    """Yield the assertions of a table: its numbers that can be summed, dimension by dimension."""
    for metric in (code for code in table.metrics if code[0] in NUMBERS):
        for name in table.dimensions:
            dimension = design.dimension(name)
            for one in dimension.calculations:
                middle = "" if one.operator == "=" else "c_"
                code = f"{PREFIX}_v_{table.code}_{name}_{middle}{one.total}"
                yield Assertion(code, table, metric, dimension, one)


def files(design: Design) -> dict[str, bytes]:
    """Return address to content of every module's assertions."""
    return {
        f"{VERSION_ROOT}/val/{module.code}-val.xml": content(_linkbase(design, module))
        for module in design.modules
    }


def _linkbase(design: Design, module: Module) -> etree._Element:
    root = linkbase(_LINKS, markup.namespaces())
    facts = {
        "xlink:type": "simple",
        "xlink:href": f"{markup.SCHEMAS['gen']}#standard-link-role",
    }
    element(root, "link:roleRef", {**facts, "roleURI": GENERIC})
    facts = {"xlink:href": f"{markup.SCHEMAS['label']}#standard-label", "xlink:type": "simple"}
    element(root, "link:roleRef", {**facts, "roleURI": "http://www.xbrl.org/2008/role/label"})
    for schema, name in (
        ("variable", "variable-set"),
        ("variable", "variable-filter"),
        ("label", "element-label"),
    ):
        facts = {"xlink:type": "simple", "xlink:href": f"{markup.SCHEMAS[schema]}#{name}"}
        element(root, "link:arcroleRef", {**facts, "arcroleURI": f"{ARC}/{name}"})
    link = element(root, "gen:link", {"xlink:type": "extended", "xlink:role": GENERIC})
    for code in module.tables:
        for one in assertions(design, design.table(code)):
            _assertion(link, one)
    return root


def _assertion(link: etree._Element, one: Assertion) -> None:
    """Write an assertion: it speaks where the total is filed; a part that is not filed is 0."""
    groups = {"plus": one.calculation.of("+"), "minus": one.calculation.of("-")}
    used = {name: members for name, members in groups.items() if members}
    parts = "".join((" - " if name == "minus" else " ") + f"sum(${name})" for name in used)
    element(
        link,
        "va:valueAssertion",
        {
            "xlink:type": "resource",
            "xlink:label": one.code,
            "id": one.code,
            "aspectModel": "dimensional",
            "implicitFiltering": "true",
            "test": f"$total {OPERATORS[one.calculation.operator]}{parts}",
        },
    )
    _labels(link, one)
    _variable(link, one, "total", [one.calculation.total])
    for name, members in used.items():
        _variable(link, one, name, members)


def _labels(link: etree._Element, one: Assertion) -> None:
    members = {member.code: member.labels for member in one.dimension.members}
    total = members[one.calculation.total]
    for language, words in WORDS[one.calculation.operator].items():
        text = f"{one.table.code}: {total[language]} {words}"
        facts = {
            "xlink:type": "resource",
            "xlink:label": f"{one.code}_label",
            "xml:lang": language,
        }
        role = {"xlink:role": "http://www.xbrl.org/2008/role/label"}
        element(link, "label:label", {**facts, **role}, text)
    _arc(link, "gen:arc", one.code, f"{one.code}_label")


def _arc(link: etree._Element, kind: str, first: str, second: str, **more: str) -> None:
    facts = {"xlink:type": "arc", "xlink:arcrole": f"{ARC}/{ARCS[kind]}"}
    element(link, kind, {**facts, "xlink:from": first, "xlink:to": second, **more})


def _variable(link: etree._Element, one: Assertion, name: str, members: list[str]) -> None:
    """Write a variable with its filters: the metric, and members of the dimension."""
    label = f"{one.code}_{name}"
    several = name != "total"
    facts = (
        {"bindAsSequence": "true", "fallbackValue": "0"}
        if several
        else {"bindAsSequence": "false"}
    )
    element(
        link, "variable:factVariable", {"xlink:type": "resource", "xlink:label": label, **facts}
    )
    _arc(link, "variable:variableArc", one.code, label, name=name)
    metric = {"xlink:type": "resource", "xlink:label": f"{label}_metric"}
    concept = element(element(link, "cf:conceptName", metric), "cf:concept")
    element(concept, "cf:qname", text=f"{PREFIX}_met:{one.metric}")
    chosen = {"xlink:type": "resource", "xlink:label": f"{label}_members"}
    explicit = element(link, "df:explicitDimension", chosen)
    dimension = element(explicit, "df:dimension")
    element(dimension, "df:qname", text=f"{PREFIX}_dim:{one.dimension.code}")
    for member in members:
        place = element(explicit, "df:member")
        element(place, "df:qname", text=f"{PREFIX}_{one.dimension.domain}:{member}")
    for kind in ("metric", "members"):
        how = {"complement": "false", "cover": "true"}
        _arc(link, "variable:variableFilterArc", label, f"{label}_{kind}", **how)
