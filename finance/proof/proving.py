"""Both engines over files, as one table of findings on data points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl
from lxml import etree

from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.instances.errors import BrokenXmlInstanceError
from kirjaamo.finance.proof import codes, rules
from kirjaamo.finance.proof.arelle import Found, Outcome
from kirjaamo.finance.proof.errors import NetworkNeededError, NoEntryPointError, NotXmlError
from kirjaamo.finance.proof.package import Package

FINDINGS: Final = pl.Schema(
    {
        "file": pl.String,
        "engine": pl.String,  # own or arelle
        "severity": pl.String,  # error, warning or note
        "check": pl.String,  # a code; `kirjaamo.finance.proof.codes` tells what it means
        "rule": pl.String,  # the assertion, or the total and its operator
        "id": pl.String,  # number of the data point
        "signature": pl.String,
        "label": pl.String,
    }
)
"""A finding on a data point."""

SUMMARY: Final = pl.Schema(
    {
        "file": pl.String,
        "engine": pl.String,
        "status": pl.String,
        "facts": pl.Int64,
        "held": pl.Int64,  # checks that held, and those that did not
        "failed": pl.Int64,
    }
)
"""What an engine did with a file."""


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """What was found of all files.

    Attributes:
        findings: See `FINDINGS`.
        summary: See `SUMMARY`.
    """

    findings: pl.DataFrame = field(default_factory=FINDINGS.to_frame)
    summary: pl.DataFrame = field(default_factory=SUMMARY.to_frame)

    @property
    def is_whole(self) -> bool:
        """Tell whether every file was proved."""
        return bool((self.summary["status"] == "proved").all())

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing was found but notes."""
        return self.findings.filter(pl.col("severity") != "note").is_empty()


def joined(proofs: Sequence[Proof]) -> Proof:
    """Return several proofs as one."""
    return Proof(
        pl.concat([FINDINGS.to_frame(), *(one.findings for one in proofs)]),
        pl.concat([SUMMARY.to_frame(), *(one.summary for one in proofs)]),
    )


def see_provable(file: Path, packages: Sequence[Package]) -> None:
    """See that a file can be proved by Arelle without the network.

    Raises:
        InstanceError: It is no whole XML, or has a document type.
        NotXmlError: It is another form of instance.
        NoEntryPointError: It names no entry point.
        NetworkNeededError: No package holds its entry point.
    """
    address = _entry_point(file)
    if not address:
        raise NoEntryPointError(file=file.name)
    if not any(one.holds(address) for one in packages):
        raise NetworkNeededError(file=file.name, address=address)


def _entry_point(file: Path) -> str:
    """Return the address that the schemaRef of an instance names, or nothing."""
    from kirjaamo.finance.instances.prolog import look

    if file.is_dir() or not _is_xml(file):
        raise NotXmlError(file=file.name)
    look(file)
    with file.open("rb") as stream:
        return _reference(file, stream)


def _reference(file: Path, stream: BinaryIO) -> str:
    events = etree.iterparse(
        stream, tag="{http://www.xbrl.org/2003/linkbase}schemaRef", resolve_entities=False,
        no_network=True, load_dtd=False, huge_tree=True,
    )  # fmt: skip
    try:
        for _, element in events:
            return str(element.get("{http://www.w3.org/1999/xlink}href", ""))
    except etree.XMLSyntaxError as error:
        raise BrokenXmlInstanceError(file=file.name, line=error.lineno or 0) from None
    return ""


