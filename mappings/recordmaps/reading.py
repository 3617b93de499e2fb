"""Reading record maps: a YAML file per structure, and parts that several maps share.

A map in ``<workspace>/mappings/records`` takes the place of the shipped one for the same
document type; it may use the shipped parts and parts of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from kirjaamo.errors import SettingsError, UnknownNameError
from kirjaamo.mappings.recordmaps.model import (
    Applies,
    Of,
    RecordMap,
    Source,
    fields,
    plain,
)
from kirjaamo.messages import N_, gettext
from kirjaamo.records import Label
from kirjaamo.settings import read_yaml

PLACE = files("kirjaamo.mappings") / "records"
"""The folder of the shipped maps."""

PARTS = "parts"

Targets = dict[str, Source | str]
Folder = Path | Traversable


class Use(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part and the group in which it stands ("" for the root)."""

    part: str
    at: str = ""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    parts: tuple[Use, ...] = ()
    targets: Targets = {}
    left_out: dict[str, Label] = {}
    lacks: dict[str, Label] = {}


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    structure: str
    of: Of
    about: Label
    root: str
    applies: Applies = Applies()
    parts: tuple[Use, ...] = ()
    targets: Targets = {}
    left_out: dict[str, Label] = {}
    lacks: dict[str, Label] = {}


def shipped() -> Mapping[str, RecordMap]:
    """Return the shipped maps by document type."""
    return _shipped()


def maps(folder: Path | None = None) -> Mapping[str, RecordMap]:
    """Return the maps in use by document type: the shipped ones, and those of *folder*.

    Args:
        folder: ``mappings/records`` of a workspace, when there is one.

    Raises:
        SettingsError: A map is broken.
    """
    if folder is None or not folder.is_dir():
        return _shipped()
    return dict(sorted((_shipped() | dict(_read_all(folder))).items()))


def get(name: str, known: Mapping[str, RecordMap] | None = None) -> RecordMap:
    """Return the map for a document type or the OID of a structure version.

    Raises:
        UnknownNameError: There is none.
    """
    among = known if known is not None else _shipped()
    for found in among.values():
        if name in {found.name, found.structure}:
            return found
    raise UnknownNameError(kind=N_("record map"), name=name, known=tuple(among))


@cache
def _shipped() -> dict[str, RecordMap]:
    return dict(_read_all(PLACE))


def _read_all(folder: Folder) -> Iterator[tuple[str, RecordMap]]:
    found = (path for path in folder.iterdir() if path.name.endswith(".yaml"))
    for path in sorted(found, key=lambda path: path.name):
        read_map = read(path, folder / PARTS)
        yield read_map.name, read_map


def read(path: Folder, parts: Folder | None = None) -> RecordMap:
    """Return the map that a YAML file holds, its parts laid in.

    Args:
        path: The file.
        parts: Folder of parts that come before the shipped ones.

    Raises:
        SettingsError: The file or a part is broken, or a path is said twice.
    """
    facts = read_yaml(path, _File)
    laid = _Laid(path, parts)
    laid.lay(facts, facts.root)
    name = path.name.removesuffix(".yaml")
    used = fields(laid.targets.values())
    left_out = {key: why for key, why in laid.left_out.items() if key not in used}
    return RecordMap(
        name, facts.structure, facts.of, facts.about, facts.applies,
        laid.targets, laid.lacks, left_out,
    )  # fmt: skip


@dataclass(slots=True)
class _Laid:
    """What a file and its parts say, laid together."""

    user: Folder
    folder: Folder | None
    targets: dict[str, Source] = made(default_factory=dict)
    lacks: dict[str, Label] = made(default_factory=dict)
    left_out: dict[str, Label] = made(default_factory=dict)

    def lay(self, said: "_File | _Part", at: str, above: tuple[str, ...] = ()) -> None:
        """Lay the parts that *said* uses, then what it says itself, below *at*."""
        for use in said.parts:
            if use.part in above:
                reason = gettext("the part “{name}” uses itself").format(name=use.part)
                raise SettingsError(file=self.user, reason=reason)
            part = _part(use.part, self.folder, self.user)
            self.lay(part, _join(at, use.at), (*above, use.part))
        for key, source in said.targets.items():
            path = _join(at, key)
            if path in self.targets:
                reason = gettext("the target “{path}” stands twice").format(path=path)
                raise SettingsError(file=self.user, reason=reason)
            self.targets[path] = plain(source)
        self.lacks |= {_join(at, key): why for key, why in said.lacks.items()}
        self.left_out |= said.left_out


def _part(name: str, folder: Folder | None, user: Folder) -> _Part:
    places = [place / f"{name}.yaml" for place in (folder, PLACE / PARTS) if place is not None]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        reason = gettext("there is no part “{name}”").format(name=name)
        raise SettingsError(file=user, reason=reason)
    return read_yaml(found, _Part)


def _join(*pieces: str) -> str:
    return "/".join(piece for piece in pieces if piece)
