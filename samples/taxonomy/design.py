"""What the sample taxonomy consists of: metrics, dimensions, members, tables and modules."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

PREFIX = "malli"
ROOT = "http://www.example.org/xbrl/crr"
DICTIONARY = f"{ROOT}/dict"
FRAMEWORK = "malli"
TAXONOMY = "malli-2026-01/2026-01-31"
VERSION_ROOT = f"{ROOT}/fws/{FRAMEWORK}/{TAXONOMY}"
PUBLISHED = "2026-01-31"

NUMBERS = ("m", "i")
"""Datatype letters of metrics that can be summed: money and counts, but not percentages."""

Labels = Mapping[str, str]
"""Language to text."""


@dataclass(frozen=True, slots=True)
class Metric:
    """What is measured: datatype letter, flow (d) or stock (i) and a number, and its XBRL type."""

    code: str
    type: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a domain and its place in the domain's calculation hierarchy.

    Attributes:
        code: Local name.
        labels: Names.
        parent: Code of the total that it is a part of, or empty.
        sign: ``+`` or ``-``: how it counts in the total.
    """

    code: str
    labels: Labels
    parent: str = ""
    sign: str = "+"


@dataclass(frozen=True, slots=True)
class Calculation:
    """What a total must be of its parts.

    Attributes:
        total: Code of the total.
        operator: How the total compares with the sum of its parts.
        parts: Code and sign of every part.
    """

    total: str
    operator: str
    parts: tuple[tuple[str, str], ...]

    def of(self, sign: str) -> list[str]:
        """Return the parts that count with *sign*."""
        return [code for code, own in self.parts if own == sign]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension, and the domain of its members.

    Attributes:
        code: Local name of the dimension.
        domain: Code of its domain.
        labels: Names.
        members: Members in order, a total before its parts.
        comparisons: What totals must be of some of their parts.
    """

    code: str
    domain: str
    labels: Labels
    members: tuple[Member, ...]
    comparisons: tuple[Calculation, ...] = ()

    @property
    def calculations(self) -> tuple[Calculation, ...]:
        """Return the sums of all totals, and the comparisons after them."""
        parts: dict[str, list[tuple[str, str]]] = {}
        for member in self.members:
            if member.parent:
                parts.setdefault(member.parent, []).append((member.code, member.sign))
        sums = (Calculation(total, "=", tuple(found)) for total, found in parts.items())
        return (*sums, *self.comparisons)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: metrics by dimensions; every combination is a cell.

    Attributes:
        code: Its code, also that of its filing indicator.
        labels: Names.
        metrics: Codes of metrics.
        dimensions: Codes of dimensions.
    """

    code: str
    labels: Labels
    metrics: tuple[str, ...]
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """An entry point: what is filed in one instance.

    Attributes:
        code: Its code.
        labels: Names.
        tables: Codes of its tables.
    """

    code: str
    labels: Labels
    tables: tuple[str, ...]

    @property
    def namespace(self) -> str:
        """Return the namespace, which is the address without its ending."""
        return f"{VERSION_ROOT}/mod/{self.code}"

    @property
    def entry_point(self) -> str:
        """Return the address that an instance names."""
        return f"{self.namespace}.xsd"


@dataclass(frozen=True, slots=True)
class Design:
    """A whole taxonomy."""

    metrics: tuple[Metric, ...]
    dimensions: tuple[Dimension, ...]
    tables: tuple[Table, ...]
    modules: tuple[Module, ...]
    required: tuple[str, ...] = ()

    def dimension(self, code: str) -> Dimension:
        """Return a dimension by its code."""
        return next(one for one in self.dimensions if one.code == code)

    def table(self, code: str) -> Table:
        """Return a table by its code."""
        return next(one for one in self.tables if one.code == code)

    def cells(self, table: Table) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """Yield metric and (dimension, member) pairs of every cell of a table, in order."""
        dimensions = [self.dimension(code) for code in sorted(table.dimensions)]
        for metric in table.metrics:
            for chosen in product(*(one.members for one in dimensions)):
                pairs = zip(dimensions, chosen, strict=True)
                yield metric, tuple((one.code, member.code) for one, member in pairs)

    def signature(self, metric: str, members: tuple[tuple[str, str], ...]) -> str:
        """Return the signature of a data point."""
        parts = [f"MET({PREFIX}_met:{metric})"]
        domains = {one.code: one.domain for one in self.dimensions}
        parts += [f"{PREFIX}_dim:{code}({PREFIX}_{domains[code]}:{m})" for code, m in members]
        return "|".join(parts)


