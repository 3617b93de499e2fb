"""``kirjaamo finance validate``: instances against their taxonomy."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.finance_datapoints import datapoints_option, read_points
from kirjaamo.cli.options import output_options
from kirjaamo.errors import ExitCode
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.cli.finance_ground import Ground
    from kirjaamo.finance.datapoints import DataPoints
    from kirjaamo.finance.proof.arelle import Terms
    from kirjaamo.finance.proof.package import Package
    from kirjaamo.finance.proof.proving import Proof

ENGINES = ("own", "arelle", "both")

MOST = 100
"""Findings shown to eyes; files hold them all."""

STATES = {
    "proved": N_("{file}, {engine}: {facts} facts, {held} checks hold, {failed} fail."),
    "timeout": N_(
        "{file}, {engine}: not proved, it took longer than --timeout allows. With --no-assertions "
        "Arelle leaves the assertions of the taxonomy to our own rules of sums and comparisons."
    ),
    "crashed": N_("{file}, {engine}: not proved, Arelle ended too early (out of memory?)."),
    "incomplete": N_(
        "{file}, {engine}: not proved, the taxonomy package lacks a file that would have to be "
        "fetched from the network, and nothing is fetched."
    ),
    "unloaded": N_("{file}, {engine}: not proved, Arelle could not load it."),
}
"""What became of a file."""

NAMES = {"own": N_("own rules"), "arelle": N_("Arelle")}
SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "note": N_("note")}
COLUMNS = (N_("file"), N_("engine"), N_("severity"), N_("meaning"), N_("rule"), N_("id"), N_("label"))  # fmt: skip


@command(
    help=N_(
        "Prove instances: by Arelle with the taxonomy package, offline and in processes of its "
        "own, and by our own rules of sums and comparisons, which take seconds also for big "
        "instances. Findings name data points and never a value.\n\n"
        "Ends with 1 when anything was found, and with 3 when a file could not be proved."
    )
)
@argument("files", nargs=-1, required=True, metavar="FILE...",
          type=click.Path(exists=True, path_type=Path))  # fmt: skip
@option("--taxonomy", "packages", multiple=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help=N_("Taxonomy package (zip); otherwise the one of the settings. May be repeated."))  # fmt: skip
@datapoints_option
@option("--engine", type=click.Choice(ENGINES), default="both", show_default=True,
        help=N_("Who checks: our own rules, Arelle, or both."))  # fmt: skip
@option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True,
        help=N_("Processes of Arelle at a time; each takes about 100 MB and 15 kB for a value."))  # fmt: skip
@option("--timeout", type=click.FloatRange(1), default=900, show_default=True,
        help=N_("Most seconds of Arelle for one file."))  # fmt: skip
@option("--assertions/--no-assertions", default=True, show_default=True,
        help=N_("Whether Arelle evaluates the assertions of the taxonomy: minutes from 5 000 values."))  # fmt: skip
@output_options
@click.pass_context
def validate(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    files: tuple[Path, ...],
    packages: tuple[Path, ...],
    file: Path | None,
    engine: str,
    jobs: int,
    timeout: float,
    assertions: bool,
    form: str,
    output: Path | None,
) -> None:
    """Prove instances."""
    from kirjaamo.cli.finance_ground import Ground
    from kirjaamo.finance.proof.arelle import Terms
    from kirjaamo.finance.proof.proving import joined

    ground = Ground()
    points = _points(file, engine)
    parts: list[Proof] = []
    if engine != "own":
        terms = Terms(tuple(_packages(ground, packages)), jobs, timeout, formula=assertions)
        parts += _by_arelle(files, terms, points)
    if engine != "arelle" and points:
        parts += _by_own_rules(files, points, Decimal(ground.finance.footing))
    proof = joined(parts)
    _show(proof, form, output)
    for row in proof.summary.sort("file", maintain_order=True).iter_rows(named=True):
        told = {**row, "engine": gettext(NAMES[row["engine"]])}
        click.echo(gettext(STATES[row["status"]]).format(**told), err=True)
    if not proof.is_whole:
        ctx.exit(ExitCode.PARTIAL)
    ctx.exit(ExitCode.CLEAN if proof.is_clean else ExitCode.FINDINGS)


def _points(file: Path | None, engine: str) -> "DataPoints | None":
    """Return the data points; Arelle alone does without them."""
    from kirjaamo.finance.datapoints.errors import NoDataPointsError

    try:
        return read_points(file)[1]
    except NoDataPointsError:
        if engine == "arelle":
            return None
        raise


def _packages(ground: "Ground", given: tuple[Path, ...]) -> "list[Package]":
    """Return the taxonomy packages that were given, or else the one of the settings.

    Raises:
        NoTaxonomyError: None is named.
        PackageError: One cannot be used.
    """
    from kirjaamo.finance.proof.errors import NoTaxonomyError
    from kirjaamo.finance.proof.package import opened

    own = ground.finance.taxonomy
    paths = given or ((ground.place(own),) if own else ())
    if not paths:
        raise NoTaxonomyError
    return [opened(path) for path in paths]


def _by_arelle(
    files: tuple[Path, ...], terms: "Terms", points: "DataPoints | None"
) -> "list[Proof]":
    """Return what Arelle says, after a look at every file that it may see."""
    from kirjaamo.finance.proof.arelle import prove
    from kirjaamo.finance.proof.proving import by_arelle, see_provable

    for one in files:
        see_provable(one, terms.packages)
    return [by_arelle(one, points) for one in prove(files, terms)]


def _by_own_rules(
    files: tuple[Path, ...], points: "DataPoints", tolerance: Decimal
) -> "list[Proof]":
    from kirjaamo.finance.proof.proving import by_own_rules

    return [by_own_rules(one, points, tolerance) for one in files]


def _show(proof: "Proof", form: str, output: Path | None) -> None:
    """Write the findings; for eyes with the meaning of their codes in place of the signatures."""
    import polars as pl

    from kirjaamo.cli import frames
    from kirjaamo.finance.proof.codes import meaning

    found = proof.findings
    if form != "text":
        frames.show(found, form, output, title="")
    elif found.height:
        shown = found if output else found.head(MOST)
        words = {one: gettext(meaning(one)) for one in shown["check"].unique()}
        known = {**NAMES, **SEVERITIES}
        told = shown.select(
            "file",
            pl.col("engine", "severity").replace({one: gettext(w) for one, w in known.items()}),
            pl.col("check").replace(words).alias("meaning"),
            rule=pl.when(pl.col("rule") == "").then("check").otherwise("rule"),
            id="id",
            label=pl.when(pl.col("label") == "").then("signature").otherwise("label"),
        )
        frames.show(told, form, output, title="")