def _is_xml(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<")


def by_own_rules(file: Path, points: DataPoints, tolerance: Decimal) -> Proof:
    """Return what our own rules say of a file.

    Raises:
        InstanceError: It cannot be read.
        DataPointsError: The data points have no calculation hierarchies.
    """
    from kirjaamo.finance.instances import read

    facts = read(file).facts
    judged = rules.verdicts(facts, points, tolerance)
    counts = rules.counts(judged)
    lost = rules.homeless(facts, points)
    failed = counts["fails"] + lost.height
    row = (
        file.name,
        "own",
        "proved",
        facts.height,
        counts["holds"] + counts["rounding"],
        failed,
    )
    findings = pl.concat([_broken(judged), _lost(lost)]).with_columns(
        file=pl.lit(file.name), engine=pl.lit("own")
    )
    return Proof(_named(findings, points), pl.DataFrame([row], schema=SUMMARY, orient="row"))


def _broken(judged: pl.DataFrame) -> pl.DataFrame:
    """Return the verdicts that are findings."""
    state = pl.col("state")
    code = (
        pl.when(state == "rounding").then(pl.lit(codes.ROUNDING))
        .when(pl.col("operator") == "=").then(pl.lit(codes.SUM))
        .otherwise(pl.lit(codes.COMPARISON))
    )  # fmt: skip
    severity = pl.when(state == "rounding").then(pl.lit("note")).otherwise(pl.lit("error"))
    rule = pl.concat_str("dimension", "total", "operator", separator=" ")
    return judged.filter(state != "holds").select(
        "signature", severity=severity, check=code, rule=rule
    )


def _lost(facts: pl.DataFrame) -> pl.DataFrame:
    return facts.select(
        "signature", severity=pl.lit("error"), check=pl.lit(codes.CELL), rule=pl.lit("")
    )


def by_arelle(outcome: Outcome, points: DataPoints | None) -> Proof:
    """Return what Arelle says of a file, on the data points that it speaks of."""
    rows = list(_rows(outcome, points))
    held = sum(held for held, _ in outcome.assertions.values())
    failed = sum(failed for _, failed in outcome.assertions.values())
    name = outcome.file.name
    row = (name, "arelle", outcome.state, outcome.facts, held, failed)
    frame = pl.DataFrame(rows, schema=["severity", "check", "rule", "signature"], orient="row")
    frame = frame.cast(pl.String).with_columns(file=pl.lit(name), engine=pl.lit("arelle"))
    return Proof(_named(frame, points), pl.DataFrame([row], schema=SUMMARY, orient="row"))


def _rows(outcome: Outcome, points: DataPoints | None) -> Iterator[tuple[str, str, str, str]]:
    above = dict(points.nodes.group_by("parent").agg("member").iter_rows()) if points else {}
    for found in outcome.findings:
        place = _place(found, above) if found.rule else "".join(found.signatures[:1])
        yield found.severity, found.code, found.rule, place


def _place(found: Found, parts: dict[str, list[str]]) -> str:
    """Return the total among the data points of an assertion; the last one where none is known.

    Arelle names every value that an assertion compared.
    """
    members = {one: set(_members(one)) for one in found.signatures}
    for signature, own in members.items():
        below = {part for member in own for part in parts.get(member, ())}
        if below and all(others & below or others == own for others in members.values()):
            return signature
    return found.signatures[-1] if found.signatures else ""


def _members(signature: str) -> list[str]:
    return [part.partition("(")[2].rstrip(")") for part in signature.split("|")[1:]]


def _named(findings: pl.DataFrame, points: DataPoints | None) -> pl.DataFrame:
    """Return findings with numbers and names of their data points, in the order of `FINDINGS`."""
    from kirjaamo.finance.datapoints.looking import named

    # The value of an open dimension is a value of the filing; it is not told.
    closed = pl.col("signature").str.replace_all(r"\(=[^)]*\)", "(*)")
    bare = findings.with_columns(closed)
    if points is None:
        known = bare.with_columns(id=pl.lit(""), label=pl.lit(""))
    else:
        own = points.frame.select("signature", "id", "label")
        known = bare.join(own, on="signature", how="left", maintain_order="left")
        known = named(points, known.with_columns(pl.col("id", "label").fill_null("")))
    return known.match_to_schema(FINDINGS).sort(FINDINGS.names())
