"""Instances against the rules of good practice, as the `Run` that every report is made from."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from kirjaamo import findings
from kirjaamo.engines.pack import Context
from kirjaamo.engines.tally import Tally
from kirjaamo.finance.facts import Filing
from kirjaamo.finance.instances import reading, xml
from kirjaamo.finance.instances import rules as every_rule
from kirjaamo.finance.instances.subject import Means, Subject
from kirjaamo.finance.writing.naming import STANDARD
from kirjaamo.messages import gettext
from kirjaamo.rules import CannotRun, Hit, Rule
from kirjaamo.run import Run, SourceSummary
from kirjaamo.selection import select
from kirjaamo.waivers import Known

TABLE = "instance"
"""What findings have for a table."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules run on which day, and what of their findings is known.

    Attributes:
        as_of: The day of the check.
        select: Codes of rules; all when empty.
        ignore: Codes to leave out.
        known: Waivers in force and the baseline.
    """

    as_of: dt.date
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    known: Known = field(default_factory=Known)


def check(paths: Iterable[Path], means: Means, choice: Choice) -> Run:
    """Check instances of any form.

    Args:
        paths: The instances.
        means: What the rules look things up in.
        choice: Which rules run.

    Raises:
        UnknownNameError: A code that no rule has.
        InstanceError: An instance cannot be read.
    """
    chosen = select(every_rule().values(), choice.select, choice.ignore, choice.as_of)
    tally = Tally(choice.known)
    for path in paths:
        one = subject(path, means)
        tally.sources.append(_summary(path, one))
        for rule in chosen:
            try:
                found = list(rule.check(one))
            except CannotRun as reason:
                tally.reasons[rule.code][gettext(reason.reason).format(**reason.facts)] = None
                continue
            tally.ran.add(rule.code)
            tally.add(_as_findings(rule, found, one.file))
    return tally.finish(chosen, Context(choice.as_of, None, {}))


def faults(one: Subject) -> Counter[str]:
    """Return how often each rule is broken; rules that cannot run are left out."""
    found: Counter[str] = Counter()
    for code, rule in every_rule().items():
        try:
            found[code] += len(list(rule.check(one)))
        except CannotRun:
            continue
    return +found


def subject(path: Path, means: Means) -> Subject:
    """Return an instance as the rules get it.

    Raises:
        InstanceError: It cannot be read.
    """
    if _is_xml(path):
        return _of_xml(path, means)
    return _of_facts(reading.read(path), path.name, means)


def _is_xml(path: Path) -> bool:
    if path.is_dir():
        return False
    with path.open("rb") as stream:
        return not stream.read(4).startswith((b"PK", b"{", b"\xef\xbb\xbf{"))


def _of_xml(path: Path, means: Means) -> Subject:
    looked = xml.read(path, {**means.namespaces, **STANDARD})
    facts, filers = reading.canonical(looked)
    reference = [one for one in looked.parts if one.name.rpartition(":")[2] == "schemaRef"]
    told = [one.code for one in looked.indicators if one.filed]
    entry_point = reference[0].attributes.get("href", "") if reference else ""
    return Subject(path.name, entry_point, facts, frozenset(filers), tuple(told), means, looked)


def _of_facts(filing: Filing, file: str, means: Means) -> Subject:
    facts = filing.facts.select(
        pl.lit(1, pl.UInt64).alias("line"),
        pl.lit(None, pl.String).alias("id"),
        pl.lit("").alias("context"),
        pl.col("signature").str.extract(r"^MET\(([^)]+)\)").alias("metric"),
        pl.all(),
    )
    filers = frozenset({(filing.scheme, filing.entity)})
    return Subject(file, filing.entry_point, facts, filers, filing.indicators, means)


def _summary(path: Path, one: Subject) -> SourceSummary:
    return SourceSummary(
        path.name, str(path), "", (TABLE,), one.facts.height, _sha256(path), columns={}
    )


def _sha256(path: Path) -> str:
    """Return the hash of a file, or of the files of a folder in their order."""
    digest = hashlib.sha256()
    for one in sorted(path.iterdir()) if path.is_dir() else [path]:
        with one.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def _as_findings(rule: Rule, hits: Sequence[Hit], file: str) -> pl.DataFrame:
    """Return places as findings: the line, and the data point or element as the field."""
    rows = [
        (file, TABLE, hit.parameters["line"], hit.path, "", rule.code, str(rule.severity),
         str(rule.cause), _parameters(hit))
        for hit in hits
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=findings.SCHEMA, orient="row")


def _parameters(hit: Hit) -> str:
    facts = {name: value for name, value in hit.parameters.items() if name != "line"}
    return json.dumps(facts, ensure_ascii=False, sort_keys=True) if facts else ""
