"""What the commands of ``kirjaamo survey`` share: options, the exports by kind, and words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.cli.base import argument, option
from kirjaamo.cli.options import DAY
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.archive.survey.model import Survey
    from kirjaamo.archive.survey.reading import Found
    from kirjaamo.classifications.structures import Structures
    from kirjaamo.sources.formats import Source
    from kirjaamo.workspace import Workspace

path_argument = argument("path", nargs=-1)
on_option = option(
    "--on",
    "day",
    type=DAY,
    metavar="DATE",
    help=N_("The day on which the national codes are used (today)."),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a command works on: the exports by kind, and what is confirmed."""

    workspace: "Workspace | None"
    sources: "tuple[Source, ...]"
    found: "Found"
    survey: "Survey"


def ground(path: tuple[str, ...], profile: str | None) -> Ground:
    """Return the documents behind *path*.

    Raises:
        NothingToCheckError: There are no exports.
        NoDocumentsError: They hold no documents.
    """
    from kirjaamo.archive.survey.errors import NoDocumentsError
    from kirjaamo.archive.survey.model import load
    from kirjaamo.archive.survey.reading import read
    from kirjaamo.cli.inputs import NothingToCheckError, inputs
    from kirjaamo.workspace import find

    workspace = find()
    sources = inputs(path, profile, workspace).tables
    if not sources:
        raise NothingToCheckError
    found = read(sources)
    if found.records.is_empty():
        raise NoDocumentsError
    return Ground(workspace, sources, found, load(workspace))


def structures(workspace: "Workspace | None") -> "Structures":
    """Return the document structures in use."""
    from kirjaamo.classifications.structures import Structures

    return Structures(workspace.classifications / "structures" if workspace else None)


def worded(table: "pl.DataFrame") -> "pl.DataFrame":
    """Return a table with states and tables as a person calls them."""
    import polars as pl

    from kirjaamo.archive.survey.model import OUTCOMES
    from kirjaamo.records import tables

    states = {outcome: gettext(name) for outcome, name in OUTCOMES.items()}
    found = table.with_columns(pl.col("state").replace(states))
    if "table" not in found.columns:
        return found
    return found.with_columns(
        pl.col("table").replace({name: str(one.label) for name, one in tables().items()})
    )
