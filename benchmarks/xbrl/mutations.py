"""Single mutations of a sound instance, each with the rule that must find it.

`counts` is what ``make finance`` records: how many there are, and how many are found.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from kirjaamo.finance.datapoints import SCHEMA as POINTS
from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.facts import SCHEMA, Filing
from kirjaamo.finance.instances.checking import faults, subject
from kirjaamo.finance.instances.subject import Means
from kirjaamo.finance.writing import write

DAY: Final = "2026-12-31"
PREFIXES: Final = ("x_met", "x_dim", "x_PA", "x_TI")
NAMESPACES: Final = {name: f"http://www.example.org/{name}" for name in PREFIXES}
AMOUNT: Final = "MET(x_met:md1)|x_dim:PAL(x_PA:x1)|x_dim:TIL(x_TI:x4000)"
OTHER: Final = "MET(x_met:md1)|x_dim:PAL(x_PA:x1)|x_dim:TIL(x_TI:x4001)"
SHARE: Final = "MET(x_met:pi2)|x_dim:PAL(x_PA:x1)"
COUNT: Final = "MET(x_met:ii3)|x_dim:PAL(x_PA:x1)"
NAME: Final = "MET(x_met:si4)"
MODULE: Final = "http://www.example.org/fws/f/2026-01-01/mod/m.xsd"


def filing() -> Filing:
    """Return a sound filing with every kind of fact."""
    rows = [
        (AMOUNT, DAY, "iso4217:EUR", "2", "1234.50"),
        (OTHER, DAY, "iso4217:EUR", "2", "-0.05"),
        (SHARE, DAY, "xbrli:pure", "4", "0.8000"),
        (COUNT, DAY, "xbrli:pure", "0", "12"),
        (NAME, DAY, "", "", "Mallila"),
    ]
    facts = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return Filing(MODULE, "0163207-7", NAMESPACES, facts, ("T01", "T02"))


def means() -> Means:
    """Return the settings and data points that the sound filing fits."""
    rows = [(sign, str(number), False, number == 0, "") for number, sign in
            enumerate((AMOUNT, OTHER, SHARE, COUNT, NAME, f"{NAME}|x_dim:PAL(x_PA:x9)"))]  # fmt: skip
    points = DataPoints("points", pl.DataFrame(rows, schema=POINTS, orient="row"))
    return Means(MODULE, NAMESPACES, points)


class Mutation(NamedTuple):
    """One change of a sound instance.

    Attributes:
        name: What was done.
        rule: The rule that must find it.
        change: The text of the instance to another.
        file: Name of the changed file.
    """

    name: str
    rule: str
    change: Callable[[str], str]
    file: str = "filing.xbrl"


def swap(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    """Return a change that puts *new* in the place of *old*."""

    def change(text: str) -> str:
        assert old in text, old  # noqa: S101 - what changes nothing proves nothing
        return text.replace(old, new, count)

    return change


def before_end(element: str) -> Callable[[str], str]:
    """Return a change that adds an element as the last below the root."""
    return swap("</xbrli:xbrl>", f"{element}\n</xbrli:xbrl>")


_REF: Final = f'<link:schemaRef xlink:type="simple" xlink:href="{MODULE}"/>'
_ROOT: Final = "<xbrli:xbrl "
_ENTITY: Final = (
    '<xbrli:entity><xbrli:identifier scheme="http://ytj.fi">0163207-7'
    "</xbrli:identifier></xbrli:entity>"
)
_CONTEXT: Final = (
    f'<xbrli:context id="{{}}">{_ENTITY}<xbrli:period><xbrli:instant>{DAY}</xbrli:instant>'
    "</xbrli:period>{}</xbrli:context>"
)
_UNIT: Final = '<xbrli:unit id="{}"><xbrli:measure>{}</xbrli:measure></xbrli:unit>'
_INSTANT: Final = f"<xbrli:instant>{DAY}</xbrli:instant>"
_SPAN: Final = (
    "<xbrli:startDate>2026-01-01</xbrli:startDate><xbrli:endDate>2026-12-31</xbrli:endDate>"
)
_MEMBER: Final = '<xbrldi:explicitMember dimension="x_dim:PAL">x_PA:x1</xbrldi:explicitMember>'
_AMOUNT: Final = 'unitRef="iso4217_EUR" decimals="2">1234.50'

MUTATIONS: Final = (
    Mutation("another ending of the name", "FN101", str, "filing.xml"),
    Mutation("another encoding", "FN102", swap('encoding="UTF-8"', 'encoding="ISO-8859-1"')),
    Mutation("standalone", "FN103", swap('encoding="UTF-8"', 'encoding="UTF-8" standalone="yes"')),
    Mutation("no schema", "FN104", swap(_REF, "")),
    Mutation("two schemas", "FN104", swap(_REF, _REF + "\n" + _REF)),
    Mutation("schema of another date", "FN105", swap("/2026-01-01/", "/2025-01-01/")),
    Mutation("schema on a disk", "FN105", swap(MODULE, "mod/m.xsd")),
    Mutation("linkbase", "FN106", swap(_REF, _REF + (
        '<link:linkbaseRef xlink:type="simple" xlink:href="l.xml" '
        'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'))),
    Mutation("base address of the root", "FN107", swap(_ROOT, f'{_ROOT}xml:base="http://x.example/" ')),
    Mutation("base address of the schema", "FN107", swap(
        "<link:schemaRef ", '<link:schemaRef xml:base="http://x.example/" ')),
    Mutation("schema location", "FN108", swap(_ROOT, (
        f'{_ROOT}xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://x.example/ x.xsd" '))),
    Mutation("inclusion", "FN109", before_end(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="more.xml"/>')),
    Mutation("fact without a context", "FN110", before_end("<x_met:md1>1.00</x_met:md1>")),
    Mutation("span of time", "FN111", swap(_INSTANT, _SPAN)),
    Mutation("forever", "FN111", swap(_INSTANT, "<xbrli:forever/>")),
    Mutation("day with a time", "FN112", swap(DAY, f"{DAY}T00:00:00")),
    Mutation("day that never was", "FN112", swap(DAY, "2026-02-30")),
    Mutation("another day", "FN113", lambda text: _last(
        text, _INSTANT, _INSTANT.replace("2026", "2025"))),
    Mutation("another filer", "FN114", lambda text: _last(text, "0163207-7", "0201256-6")),
    Mutation("another scheme", "FN115", lambda text: text.replace("http://ytj.fi", "http://x.example/")),
    Mutation("wrong check digit", "FN115", lambda text: text.replace("0163207-7", "0163207-8")),
    Mutation("no hyphen", "FN115", lambda text: text.replace("0163207-7", "01632077")),
    Mutation("segment", "FN116", lambda text: _last(text, _ENTITY, _ENTITY.replace(
        "</xbrli:entity>", f"<xbrli:segment>{_MEMBER}</xbrli:segment></xbrli:entity>"))),
    Mutation("note in the scenario", "FN117", swap(
        "<xbrli:scenario>", "<xbrli:scenario><x_met:note>n</x_met:note>")),
    Mutation("empty scenario", "FN117", before_end(_CONTEXT.format("c9", "<xbrli:scenario/>"))),
    Mutation("unused context", "FN118", before_end(_CONTEXT.format("c9", ""))),
    Mutation("same context twice", "FN119", before_end(_CONTEXT.format("c9", ""))),
    Mutation("unused unit", "FN120", before_end(_UNIT.format("u", "iso4217:SEK"))),
    Mutation("same unit twice", "FN121", before_end(_UNIT.format("u", "iso4217:EUR"))),
    Mutation("thousands as a currency", "FN122", swap(
        "<xbrli:measure>iso4217:EUR", "<xbrli:measure>iso4217:KEUR")),
    Mutation("quotient", "FN122", swap(
        "<xbrli:measure>xbrli:pure</xbrli:measure>",
        "<xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:EUR</xbrli:measure>"
        "</xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xbrli:pure</xbrli:measure>"
        "</xbrli:unitDenominator></xbrli:divide>")),
    Mutation("precision", "FN123", swap(_AMOUNT, _AMOUNT.replace("decimals", "precision"))),
    Mutation("no decimals", "FN124", swap(_AMOUNT, _AMOUNT.replace(' decimals="2"', ""))),
    Mutation("broken decimals", "FN124", swap(_AMOUNT, _AMOUNT.replace('"2"', '"2.0"'))),
    Mutation("decimals of a text", "FN124", swap(">Mallila", ' decimals="0">Mallila')),
    Mutation("few decimals of a share", "FN125", swap('decimals="4">0.8000', 'decimals="2">0.80')),
    Mutation("decimals of a count", "FN125", swap('decimals="0">12', 'decimals="2">12.00')),
    Mutation("amount in millions", "FN125", swap(_AMOUNT, _AMOUNT.replace('"2"', '"-6"'))),
    Mutation("nil", "FN126", swap(">Mallila<", (
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"><'))),
    Mutation("empty text", "FN127", swap(">Mallila<", "><")),
    Mutation("spaces around", "FN128", swap(">Mallila<", "> Mallila <")),
    Mutation("line break in a number", "FN128", swap("1234.50<", "1234.50\n<")),
    Mutation("scientific number", "FN129", swap("1234.50", "1.2345E3")),
    Mutation("decimal comma", "FN129", swap("1234.50", "1234,50")),
    Mutation("two currencies", "FN130", lambda text: before_end(_UNIT.format("SEK", "iso4217:SEK"))(
        swap('unitRef="iso4217_EUR" decimals="2">-0.05', 'unitRef="SEK" decimals="2">-0.05')(text))),
    Mutation("footnote", "FN131", before_end(
        '<link:footnoteLink xlink:type="extended" '
        'xlink:role="http://www.xbrl.org/2003/role/link"/>')),
    Mutation("another prefix of the metrics", "FN132", lambda text: text.replace(
        "x_met:", "ns0:").replace(":x_met=", ":ns0=")),
    Mutation("another prefix of instances", "FN132", lambda text: text.replace("xbrli:", "i:").replace(
        ":xbrli=", ":i=")),
    Mutation("prefix below the root", "FN133", swap(
        "<x_met:si4 ", '<x_met:si4 xmlns:y="http://www.example.org/y" ')),
    Mutation("unused prefix", "FN134", swap(_ROOT, f'{_ROOT}xmlns:x_SE="http://www.example.org/SE" ')),
    Mutation("identifier of a fact", "FN135", swap("<x_met:si4 ", '<x_met:si4 id="f1" ')),
    Mutation("two values", "FN136", lambda text: _again(text, "1234.50", "1234.49")),
    Mutation("same fact twice", "FN137", lambda text: _again(text, "1234.50", "1234.50")),
    Mutation("context that is not there", "FN138", lambda text: _last(
        text, 'contextRef="c1"', 'contextRef="c77"')),
    Mutation("unit that is not there", "FN138", swap('unitRef="iso4217_EUR"', 'unitRef="u77"')),
    Mutation("indicator twice", "FN139", swap(">T02<", ">T01<")),
    Mutation("indicator of a narrow context", "FN140", swap(
        '<find:filingIndicator contextRef="c1"', '<find:filingIndicator contextRef="c2"')),
    Mutation("unknown data point", "FN141", swap("x_TI:x4001", "x_TI:x9999")),
    Mutation("mandatory data point missing", "FN142", lambda text: _without(text, "1234.50")),
    Mutation("count in euros", "FN143", swap(
        'unitRef="xbrli_pure" decimals="0"', 'unitRef="iso4217_EUR" decimals="0"')),
)  # fmt: skip
"""Every mutation; each rule has at least one."""


def _last(text: str, old: str, new: str) -> str:
    """Return a text with the last *old* changed."""
    head, found, tail = text.rpartition(old)
    assert found, old  # noqa: S101 - what changes nothing proves nothing
    return head + new + tail


def _line(text: str, part: str) -> str:
    return next(line for line in text.splitlines() if part in line)


def _again(text: str, part: str, value: str) -> str:
    """Return a text with a fact once more, with another value."""
    line = _line(text, part)
    return text.replace(line, f"{line}\n{line.replace(part, value)}")


def _without(text: str, part: str) -> str:
    return text.replace(_line(text, part) + "\n", "")


def sound(folder: Path) -> str:
    """Return the text of the sound instance."""
    write(folder / "sound.xbrl", filing())
    return (folder / "sound.xbrl").read_text("utf-8")


def found(mutation: Mutation, text: str, folder: Path) -> Counter[str]:
    """Return how often each rule finds something in a mutated instance."""
    place = folder / mutation.file
    encoding = "iso-8859-1" if "ISO-8859-1" in mutation.change(text) else "utf-8"
    place.write_text(mutation.change(text), encoding)
    return faults(subject(place, means()))


def counts() -> Mapping[str, float]:
    """Return how many mutations there are, how many are found, and findings of the sound one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = sound(folder)
        hits = sum(one.rule in found(one, text, folder) for one in MUTATIONS)
        clean = faults(subject(folder / "sound.xbrl", means()))
    return {
        "mutations": len(MUTATIONS),
        "mutations_found": hits,
        "mutations_false": sum(clean.values()),
    }
