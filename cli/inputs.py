"""What a check reads: paths and profiles of the command line and the workspace, as sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kirjaamo.errors import KirjaamoError, UnknownNameError
from kirjaamo.messages import N_

if TYPE_CHECKING:
    from kirjaamo.sources.formats import Source
    from kirjaamo.sources.profile import Profile
    from kirjaamo.workspace import Workspace


class NothingToCheckError(KirjaamoError):
    """No path was given and the workspace names no sources."""

    sentence = N_(
        "There is nothing to check. Give files or folders, or name sources in kirjaamo.toml "
        "(kirjaamo init makes one)."
    )


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was found behind the paths: tables with their profiles, and documents."""

    tables: tuple["Source", ...]
    documents: tuple[Path, ...]


def shipped() -> dict[str, "Profile"]:
    """Return the shipped profiles by name."""
    from kirjaamo.sources import profile

    places = files("kirjaamo.samples") / "profiles"
    found = sorted((p for p in places.iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name)
    return {place.name.removesuffix(".yaml"): profile.read(place) for place in found}


def profiles(workspace: "Workspace | None") -> dict[str, "Profile"]:
    """Return every profile by name; the workspace's own come before the shipped ones."""
    from kirjaamo.sources import profile

    own = sorted(workspace.profiles.glob("*.yaml")) if workspace else []
    return shipped() | {path.stem: profile.read(path) for path in own}


def chosen(name: str, workspace: "Workspace | None") -> "Profile":
    """Return the profile called *name*, or that of a YAML file.

    Raises:
        UnknownNameError: There is no such profile.
        SettingsError: The file is broken.
    """
    from kirjaamo.sources import profile

    if name.endswith((".yaml", ".yml")):
        return profile.read(Path(name))
    known = profiles(workspace)
    if name.lower() not in known:
        raise UnknownNameError(kind=N_("source profile"), name=name, known=tuple(known))
    return known[name.lower()]


def inputs(paths: Sequence[str], profile: str | None, workspace: "Workspace | None") -> Inputs:
    """Return what is behind *paths*, or behind the sources of the workspace when there are none.

    Raises:
        NothingToCheckError: There are no paths and no sources.
        KirjaamoError: A path does not exist, or no profile fits a file.
    """
    if not paths and workspace is not None:
        pairs = [(str(workspace.folder / s.path), s.profile) for s in workspace.settings.sources]
    else:
        pairs = [(path, profile or "") for path in paths]
    if not pairs:
        raise NothingToCheckError
    tables: list[Source] = []
    documents: list[Path] = []
    for path, name in pairs:
        known = [chosen(name, workspace)] if name else list(profiles(workspace).values())
        for found in _behind(path, known):
            if isinstance(found, Path):
                documents.append(found)
            else:
                tables.append(found)
    return Inputs(tuple(tables), tuple(documents))


def _behind(path: str, known: Sequence["Profile"]) -> Iterator["Source | Path"]:
    """Yield the tables of a file, database or folder; what no profile fits may be documents."""
    from kirjaamo.documents.reading import SUFFIXES
    from kirjaamo.sources.errors import NoProfileError
    from kirjaamo.sources.formats import open_source

    place = Path(path)
    if "://" not in path and place.is_dir():
        yield from _in_folder(place, known)
        return
    try:
        yield from open_source(path, known)
    except NoProfileError:
        if place.suffix.lower() not in SUFFIXES or not place.exists():
            raise
        yield place


def _in_folder(folder: Path, known: Sequence["Profile"]) -> Iterator["Source | Path"]:
    """Yield the tables in a folder; a folder without any is one of documents."""
    from kirjaamo.sources.errors import NoProfileError
    from kirjaamo.sources.formats import open_source

    found = 0
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        try:
            sources = open_source(path, known)
        except NoProfileError:
            continue
        found += len(sources)
        yield from sources
    if not found:
        yield folder
