"""The last part of the demo: a county's ledger is checked, filed, proved and shown for review."""

import datetime as dt
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.cli.finance_ground import Ground
    from kirjaamo.finance.extracting.filing import Extract
    from kirjaamo.finance.proof.proving import Proof

POSTINGS = 1500
FIRST_MONTH = 1
"""The month whose filing Arelle proves; it takes minutes for that of a year."""

CHECKED = N_(
    "Checked a ledger of {postings} postings by {rules} rules in {seconds:.1f} s: {found} found."
)
MAPPED = N_(
    "Mapped to national codes or left out with a reason: {per_cent:.1f} % of the euros."
)
FILED = N_(
    "Filed {facts} facts of the year in {seconds:.1f} s; the sum of the facts less the sum of the "
    "postings is {difference}."
)
PROVED = N_(
    "{engine}: {facts} facts proved in {seconds:.1f} s: {held} sums and comparisons hold, {failed} "
    "fail, errors {errors}."
)
NO_ARELLE = N_("Arelle is not installed, so that it proved nothing.")
OWN = N_("Our own rules")


def run(output: Path, as_of: dt.date) -> None:
    """Write ``finance/``: a workspace with filings, and their review page."""
    from kirjaamo.cli.finance_ground import Ground
    from kirjaamo.samples.ledger import YEAR, write

    folder = output / "finance"
    shutil.rmtree(folder, ignore_errors=True)  # of an earlier demo
    write(folder, postings=POSTINGS)
    ground = Ground(asked_year=YEAR, start=folder)
    _check(ground, as_of)
    made = _file(ground, folder, as_of)
    _prove_by_own_rules(folder / "year.xbrl", made)
    _prove_by_arelle(ground, folder / "january.xbrl", as_of)


def _check(ground: "Ground", as_of: dt.date) -> None:
    """Check the ledger, and say how many euros are decided on."""
    from kirjaamo.finance.mapping.applying import undecided

    started = time.perf_counter()
    done = ground.run(as_of)
    _say(
        CHECKED,
        postings=ground.postings.frame.height,
        rules=sum(1 for one in done.states if str(one.state) in {"run", "found"}),
        seconds=time.perf_counter() - started,
        found=sum(one.found for one in done.states),
    )
    gross = ground.mapped["cents"].abs()
    waits = int(ground.mapped.filter(undecided())["cents"].abs().sum())
    _say(MAPPED, per_cent=100 - 100 * waits / max(int(gross.sum()), 1))


def _file(ground: "Ground", folder: Path, as_of: dt.date) -> "Extract":
    """File the year, and write its instance and its review page."""
    from kirjaamo.cli.finance_filing import Wish, filed, write
    from kirjaamo.finance.postings import shown

    started = time.perf_counter()
    made = filed(ground, Wish(), as_of)
    write(made, (folder / "year.xbrl", folder / "review.html"), folder / "year.csv")
    _say(
        FILED,
        facts=made.filing.facts.height,
        seconds=time.perf_counter() - started,
        difference=shown(made.difference),
    )
    return made


def _prove_by_own_rules(file: Path, made: "Extract") -> None:
    """Say what our own rules of sums find in a filing."""
    from decimal import Decimal

    from kirjaamo.finance.proof.proving import by_own_rules

    started = time.perf_counter()
    proof = by_own_rules(file, made.terms.points, Decimal(made.terms.finance.footing))
    _say_proof(gettext(OWN), proof, time.perf_counter() - started)


def _prove_by_arelle(ground: "Ground", file: Path, as_of: dt.date) -> None:
    """File the first month, and say what Arelle finds in it."""
    from kirjaamo.cli.finance_filing import Wish, filed, write
    from kirjaamo.finance.proof import arelle
    from kirjaamo.finance.proof.errors import NoArelleError
    from kirjaamo.finance.proof.package import opened
    from kirjaamo.finance.proof.proving import by_arelle

    made = filed(ground, Wish(until=FIRST_MONTH), as_of)
    write(made, (file,), None)
    package = opened(ground.place(ground.finance.taxonomy))
    started = time.perf_counter()
    try:
        (outcome,) = arelle.prove([file], arelle.Terms((package,)))
    except NoArelleError:
        _say(NO_ARELLE)
        return
    _say_proof("Arelle", by_arelle(outcome, made.terms.points), time.perf_counter() - started)


def _say_proof(engine: str, proof: "Proof", seconds: float) -> None:
    facts, held, failed = proof.summary.select("facts", "held", "failed").row(0)
    errors = proof.findings.height
    _say(PROVED, engine=engine, facts=facts, held=held, failed=failed, errors=errors,
         seconds=seconds)  # fmt: skip


def _say(sentence: str, **facts: object) -> None:
    click.echo(gettext(sentence).format(**facts), err=True)
