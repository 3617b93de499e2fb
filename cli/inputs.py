"""What a check reads: paths and profiles of the command line and the workspace, as sources."""

from collections.abc import Iterable, Sequence
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


class NothingInFolderError(KirjaamoError):
    """A folder holds neither exports nor documents."""

    sentence = N_(
        "{folder} holds nothing to check: no profile fits any file in it, and no file in it "
        "can be a client document. Name another folder, or write a profile."
    )


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was found behind the paths.

    Attributes:
        tables: Exports with the profiles that explain them.
        documents: Files and folders of client documents.
        skipped: Files of a folder that no profile fits and that are no documents.
    """

    tables: tuple["Source", ...] = ()
    documents: tuple[Path, ...] = ()
    skipped: tuple[Path, ...] = ()


def shipped() -> dict[str, "Profile"]:
    """Return the shipped profiles by name."""
    from kirjaamo.sources import profile

    places = files("kirjaamo.samples") / "profiles"
    found = (place for place in places.iterdir() if place.name.endswith(".yaml"))
    every = sorted(found, key=lambda place: place.name)
    return {place.name.removesuffix(".yaml"): profile.read(place) for place in every}


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
    found = known.get(name) or known.get(name.lower())
    if found is None:
        raise UnknownNameError(kind=N_("source profile"), name=name, known=tuple(known))
    return found


def inputs(paths: Sequence[str], profile: str | None, workspace: "Workspace | None") -> Inputs:
    """Return what is behind *paths*, or behind the sources of the workspace when there are none.

    Raises:
        NothingToCheckError: There are no paths and no sources.
        NothingInFolderError: A folder holds nothing that can be checked.
        KirjaamoError: A path does not exist, or no profile fits a file.
    """
    pairs = [(path, profile or "") for path in paths]
    if not paths and workspace is not None:
        sources = workspace.settings.sources
        pairs = [(s.location(workspace.folder), profile or s.profile) for s in sources]
    if not pairs:
        raise NothingToCheckError
    names = {name for _, name in pairs}
    known = {name: [chosen(name, workspace)] for name in names if name}
    if "" in names:
        known[""] = list(profiles(workspace).values())
    return _together(_behind(path, known[name]) for path, name in pairs)


def _together(parts: Iterable[Inputs]) -> Inputs:
    """Return several inputs as one, in the order given."""
    every = list(parts)
    return Inputs(
        tuple(source for part in every for source in part.tables),
        tuple(path for part in every for path in part.documents),
        tuple(path for part in every for path in part.skipped),
    )


def _behind(path: str, known: Sequence["Profile"]) -> Inputs:
    """Return what is behind a path or a database URL.

    Raises:
        NoProfileError: No profile fits the file, and it cannot be a document.
    """
    from kirjaamo.sources.errors import NoProfileError

    place = Path(path)
    if "://" in path:
        return Inputs(tables=_tables(path, known))
    if place.is_dir():
        return _in_folder(place, known)
    found = _in_file(place, known)
    if found.skipped:
        patterns = dict.fromkeys(part.files for profile in known for part in profile.parts)
        raise NoProfileError(source=place.name, known=tuple(patterns))
    return found


def _tables(path: str, known: Sequence["Profile"]) -> tuple["Source", ...]:
    from kirjaamo.sources.formats import open_source

    return open_source(path, known)


def _in_file(path: Path, known: Sequence["Profile"]) -> Inputs:
    """Return the tables of a file; what no profile fits is a document or is skipped."""
    from kirjaamo.documents.reading import SUFFIXES
    from kirjaamo.sources.errors import MissingFileError, NoProfileError

    try:
        return Inputs(tables=_tables(str(path), known))
    except NoProfileError:
        if not path.exists():
            raise MissingFileError(source=str(path)) from None
        is_document = path.suffix.lower() in SUFFIXES
        return Inputs(documents=(path,)) if is_document else Inputs(skipped=(path,))


def _in_folder(folder: Path, known: Sequence["Profile"]) -> Inputs:
    """Return the exports in a folder, and its documents; without exports it may be a tree of them.

    Raises:
        NothingInFolderError: There are neither.
    """
    from kirjaamo.documents.reading import SUFFIXES
    from kirjaamo.sources.errors import NoPermissionError

    try:
        names = sorted(
            p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")
        )
    except PermissionError:
        raise NoPermissionError(source=str(folder)) from None
    found = _together(_in_file(path, known) for path in names)
    if found.tables:
        return found
    if not any(path.suffix.lower() in SUFFIXES for path in folder.rglob("*")):
        raise NothingInFolderError(folder=folder)
    return Inputs(documents=(folder,))
