"""The review grid as one page: no network, for the eyes and for print."""

from decimal import Decimal
from pathlib import Path

from kirjaamo import files
from kirjaamo.finance.facts import Filing, Review
from kirjaamo.finance.writing.grid import grid
from kirjaamo.finance.writing.head import head, shown
from kirjaamo.messages import N_, gettext
from kirjaamo.pages import render

TITLE = N_("Financial report for review")


def write(path: Path, filing: Filing, review: Review | None = None) -> None:
    """Write the page, whole or not at all.

    Raises:
        FactsError: The facts cannot stand in one instance.
        CannotWriteError: The file cannot be written.
    """
    made = grid(filing, review)
    beside = review or Review()
    page = render(
        "kirjaamo.finance",
        "review.html.j2",
        title=gettext(TITLE),
        grid=made,
        shown=shown,
        head=head(made),
        has_previous=beside.previous is not None,
        texts=[(one.id or one.signature, one.label, one.value) for one in made.texts],
        gone=[(one, label, shown(Decimal(value))) for one, label, value in made.gone],
        sourced=[one for one in made.facts if one.sources],
    )
    files.write(path, page)
