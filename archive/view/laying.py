"""Laying documents out: a structure in one language becomes a function from tree to XHTML.

The function is made once for a structure and language and then only joins strings, because it
runs for every document of a build.  Order, titles and what is hidden come from the structure;
a group that the national definition hides loses its heading, not what is inside it, for it may
hold the whole document.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from kirjaamo.archive.view import values
from kirjaamo.archive.view.errors import IllegalCharacterError, WrongStructureError
from kirjaamo.archive.view.letterhead import PLAIN, Letterhead, foot, head
from kirjaamo.archive.view.naming import CodeNames
from kirjaamo.archive.view.text import ILLEGAL, Illegal, escaped, first_illegal, lined
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.model import Field, Kind, Name, Structure

Show = Callable[[Any], str]
"""Lays a value out as XHTML; "" when there is nothing to show."""

IDENTITY_CODES = "1.2.246.21"
"""OID of the Finnish identity codes."""

LOWEST = 3
"""Deepest heading; titles below it are bold."""


class Views:
    """Lays documents out; a structure is made ready once for each language."""

    def __init__(self, codes: Codes | None = None) -> None:
        """Use the built-in code lists unless others are given."""
        self._names = CodeNames(codes or Codes())
        self._ready: dict[tuple[int, str], tuple[Structure, Show]] = {}

    def view(  # noqa: PLR0913 - what stands around the body, each by name
        self,
        document: Mapping[str, Any],
        structure: Structure,
        *,
        language: str,
        oid: str,
        letterhead: Letterhead = PLAIN,
        kind: str = "",
        date: dt.date | None = None,
    ) -> bytes:
        """Return the display form of a document: an XHTML ``div``, UTF-8, without declaration.

        Args:
            document: The JSON body with its root key; it follows the structure.
            structure: Its structure.
            language: ``fi`` or ``sv``; Finnish stands in for a missing Swedish name.
            oid: OID of the document version.
            letterhead: What stands above and below.
            kind: Name of the general document type, in the same language.
            date: Day of the document.

        Raises:
            WrongStructureError: The root key is not that of the structure.
            IllegalCharacterError: A text holds a character that XML does not allow.
        """
        body = document.get(structure.root)
        if len(document) != 1 or not isinstance(body, dict):
            raise WrongStructureError(structure=structure.oid)
        start = f'<div xmlns="http://www.w3.org/1999/xhtml" class="soc-document" id="OID{oid}">'
        above, below = f"{start}{head(letterhead, kind, date)}", f"{foot(letterhead)}</div>"
        try:
            shown = self._made(structure, language)(body)
        except Illegal:
            raise IllegalCharacterError(path=first_illegal(document) or "/") from None
        if ILLEGAL.search(above) or ILLEGAL.search(below):
            raise IllegalCharacterError(path=first_illegal(document) or "/")
        return f'{above}<div class="soc-main-wrapper">{shown}</div>{below}'.encode()

    def _made(self, structure: Structure, language: str) -> Show:
        key = (id(structure), language)
        if key not in self._ready:  # the structure is kept so that its id stays its own
            title = escaped(_name(structure.name, language))
            heading = f'<h1 class="soc-fulltitle">{title}</h1>'
            inside = self._inside(structure, structure.root, language, 2)
            self._ready[key] = (structure, partial(_whole, heading, inside))
        return self._ready[key][1]

    def _inside(self, structure: Structure, path: str, language: str, level: int) -> Show:
        """Return what lays out the fields of a group; *level* is that of their headings."""
        parts = []
        for field in structure.inside(path):
            if field.is_group:
                parts.append((field.key, self._group(structure, field, language, level)))
            elif not field.hidden:
                parts.append((field.key, self._leaf(field, language)))
        return partial(_fields, parts)

    def _group(self, structure: Structure, field: Field, language: str, level: int) -> Show:
        if field.hidden or field.untitled:
            return partial(_bare_group, self._inside(structure, field.path, language, level))
        inside = self._inside(structure, field.path, language, level + 1)
        title = escaped(_name(field.title or field.name, language))
        if level > LOWEST:
            return partial(_group, f'<p class="soc-title"><b>{title}</b></p>', inside)
        return partial(_group, f'<h{level} class="soc-title">{title}</h{level}>', inside)

    def _leaf(self, field: Field, language: str) -> Show:
        title = escaped(_name(field.title or field.name, language))
        titled = "" if field.untitled else f'<div class="soc-title">{title}</div>'
        start = f'<div class="soc-item">{titled}<div class="soc-content">'
        return partial(_leaf, start, self._writer(field, language))

    def _writer(self, field: Field, language: str) -> values.Write:
        match field.kind:
            case Kind.CODE:
                return self._names.writer(field, language)
            case Kind.IDENTIFIER:
                is_code = (field.system or "").endswith(IDENTITY_CODES)
                return values.identity if is_code else _identifier
            case _:
                return values.writer(field.kind, language)


def _whole(heading: str, inside: Show, body: object) -> str:
    return f'{heading}<div class="soc-list">{inside(body)}</div>'


def _fields(parts: list[tuple[str, Show]], group: object) -> str:
    """Lay the fields of a group out, in the order of the structure."""
    if not isinstance(group, dict):
        return f"<p>{lined(values.plain(group))}</p>"
    return "".join(
        [show(value) for key, show in parts if (value := group.get(key)) is not None]
    )


def _leaf(start: str, write: values.Write, value: object) -> str:
    if isinstance(value, list):
        text = "".join([f"<p>{lined(write(item))}</p>" for item in value])
    else:
        text = lined(write(value))
    return f"{start}{text}</div></div>" if text else ""


def _group(title: str, inside: Show, value: object) -> str:
    """Lay a group out: its heading once, each occurrence in a list of its own."""
    found = [inside(item) for item in value] if isinstance(value, list) else [inside(value)]
    lists = "".join([f'<div class="soc-list">{one}</div>' for one in found if one])
    return f'<div class="soc-item">{title}{lists}</div>' if lists else ""


def _bare_group(inside: Show, value: object) -> str:
    """Lay a group without heading out: alone it is one with what stands around it."""
    if not isinstance(value, list):
        return inside(value)
    found = [one for one in map(inside, value) if one]
    if len(found) == 1:
        return found[0]
    return "".join([f'<div class="soc-list">{one}</div>' for one in found])


def _identifier(value: object) -> str:
    """Return an identifier; an identity code is masked wherever it stands."""
    if isinstance(value, dict) and str(value.get("system", "")).endswith(IDENTITY_CODES):
        return values.identity(value)
    return values.plain(value)


def _name(name: Name, language: str) -> str:
    return (name.sv if language == "sv" else None) or name.fi
