"""The data points as databases and as CSV: numbers, signatures, what is mandatory, hierarchies.

The first database has the shape of the authority's "VK data" and beside it the tables of the DPM
database that hold members and hierarchies; the second has the shape of the DPM database alone.
Numbers of data points are running numbers of our own.
"""

import csv
import io
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib.resources import files as resources
from pathlib import Path
from typing import NamedTuple

from kirjaamo.samples.taxonomy.design import (
    FRAMEWORK,
    PREFIX,
    PUBLISHED,
    TAXONOMY,
    Design,
    Labels,
)

CODE = TAXONOMY.partition("/")[0]
"""Code of the taxonomy version."""

FIRST = 100_001
LANGUAGES = (("fi", "Suomi", "Finnish"), ("sv", "Svenska", "Swedish"))
Row = tuple[object, ...]


class Cell(NamedTuple):
    """A cell of a table, with the number of its data point."""

    number: int
    table: int
    signature: str
    label: str


def cells(design: Design) -> Iterator[Cell]:
    """Yield every cell, tables in order."""
    names = {metric.code: metric.labels["fi"] for metric in design.metrics}
    for dimension in design.dimensions:
        names |= {f"{dimension.code}:{m.code}": m.labels["fi"] for m in dimension.members}
    number = FIRST
    for place, table in enumerate(design.tables, 1):
        for metric, members in design.cells(table):
            words = [names[metric], *(names[f"{axis}:{code}"] for axis, code in members)]
            label = f"{table.code}: {', '.join(words)}"
            yield Cell(number, place, design.signature(metric, members), label)
            number += 1


def vk_data(design: Design) -> bytes:
    """Return the "VK data" with members and hierarchies beside it."""
    found = list(cells(design))
    required: list[Row] = [
        (FRAMEWORK, CODE, c.number) for c in found if c.signature in design.required
    ]
    points: list[Row] = [(c.signature, c.signature, c.number, 0) for c in found]
    return _database({"Kenttatunnukset": points, "Required": required, **_dictionary(design)})


def dpm(design: Design) -> bytes:
    """Return the DPM database: tables, cells, members and hierarchies."""
    found = list(cells(design))
    rows: dict[str, list[Row]] = {
        **_dictionary(design),
        "mTable": [
            (place, one.code, one.labels["fi"], one.code)
            for place, one in enumerate(design.tables, 1)
        ],
        "mModule": [
            (place, 1, one.code, one.labels["fi"], one.entry_point)
            for place, one in enumerate(design.modules, 1)
        ],
        "mTableCell": [(c.number, c.table, 0, 0, str(c.number), c.signature) for c in found],
    }
    return _database(rows)


def table(design: Design) -> bytes:
    """Return the data points as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow(("signature", "id", "mandatory", "label", "taxonomy"))
    for one in cells(design):
        mandatory = "1" if one.signature in design.required else ""
        writer.writerow((one.signature, one.number, mandatory, one.label, CODE))
    return stream.getvalue().encode()


def _dictionary(design: Design) -> dict[str, list[Row]]:
    """Return taxonomy, languages, domains, members, names and hierarchies."""
    found = _Members([], [], {})
    domains: list[Row] = [(1, "MET", "Mittarit", f"{PREFIX}_met")]
    for metric in design.metrics:
        found.add(1, f"{PREFIX}_met", metric.code, metric.labels)
    for place, dimension in enumerate(design.dimensions, 2):
        prefix = f"{PREFIX}_{dimension.domain}"
        domains.append((place, dimension.domain, dimension.labels["fi"], prefix))
        for member in dimension.members:
            found.add(place, prefix, member.code, member.labels)
    return {
        "mReportingFramework": [(1, FRAMEWORK, "Esimerkki")],
        "mTaxonomy": [(1, 1, CODE, "Kirjaamon esimerkkitaksonomia", PUBLISHED, PUBLISHED)],
        "mLanguage": [(n, own, english, code) for n, (code, own, english) in enumerate(LANGUAGES, 1)],
        "mDomain": domains,
        "mMember": found.rows,
        "mConceptTranslation": found.names,
        "mDimension": [
            (place, one.labels["fi"], one.code, f"{PREFIX}_dim:{one.code}", place + 1)
            for place, one in enumerate(design.dimensions, 1)
        ],
        **_hierarchies(design, found.numbers),
    }  # fmt: skip


class _Members(NamedTuple):
    """Members with running numbers, their names, and their numbers by prefix and code."""

    rows: list[Row]
    names: list[Row]
    numbers: dict[tuple[str, str], int]

    def add(self, domain: int, prefix: str, code: str, labels: Labels) -> None:
        """Add a member of a domain."""
        number = len(self.rows) + 1
        self.rows.append((number, domain, code, labels["fi"], f"{prefix}:{code}", 0, number))
        for place, (language, *_) in enumerate(LANGUAGES, 1):
            self.names.append((number, place, labels[language], "label"))
        self.numbers[prefix, code] = number


def _hierarchies(design: Design, numbers: dict[tuple[str, str], int]) -> dict[str, list[Row]]:
    """Return a hierarchy of sums for each domain, and one for each of its comparisons."""
    hierarchies: list[Row] = []
    nodes: list[Row] = []
    for place, dimension in enumerate(design.dimensions, 2):
        prefix = f"{PREFIX}_{dimension.domain}"
        sums = [one for one in dimension.calculations if one.operator == "="]
        for turn, calculations in enumerate(
            [sums, *([one] for one in dimension.comparisons)], 1
        ):
            number = len(hierarchies) + 1
            code = f"{dimension.domain}{turn}"
            hierarchies.append((number, code, dimension.labels["fi"], place))
            parents = {part: (one, sign) for one in calculations for part, sign in one.parts}
            totals = {one.total: one.operator for one in calculations}
            for order, member in enumerate(dict.fromkeys([*totals, *parents]), 1):
                one, sign = parents.get(member, (None, None))
                above = numbers[prefix, one.total] if one else None
                node = (number, numbers[prefix, member], totals.get(member), sign, order, above)
                nodes.append(node)
    return {"mHierarchy": hierarchies, "mHierarchyNode": nodes}


def _database(rows: dict[str, list[Row]]) -> bytes:
    """Return a database; the same rows give the same bytes with the same SQLite."""
    schema = (resources(__package__) / "database.sql").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            for statement in schema.split(";"):
                if _table_of(statement) in rows:
                    connection.execute(statement)
            for name, content in rows.items():
                _insert(connection, name, content)
            connection.commit()
            connection.execute("VACUUM")
        return path.read_bytes()


def _table_of(statement: str) -> str:
    return statement.partition("(")[0].split()[-1] if statement.strip() else ""


def _insert(connection: sqlite3.Connection, name: str, rows: Sequence[Row]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608 - names of our own
