"""The files that the commands of ``kirjaamo care`` read and write."""

import io
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.audit_files import file_name
from kirjaamo.cli.audit_ground import write
from kirjaamo.cli.care_ground import SHIPPED, Ground, adopted
from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.audit.care.rules import RuleSet

DECISIONS = "decisions.csv"
KEPT = N_("Kept {decided} decisions: {close} to close, {keep} to keep open, {unclear} to be found out.")  # fmt: skip
NOTHING = N_("The rules would close nothing: no worklist was written.")

SHOWN = (
    N_("rule"), N_("name"), N_("subject"), N_("status"), N_("open"), N_("closes"), N_("share"),
    N_("undecided"), N_("cautions"), N_("group"), N_("first"), N_("second"), N_("both"),
    N_("only first"), N_("only second"), N_("fact"), N_("kind"), N_("of"), N_("questions"),
    N_("about"), N_("table"), N_("confidence"), N_("basis"), N_("system"), N_("records"),
    N_("cells"), N_("not recorded"), N_("code"), N_("field"), N_("judged"), N_("flawed"),
    N_("day"), N_("task"), N_("role"), N_("command"), N_("source"),
    N_("proposed"), N_("adopted"), N_("withdrawn"), N_("statute"), N_("proposal"),
)  # fmt: skip
"""Headings of the tables that the commands show, and the words of a rule's status."""


class OwnFileError(KirjaamoError):
    """The shipped starting set would replace the workspace's own file."""

    sentence = N_("{path} exists already. Nothing was changed; remove or rename it first.")
    exit_code = ExitCode.CONFLICT


def copy_shipped() -> None:
    """Copy the shipped files of data care into the workspace.

    Raises:
        OwnFileError: One is there already.
    """
    from kirjaamo.workspace import needed

    folder = needed().care
    for name in SHIPPED:
        if (folder / name).exists():
            raise OwnFileError(path=folder / name)
    for name in SHIPPED:
        write(folder / name, (files("kirjaamo.audit.care") / name).read_bytes())


def facts_table() -> "pl.DataFrame":
    """Return what conditions may ask: fact, kind, subjects, questions, about."""
    import polars as pl

    from kirjaamo.audit.care.conditions import QUESTIONS
    from kirjaamo.audit.care.facts import FACTS

    rows = [
        (one.name, one.kind.value, ", ".join(one.subjects), ", ".join(QUESTIONS[one.kind]),
         gettext(one.about))
        for one in FACTS.values()
    ]  # fmt: skip
    return pl.DataFrame(rows, ("fact", "kind", "of", "questions", "about"), orient="row")


def rules_table(of: "RuleSet") -> "pl.DataFrame":
    """Return the rules of a set: rule, table, status, confidence, name, basis."""
    import polars as pl

    rows = [
        (one.id, one.subject, one.status, one.confidence, str(one.name), one.basis)
        for one in of.rules
    ]
    names = ("rule", "table", "status", "confidence", "name", "basis")
    return pl.DataFrame(rows, dict.fromkeys(names, pl.String), orient="row")


def listed(
    ground: Ground, rule_file: Path | None, names: Sequence[str], most: float | None
) -> "pl.DataFrame":
    """Return what adopted or named rules would close.

    Raises:
        NothingAdoptedError: No rule is adopted and none is named.
        ClosesMostError: They would close more than is allowed without asking.
    """
    from kirjaamo.audit.care.errors import ClosesMostError
    from kirjaamo.audit.care.listing import listed as rows
    from kirjaamo.cli import care_simulating
    from kirjaamo.wording import per_cent

    of = ground.rules(rule_file)
    found = ground.simulation(of, adopted(of, names))
    closes, many = care_simulating.closing(found)
    allowed = care_simulating.most(ground) if most is None else most
    if closes > allowed * many:
        raise ClosesMostError(closed=closes, open=many, most=per_cent(allowed, 0))
    return rows(found, ground.systems)


def worklists(
    rows: "pl.DataFrame", ground: Ground, asked: tuple[Path, str, str], *, reveal: bool
) -> None:
    """Write a list for each unit or worker; the audit trail tells revealed ones first."""
    from kirjaamo.audit.care import listing
    from kirjaamo.cli.trail import remember
    from kirjaamo.workspace import needed

    into, by, form = asked
    if rows.is_empty():
        click.echo(gettext(NOTHING), err=True)
        return
    if reveal:
        remember(needed(), "care-worklists", rows=rows.height, by=by)
    for number, part in enumerate(rows.partition_by(by, maintain_order=True), start=1):
        shown = part if reveal else listing.hidden(part)
        stream = io.BytesIO()
        if form == "xlsx":
            listing.write(shown, stream, ground.day)
        else:
            listing.write_plain(shown, stream)
        name = file_name(part[by][0] or "") or "x"
        write(into / f"{number:03}-{name}.{form}", stream.getvalue())


def keep_decisions(ground: Ground, worklists_: Sequence[Path]) -> None:
    """Add the decisions of worklists to those of the workspace."""
    from kirjaamo.audit.care import deciding, filled
    from kirjaamo.audit.care.listing import CLOSE, KEEP, UNCLEAR
    from kirjaamo.cli.trail import remember
    from kirjaamo.workspace import needed

    workspace = needed()
    rows = [filled.lines(path) for path in worklists_]  # told before anything else is read
    found = deciding.decided(rows, ground.stocks, ground.systems, ground.day)
    many = {word: found.filter(decision=word).height for word in (CLOSE, KEEP, UNCLEAR)}
    place = workspace.care / DECISIONS
    kept = deciding.merged(deciding.read(place), found)
    remember(workspace, "care-decisions", decided=found.height, close=many[CLOSE])
    write(place, deciding.written(kept))
    told = gettext(KEPT).format(
        decided=found.height, close=many[CLOSE], keep=many[KEEP], unclear=many[UNCLEAR]
    )
    click.echo(told, err=True)


def corrections(ground: Ground, into: Path, form: str) -> "pl.DataFrame":
    """Write the corrections of what was decided, and return their summary."""
    from kirjaamo.audit.care import correcting, correction_files, deciding
    from kirjaamo.cli.trail import remember
    from kirjaamo.workspace import needed

    workspace = needed()
    decided = deciding.read(workspace.care / DECISIONS)
    made = correcting.corrections(decided, ground.sources, ground.systems)
    content = [(one.name, correction_files.FORMS[form](one)) for one in made]
    table = correcting.summary(made)
    remember(workspace, "care-corrections", records=int(table["records"].sum()))
    for name, data in content:
        write(into / f"{name}.{form}", data)
    return table