def _metric(code: str, kind: str, fi: str, sv: str) -> Metric:
    return Metric(code, kind, {"fi": fi, "sv": sv})


METRICS = (
    _metric("md1", "xbrli:monetaryItemType", "Tilikauden rahallinen kertymä", "Ackumulerat penningbelopp för räkenskapsperioden"),
    _metric("md2", "xbrli:monetaryItemType", "Talousarvion määräraha", "Budgetanslag"),
    _metric("ii3", "xbrli:integerItemType", "Asiakkaiden lukumäärä", "Antal klienter"),
    _metric("pi4", "num:percentItemType", "Valtion rahoituksen osuus", "Andel av statlig finansiering"),
    _metric("si5", "xbrli:stringItemType", "Y-tunnus", "FO-nummer"),
    _metric("di6", "xbrli:dateItemType", "Raportointikauden alkupäivä", "Rapporteringsperiodens första dag"),
    _metric("di7", "xbrli:dateItemType", "Raportointikauden loppupäivä", "Rapporteringsperiodens sista dag"),
)  # fmt: skip

NAMES = {
    "TIL": ("TI", {"fi": "Tili", "sv": "Konto"}),
    "PAL": ("PA", {"fi": "Palveluluokka", "sv": "Serviceklass"}),
    "SEK": ("SE", {"fi": "Vastapuolen sektori", "sv": "Motpartens sektor"}),
}

TABLES = (
    Table("T01", {"fi": "Raportoinnin tiedot", "sv": "Uppgifter om rapporteringen"}, ("si5", "di6", "di7")),
    Table("T02", {"fi": "Tuotot ja kulut", "sv": "Intäkter och kostnader"}, ("md1",), ("PAL", "SEK", "TIL")),
    Table("T03", {"fi": "Asiakkaat", "sv": "Klienter"}, ("ii3",), ("PAL",)),
    Table("T04", {"fi": "Rahoitus", "sv": "Finansiering"}, ("pi4",)),
    Table("T05", {"fi": "Talousarvio", "sv": "Budget"}, ("md2",), ("PAL", "TIL")),
)  # fmt: skip

MODULES = (
    Module("malli_tp", {"fi": "Esimerkki: tilinpäätöstiedot", "sv": "Exempel: bokslutsuppgifter"}, ("T01", "T02", "T03", "T04")),
    Module("malli_ta", {"fi": "Esimerkki: talousarvio", "sv": "Exempel: budget"}, ("T01", "T05")),
)  # fmt: skip

REQUIRED = (
    f"MET({PREFIX}_met:si5)",
    f"MET({PREFIX}_met:di6)",
    f"MET({PREFIX}_met:di7)",
    (
        f"MET({PREFIX}_met:md1)|{PREFIX}_dim:PAL({PREFIX}_PA:y20)"
        f"|{PREFIX}_dim:SEK({PREFIX}_SE:y0)|{PREFIX}_dim:TIL({PREFIX}_TI:y39)"
    ),
)
"""Signatures of the data points that must be filed."""


@cache
def sample() -> Design:
    """Return the sample taxonomy."""
    dimensions = tuple(
        Dimension(code, domain, labels, _members(domain), _comparisons(domain))
        for code, (domain, labels) in NAMES.items()
    )
    return Design(METRICS, dimensions, TABLES, MODULES, REQUIRED)


def _rows(name: str, domain: str) -> list[dict[str, str]]:
    text = (files(__package__) / name).read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return [row for row in rows if row["domain"] == domain]


def _members(domain: str) -> tuple[Member, ...]:
    return tuple(
        Member(
            row["code"], {"fi": row["fi"], "sv": row["sv"]}, row["parent"], row["sign"] or "+"
        )
        for row in _rows("members.csv", domain)
    )


def _comparisons(domain: str) -> tuple[Calculation, ...]:
    parts: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in _rows("comparisons.csv", domain):
        pair = row["total"], row["operator"]
        parts.setdefault(pair, []).append((row["part"], row["sign"]))
    return tuple(Calculation(*pair, tuple(found)) for pair, found in parts.items())
