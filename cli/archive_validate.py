"""``kirjaamo archive validate``: ask a validation service about test documents."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.options import output_options
from kirjaamo.errors import ExitCode
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.archive.service.answers import Answer

COLUMNS = ("file", "state", "number", "finding")

STATES = {
    "accepted": N_("nothing found"),
    "found": N_("found"),
    "unanswered": N_("no answer"),
    "unsent": N_("not sent"),
}


@command(
    help=N_(
        "Ask a validation service about archive documents and their frames. Only test data may be "
        "sent: every identity code must be of the 900 series, otherwise nothing leaves this "
        "machine.\n\n"
        "Ends with 1 when the service found anything, with 3 when a document could not be sent or "
        "got no answer. Nothing is sent anywhere unless this command is run."
    )
)
@argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@option("--service", "url", required=True, metavar="URL", help=N_("Address of the service."))
@option("--timeout", type=click.FloatRange(min=0.1), default=30, show_default=True,
        help=N_("Seconds to wait for an answer."))  # fmt: skip
@option("--retries", type=click.IntRange(0, 10), default=4, show_default=True,
        help=N_("How often a document is sent again when the service is busy."))  # fmt: skip
@option("--backoff", type=click.FloatRange(min=0), default=0.5, show_default=True,
        help=N_("Seconds before the second attempt; they double from then on."))  # fmt: skip
@output_options
@click.pass_context
def validate(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    paths: tuple[Path, ...],
    url: str,
    timeout: float,
    retries: int,
    backoff: float,
    form: str,
    output: Path | None,
) -> None:
    """Send documents and tell what was answered."""
    import polars as pl

    from kirjaamo.archive.checking import pairs
    from kirjaamo.archive.service.asking import Service, answers, refuse_real
    from kirjaamo.cli.frames import show
    from kirjaamo.connections import Patience

    waits = timeout if math.isfinite(timeout) else 30
    service = Service(url, Patience(waits, retries, backoff))
    refuse_real(pairs(paths))
    told = list(answers(service, pairs(paths)))
    rows = [row for name, answer in told for row in _rows(name, answer, form)]
    schema = dict(zip(COLUMNS, (pl.String, pl.String, pl.Int64, pl.String), strict=True))
    show(pl.DataFrame(rows, schema, orient="row"), form, output, title="")
    states = [answer.state for _, answer in told]
    sentence = gettext("Asked about {documents} documents: {accepted} without findings.")
    accepted = states.count("accepted")
    click.echo(sentence.format(documents=len(states), accepted=accepted), err=True)
    ctx.exit(_code(states))


def _rows(name: str, answer: "Answer", form: str) -> list[tuple[str, str, int | None, str]]:
    """Return a line for each finding, or one that tells why there are none."""
    state = gettext(STATES[answer.state]) if form == "text" else answer.state
    if answer.findings:
        return [(name, state, one.number, one.text) for one in answer.findings]
    return [(name, state, None, answer.why())]


def _code(states: Sequence[str]) -> ExitCode:
    if {"unanswered", "unsent"} & set(states):
        return ExitCode.PARTIAL
    return ExitCode.FINDINGS if "found" in states else ExitCode.CLEAN
