"""Runs made by hand: rules, sources and findings that need no engine."""

import datetime as dt
import json
from dataclasses import replace

import polars as pl

from kirjaamo.findings import SCHEMA, Cause, Severity
from kirjaamo.rules import Kind, Rule
from kirjaamo.run import RuleState, Run, SourceSummary, State

VALUES = ("010190-9011", "131052-9024", "Testinen", "Matti Ÿ. Esimerkki", "salainen teksti")
"""What stands in the cells of the sample sources, and in no report but the workbook."""

CSV = (
    "Hetu;=nimi;Teksti\r\n"
    f"{VALUES[0]};{VALUES[2]};=HYPERLINK(1)\r\n"
    f'{VALUES[1]};{VALUES[3]};"{VALUES[4]}\nrivi 2"\r\n'
    "007;+358401234567;-1+1\r\n"
)


def rule(code, severity, title, advice):
    return Rule(
        code=code,
        kind=Kind.COLUMN,
        check=lambda value: value,
        places=(),
        reads=(),
        severity=severity,
        cause=Cause.PERSON,
        basis="Act 703/2023, section 1",
        since="0.1",
        advice=advice,
        page=f"{title}.\n\nWhat it checks.",
        name=title.lower().replace(" ", "-"),
    )


CHECK_CHARACTER = rule(
    "ID901",
    Severity.ERROR,
    "Identity code has a wrong check character",
    "Compare with the population information system and correct the code.",
)
LATE = rule("RQ901", Severity.WARNING, "Entry was recorded late", "Record without delay.")
HEADING = rule("RQ902", Severity.NOTE, "Entry has no heading", "Add a heading.")
ORDER = rule(
    "LC901", Severity.ERROR, "Relationship ends before it starts", "Correct the dates."
)
BROKEN = rule("LC902", Severity.ERROR, "Relationship overlaps another", "Correct the dates.")

SOURCE = SourceSummary(
    source="asiakkaat.csv",
    location="/kansio/asiakkaat.csv",
    system="esimerkki",
    tables=("client", "entry"),
    rows=3,
    sha256="ab" * 32,
    encoding="utf-8",
    delimiter=";",
    columns={"client.identity_code": "Hetu", "entry.text": "Teksti"},
)


class Tables(list):
    """Findings tables in memory."""

    def __len__(self):
        return sum(table.height for table in self)


def found(source, row, column, of, **parameters):
    """Return one finding."""
    return {
        "source": source,
        "table": "client",
        "row": row,
        "field": "identity_code" if column else "",
        "column": column,
        "rule": of.code,
        "severity": str(of.severity),
        "cause": str(of.cause),
        "parameters": json.dumps(parameters) if parameters else "",
    }


def run_of(*findings, sources=(SOURCE,), **more):
    """Return a run with these findings; two rules of it did not run everywhere."""
    table = pl.DataFrame(list(findings), schema=SCHEMA)
    counts = {code: (table["rule"] == code).sum() for code in ("ID901", "RQ901", "RQ902")}
    states = [
        RuleState(of, State.FOUND if counts[of.code] else State.RUN, counts[of.code])
        for of in (CHECK_CHARACTER, LATE, HEADING)
    ]
    states[2] = replace(states[2], reasons=("The column “otsikko” is missing.",))
    states.append(RuleState(ORDER, State.NOT_RUN, 0, ("The table “relationship” is missing.",)))
    states.append(RuleState(BROKEN, State.FAILED))
    half = len(findings) // 2
    batches = Tables([table[:half], table[half:]])
    return Run(dt.date(2026, 7, 1), sources, tuple(states), batches, **more)


def empty():
    """Return a run without sources, rules or findings."""
    return Run(dt.date(2026, 7, 1), (), (), Tables())


def small():
    """Return a run with seven findings in two sources, one of them badly named."""
    csv, sheet = SOURCE.source, "vienti 2026.xlsx[Päätökset]"
    bad = "=cmd\x1b[31m.csv"
    return run_of(
        *(found(csv, row, "Hetu", CHECK_CHARACTER) for row in (2, 3, 5)),
        found(csv, 3, "Teksti", LATE, limit=5, unit="days"),
        found(csv, 5, "", HEADING),
        found(sheet, 12, "Hetu", CHECK_CHARACTER),
        found(bad, 7, "@sum", LATE, limit=5),
        sources=(SOURCE, replace(SOURCE, source=sheet, rows=12344, encoding="", delimiter="")),
        waived=2,
        known=1234,
        lists={"1.2.246.537.6.1503": "2024-01-01"},
    )


def large(count):
    """Return a run with *count* findings, in batches of 10,000."""
    rows = pl.int_range(count, eager=True, dtype=pl.UInt64)
    table = pl.select(
        source=pl.lit(SOURCE.source),
        table=pl.lit("client"),
        row=rows + 2,
        field=pl.lit("identity_code"),
        column=pl.lit("Hetu"),
        rule=pl.lit("ID901"),
        severity=pl.lit("error"),
        cause=pl.lit("person"),
        parameters=pl.lit('{"limit":20}'),
    ).cast(dict(SCHEMA))
    states = (RuleState(CHECK_CHARACTER, State.FOUND, count),)
    source = replace(SOURCE, rows=count)
    return Run(dt.date(2026, 7, 1), (source,), states, Tables(table.iter_slices(10_000)))
