"""What the commands of ``kirjaamo map`` share: options, exports, mappings, and printing."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kirjaamo.cli.base import argument, option
from kirjaamo.cli.options import DAY
from kirjaamo.errors import SettingsError, UnknownNameError
from kirjaamo.messages import N_

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.mappings.occurrences import Occurrences
    from kirjaamo.mappings.suggesting import Known
    from kirjaamo.sources.formats import Source
    from kirjaamo.sources.profile import Profile
    from kirjaamo.workspace import Workspace


path_argument = argument("path", nargs=-1)
mapping_option = option(
    "--mapping",
    "wanted",
    multiple=True,
    metavar="NAME",
    help=N_("Only this mapping; may be repeated."),
)
on_option = option(
    "--on",
    "day",
    type=DAY,
    metavar="DATE",
    help=N_("The day on which the new codes are used (today)."),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a command works on: the exports, and what is known."""

    workspace: "Workspace | None"
    found: "list[Occurrences]"
    known: "Known"


def ground(
    path: tuple[str, ...], profile: str | None, wanted: tuple[str, ...], day: dt.datetime | None
) -> Ground:
    """Return the exports behind *path* and the mappings in use.

    Raises:
        UnknownNameError: A name of *wanted* is neither a mapping nor a list that occurs.
        NothingToCheckError: There are no exports.
    """
    from kirjaamo.classifications import Codes
    from kirjaamo.cli.inputs import NothingToCheckError, inputs
    from kirjaamo.mappings import load
    from kirjaamo.mappings.occurrences import occurrences
    from kirjaamo.mappings.suggesting import Known
    from kirjaamo.workspace import find

    workspace = find()
    sources: tuple[Source, ...] = inputs(path, profile, workspace).tables
    if not sources:
        raise NothingToCheckError
    found = occurrences(sources)
    crosswalks = load(workspace, [one.profile for one in sources])
    names = {target.name for one in found for target in one.targets()}
    _see_known(wanted, {*crosswalks, *names})
    codes = Codes(workspace.classifications if workspace else None)
    return Ground(workspace, found, Known(crosswalks, codes, used_on(day)))


def alone(wanted: tuple[str, ...], day: dt.datetime | None) -> Ground:
    """Return the mappings in use without any export."""
    from kirjaamo.classifications import Codes
    from kirjaamo.mappings import load
    from kirjaamo.mappings.suggesting import Known
    from kirjaamo.workspace import find

    workspace = find()
    crosswalks = load(workspace, of_sources(workspace))
    _see_known(wanted, set(crosswalks))
    codes = Codes(workspace.classifications if workspace else None)
    return Ground(workspace, [], Known(crosswalks, codes, used_on(day)))


def _see_known(wanted: tuple[str, ...], known: set[str]) -> None:
    for name in wanted:
        if name not in known:
            raise UnknownNameError(kind=N_("mapping"), name=name, known=tuple(sorted(known)))


def of_sources(workspace: "Workspace | None") -> "list[Profile]":
    """Return the profiles of the sources that the workspace names."""
    from kirjaamo.cli.inputs import chosen

    sources = workspace.settings.sources if workspace else ()
    return [chosen(name, workspace) for name in sorted({one.profile for one in sources})]


def every(workspace: "Workspace") -> "list[Profile]":
    """Return every profile, the workspace's own last, so that they win."""
    from kirjaamo.cli.inputs import profiles

    return list(profiles(workspace).values())


def own_workspace() -> "Workspace":
    """Return the workspace; mappings are kept nowhere else.

    Raises:
        SettingsError: There is none.
    """
    from kirjaamo.workspace import FILE, find

    workspace = find()
    if workspace is None:
        reason = N_(
            "mappings are stored in a workspace, and there is none here; run kirjaamo init"
        )
        raise SettingsError(file=FILE, reason=reason)
    return workspace


def used_on(day: dt.datetime | None) -> dt.date:
    """Return the day on which new codes are used: the one asked for, or today."""
    return (day or dt.datetime.now(dt.UTC)).date()


def show(frame: "pl.DataFrame", form: str, output: Path | None, title: str = "") -> None:
    """Print a table; for eyes, words of our own are translated."""
    from kirjaamo.cli import frames
    from kirjaamo.mappings import pages

    frames.show(pages.translated(frame) if form == "text" else frame, form, output, title=title)
