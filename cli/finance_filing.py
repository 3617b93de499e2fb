"""What ``kirjaamo finance extract`` and the demo do: check, file, write, remember."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.messages import gettext

if TYPE_CHECKING:
    from kirjaamo.cli.finance_ground import Ground
    from kirjaamo.finance.extracting.filing import Extract
    from kirjaamo.finance.facts import Filing
    from kirjaamo.finance_settings import Finance


NO_PLACE = "FN023"
"""The rule about what the extract itself stops at, naming the codes and the sum."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line beside the ledgers.

    Attributes:
        until: Last month that is filed.
        datapoints: Data of the data points; that of the settings when None.
        business_id: Business identity code of the filer; that of the settings when None.
        zeros: Whether mandatory amounts without postings are filed as 0.00.
        incomplete: Whether mandatory data points may be missing.
    """

    until: int = 12
    datapoints: Path | None = None
    business_id: str | None = None
    zeros: bool = False
    incomplete: bool = False


def filed(ground: "Ground", wish: Wish, day: dt.date) -> "Extract":
    """Return the filing of the ledgers, after their check.

    Raises:
        KirjaamoError: Something stops it; nothing was written.
    """
    from kirjaamo.finance.extracting.filing import Terms, extract
    from kirjaamo.finance.extracting.sums import choose

    points = ground.points(wish.datapoints)
    at = ground.workspace
    business_id = wish.business_id or (at.settings.organisation.business_id if at else "")
    terms = Terms(ground.year, wish.until, business_id, _finance(ground), points,
                  wish.zeros, wish.incomplete)  # fmt: skip
    # What no waiver can mend is told first, with its sum and its rows.
    choose(ground.mapped, terms.year, terms.until, ground.finance)
    _see_clean(ground, day)
    made = extract(ground.mapped, terms, ground.checked(day).activity)
    _see_writable(made)
    return made


def _see_writable(made: "Extract") -> None:
    """Stop before anything is written where one form would fail and others would not.

    Raises:
        FactsError: The facts cannot stand in one instance.
    """
    from kirjaamo.finance.facts import checked
    from kirjaamo.finance.writing.naming import declared

    declared(made.filing, checked(made.filing), set())


def _finance(ground: "Ground") -> "Finance":
    """Return the settings, with the namespaces of the taxonomy package where they name none.

    Raises:
        PackageError: The package cannot be used.
    """
    finance = ground.finance
    if finance.namespaces or not finance.taxonomy:
        return finance
    from msgspec.structs import replace

    from kirjaamo.finance.proof.package import opened

    package = opened(ground.place(finance.taxonomy))
    return replace(finance, namespaces=dict(package.namespaces))


def _see_clean(ground: "Ground", day: dt.date) -> None:
    """Stop when the check finds errors; say which warnings there are.

    Raises:
        CheckFoundError: There are errors.
    """
    from kirjaamo.finance.extracting.errors import CheckFoundError

    run = ground.run(day, ignore=(NO_PLACE,))
    found = [state for state in run.states if state.found]
    errors = [one for one in found if str(one.rule.severity) == "error"]
    if errors:
        rules = ", ".join(f"{one.rule.code} ({one.found})" for one in errors)
        raise CheckFoundError(rules=rules)
    if found:
        rules = ", ".join(f"{one.rule.code} ({one.found})" for one in found)
        sentence = gettext("The check found warnings and notes: {rules}.")
        click.echo(sentence.format(rules=rules), err=True)


def write(
    made: "Extract",
    outputs: tuple[Path, ...],
    table: Path | None,
    previous: "Filing | None" = None,
) -> None:
    """Write instances, pages and workbooks by their names, and the table of what is filed.

    Args:
        made: What is filed.
        outputs: Files whose endings choose their forms.
        table: CSV of the sums, if it is wanted.
        previous: The filing before, whose differences pages and workbooks show.
    """
    from kirjaamo import files
    from kirjaamo.finance.extracting import telling
    from kirjaamo.finance.facts import Review
    from kirjaamo.finance.writing import write as write_filing

    finance = made.terms.finance
    review = Review(made.terms.points, previous, telling.rows(made), finance.axes)
    for path in outputs:
        write_filing(path, made.filing, review)
        click.echo(gettext("Wrote {path}").format(path=path), err=True)
    if table:
        files.write(table, telling.table(made).write_csv(separator=";").encode())
        click.echo(gettext("Wrote {path}").format(path=table), err=True)


def keep(ground: "Ground", made: "Extract", outputs: tuple[Path, ...]) -> None:
    """Write into the audit trail what was filed from which sources; no workspace, no trail."""
    if ground.workspace is None:
        return
    from kirjaamo.cli.trail import remember

    remember(
        ground.workspace,
        "financial report written",
        module=made.filing.entry_point,
        day=made.terms.instant.isoformat(),
        datapoints=made.terms.points.source,
        facts=made.filing.facts.height,
        postings=made.chosen.filed.height,
        sources={one.source: one.sha256 for one in ground.postings.sources},
        written={path.name: _hash(path) for path in outputs if path.is_file()},
    )


def _hash(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()
