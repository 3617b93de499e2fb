"""The report in short, for a terminal."""

from rich.console import Console
from rich.table import Table

from kirjaamo.audit.reporting import sentences
from kirjaamo.audit.reporting.content import Content
from kirjaamo.audit.reporting.wording import bounds
from kirjaamo.messages import N_, gettext
from kirjaamo.wording import number, per_cent, points, visible


def show(told: Content, console: Console) -> None:
    """Print summary, areas and the most important flaws."""
    console.print(f"{visible(told.organisation)} {told.scores.as_of}".strip(), markup=False)
    console.print(sentences.lead(told), markup=False)
    console.print(_areas(told))
    if told.findings:
        console.print(_findings(told))
    if told.before:
        console.print(sentences.changes(told), markup=False)


def _areas(told: Content) -> Table:
    table = Table(
        gettext("Area"), gettext("Score, 0 to 100"), gettext("Interval 95 %"), box=None
    )
    for card in told.cards:
        known = card.low is not None and card.high is not None
        span = f"{points(card.low, 1)}\u2013{points(card.high, 1)}" if known else ""
        table.add_row(gettext(card.name), points(card.score), span)
    return table


def _findings(told: Content) -> Table:
    names = (
        N_("Code"),
        N_("Most important flaws"),
        N_("Flawed"),
        N_("Judged"),
        N_("Share"),
        N_("Interval 95 %"),
    )
    table = Table(*(gettext(name) for name in names), box=None)
    for one in told.findings:
        table.add_row(
            one.measure.code, gettext(one.measure.title), number(one.flawed), number(one.judged),
            per_cent(one.share), bounds(one.low, one.high),
        )  # fmt: skip
    return table
