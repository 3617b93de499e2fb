"""Settings, code lists and structures of a build, made ready once for all its documents."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kirjaamo.archive.building.errors import MissingSettingsError
from kirjaamo.archive.checking.coded import general_types
from kirjaamo.archive.fields import Field, fields
from kirjaamo.archive.fields.model import Kind
from kirjaamo.archive.view import Letterhead, Views, read_logo
from kirjaamo.archive.view.text import quoted
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.checking import Library
from kirjaamo.classifications.structures.library import Structures
from kirjaamo.classifications.structures.model import Structure
from kirjaamo.workspace import Settings

GROUPS: Final[Mapping[str, tuple[Kind, str]]] = {
    "1": ("relationship", "SP1"), "2": ("matter", ""), "8": ("permission", ""),
    "9": ("prohibition", ""),
}  # fmt: skip
"""Structure of list 1505 to its kind and, where it is known, its service request."""

CLIENT_GROUP, CLIENT_REQUEST = "5", "SP17"
LIST, CODE = 5, 6
"""Places of the list and of the code among the numbers of the OID of a structure."""

OWN: Final = "1505"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a structure version says of all its documents.

    Attributes:
        kind: What kind of document it is of.
        structure: Its facts; None for a PDF without structure.
        told: What sources ``structure …`` name, to its value.
        ends: The first day on which the version no longer applies.
    """

    kind: Kind
    structure: Structure | None
    told: Mapping[str, str]
    ends: dt.date | None = None


@dataclass(slots=True)
class Ground:
    """What every document of a build is made with.

    Attributes:
        settings: Settings of the workspace.
        codes: Code lists.
        structures: Document structures.
        made: When the messages are made, with its zone.
        folder: Folder of the workspace, for its logo.
    """

    settings: Settings
    codes: Codes
    structures: Structures
    made: dt.datetime
    folder: Path = Path()
    views: Views = field(init=False)
    library: Library = field(init=False)
    letterhead: Letterhead = field(init=False)
    _shapes: dict[str, Shape] = field(default_factory=dict)
    _named: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _coded: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make ready what needs the others."""
        archive, name = self.settings.archive, self.settings.organisation.name
        logo = (
            read_logo(self.folder / archive.logo, archive.logo_text) if archive.logo else None
        )
        self.views = Views(self.codes)
        self.library = Library(self.structures)
        self.letterhead = Letterhead(name, logo, archive.footer)

    def setting(self, name: str) -> Any:  # noqa: ANN401 - a text or a mapping
        """Return a setting by its name in the file, such as ``archive.unit.oid``."""
        found: Any = self.settings
        for part in name.split("."):
            found = getattr(found, part)
        return found

    def require(self) -> None:
        """Make sure that the settings tell what every document needs.

        Raises:
            MissingSettingsError: They do not; tells all that is missing.
        """
        missing = [
            one.origins[-1].name
            for one in fields().values()
            if one.needs and all(source.derivation == "settings" for source in one.origins)
            and not any(self.setting(source.name) for source in one.origins)
        ]  # fmt: skip
        if missing:
            raise MissingSettingsError(names=", ".join(dict.fromkeys(missing)))

    def shape(self, oid: str, document_type: str = "") -> Shape:
        """Return the shape of documents of a structure, or of PDF documents of a type.

        Raises:
            UnknownNameError: There is no such structure.
        """
        key = oid or f"pdf {document_type}"
        if key not in self._shapes:
            self._shapes[key] = self._shape(oid) if oid else self._without(document_type)
        return self._shapes[key]

    def _shape(self, oid: str) -> Shape:
        structure = self.structures.facts(oid)
        numbers = oid.split(".")
        code = numbers[CODE]
        if numbers[LIST] == OWN:
            kind, request = GROUPS[code]
            told = {"group": code, "oid": oid, "request": request}
            return Shape(kind, structure, told, structure.valid_to)
        told = {"group": CLIENT_GROUP, "oid": oid, "request": CLIENT_REQUEST}
        told |= {"specific_type": code, "general_type": self.general(code)}
        return Shape("client", structure, told, structure.valid_to)

    def _without(self, document_type: str) -> Shape:
        told = {"group": CLIENT_GROUP, "request": CLIENT_REQUEST}
        if document_type:
            told |= {
                "specific_type": document_type,
                "general_type": self.general(document_type),
            }
        return Shape("client", None, told)

    def general(self, code: str) -> str:
        """Return the number of the general type of a document type, or ""."""
        return general_types(self.codes, self.structures).get(code, "")

    def coded(self, one: Field) -> Mapping[str, tuple[str, str]]:
        """Return code to its attributes and "", or to "" and the reason it cannot be written."""
        if one.system not in self._coded:
            self._coded[one.system] = self._listed(one)
        return self._coded[one.system]

    def _listed(self, one: Field) -> dict[str, tuple[str, str]]:
        listed = self.codes.find(one.list_oid)
        if listed is None:
            return {}
        is_checked = {listed.slug, listed.oid} & set(self.settings.archive.checked)
        rows = listed.frame.select("code", "name_fi", "confidence").iter_rows()
        return {
            code: (_attributes(one, code, name or ""), _doubt(name, sure, bool(is_checked)))
            for code, name, sure in rows
        }

    def named(self, one: Field, name: str) -> str | None:
        """Return the code with a Finnish name in the list of a field."""
        key = (one.list_oid, name)
        if key not in self._named:
            listed = self.codes.find(one.list_oid)
            rows = () if listed is None else listed.frame.select("name_fi", "code").iter_rows()
            self._named[key] = dict(rows).get(name)
        return self._named[key]


def _attributes(one: Field, code: str, name: str) -> str:
    """Return the attributes of a coded element."""
    return (
        f' code="{quoted(code)}" codeSystem="{one.system}" '
        f'codeSystemName="{quoted(one.system_name)}" displayName="{quoted(name)}"'
    )


def _doubt(name: str | None, sure: str, is_checked: bool) -> str:  # noqa: FBT001 - passed by place once
    """Return why a code cannot be written, a word of `reasons.REASONS`, or ""."""
    if not name:
        return "no-name"
    return "uncertain-code" if sure == "uncertain" and not is_checked else ""
