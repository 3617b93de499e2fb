"""Reading one national JSON Schema: its keywords checked, its facts taken, its prose left.

The definitions mix validation (JSON Schema) and facts (the ``sosmeta`` object) with
guidance for people.  Names, codes, cardinalities and flags are taken; descriptions, notes,
examples and links are not.  A keyword that is not listed here is refused, and the facts are
compiled again and compared with the schema they came from: nothing is lost unseen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kirjaamo.classifications.structures import schemas
from kirjaamo.classifications.structures.errors import NotAStructureError, UnknownKeywordError
from kirjaamo.classifications.structures.model import (
    Code,
    Field,
    Kind,
    Name,
    Structure,
    SystemCheck,
)
from kirjaamo.classifications.structures.naming import names_of_codes
from kirjaamo.classifications.structures.national_schema import Meta, Node, Root, Said, parse
from kirjaamo.messages import N_

SHORT = 60
"""A fixed text this long or shorter, without a full stop, is a name and kept as such."""

LONGEST_TITLE = 100
"""A display title longer than this is guidance, not a name; the field's name stands for it."""

STATUS = {"Valmis": "current", "Vanhentunut": "obsolete"}

_PATTERN = re.compile(r"\^urn:oid:([0-9.\\]+)\(\\\.\\d\+\)\*\$")  # ^urn:oid:1\.2\.3(\.\d+)*$
_OID = re.compile(r"[0-9]+(\.[0-9]+)+")
_STRUCTURE_OID = re.compile(
    r"1\.2\.246\.537\.6\.150[56]\.[0-9]+\.[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A structure, the fixed texts of its fields by fingerprint, and the schema it came from."""

    structure: Structure
    texts: dict[str, str]
    original: dict[str, Any]


def read(path: Path) -> Definition:
    """Return what a national JSON Schema defines.

    Raises:
        NotAStructureError: The file is damaged, or is something else.
        UnknownKeywordError: It uses a keyword that is not known here.
    """
    root, raw = parse(path)
    return _definition(path, root, raw)


def _definition(path: Path, root: Root, raw: dict[str, Any]) -> Definition:
    about = root.sosmeta
    if not _STRUCTURE_OID.fullmatch(about.oid) or about.status not in STATUS:
        raise NotAStructureError(
            file=path, place="/sosmeta", reason=N_("its OID or status is not a national one")
        )
    if len(root.properties) != 1 or root.required != list(root.properties):
        raise NotAStructureError(file=path, reason=N_("it does not have exactly one root key"))
    (key, body), texts = next(iter(root.properties.items())), dict[str, str]()
    fields = tuple(_fields(path, body, key, texts))
    return Definition(
        Structure(
            oid=about.oid,
            name=_name(body.sosmeta.name if body.sosmeta else []) or Name(key),
            type=_tidy(about.document_type),
            subject=_tidy(about.document_subject),
            author=_tidy(about.document_author),
            status=STATUS[about.status],
            valid_from=about.document_definition_version,
            components=about.data_component_library_version,
            root=key,
            flagged=_flagged(body),
            fields=fields,
        ),
        texts,
        raw,
    )


def _flagged(node: Node) -> bool:
    """Return whether any field tells if it is conditionally mandatory."""
    told = node.sosmeta is not None and node.sosmeta.conditional_required is not None
    inside = [*node.properties.values(), *([node.items] if node.items else [])]
    return told or any(_flagged(found) for found in inside)


def _fields(file: Path, group: Node, path: str, texts: dict[str, str]) -> Iterator[Field]:
    for key, node in group.properties.items():
        one = node.items if node.type == "array" and node.items else node
        occurs = (int(key in group.required), 1 if one is node else None)
        field = _field(file, f"{path}/{key}", one, occurs, texts)
        yield field
        if field.is_group:
            yield from _fields(file, one, field.path, texts)


def _field(
    file: Path, path: str, node: Node, occurs: tuple[int, int | None], texts: dict[str, str]
) -> Field:
    about = node.sosmeta
    name = _name(about.name) if about else None
    if about is None or name is None:
        raise NotAStructureError(file=file, place=path, reason=N_("the field has no name"))
    kind = _kind(file, path, about)
    return Field(
        path=path,
        name=name,
        kind=kind,
        minimum=occurs[0],
        maximum=occurs[1],
        conditional=bool(about.conditional_required),
        national=about.nationwide_recorded_information,
        hidden=about.hidden_field,
        untitled=about.hidden_title,
        title=_title(about, name),
        **_content(node, about, kind, texts),
    )


def _title(about: Meta, name: Name) -> Name | None:
    """Return the display title, unless it says nothing new or is a sentence."""
    title = _name(about.title)
    return title if title and title != name and len(title.fi) <= LONGEST_TITLE else None


def _kind(file: Path, path: str, about: Meta) -> Kind:
    said = _said(about.representation, "fi") or ""
    for kind, component in schemas.components().items():
        if component.national == said:
            return kind
    raise UnknownKeywordError(file=file, place=path, keyword=said)


def _content(node: Node, about: Meta, kind: Kind, texts: dict[str, str]) -> dict[str, Any]:
    """Return the facts that only some kinds of field have."""
    match kind:
        case Kind.CODE:
            return _code(node, about)
        case Kind.PHRASE:
            return _phrase((node.enum or [""])[0], texts)
        case Kind.IDENTIFIER:
            return {"system": _first(about.system_uri)}
        case _:
            found = _first(about.classification_oid)
            return {"system": found, "codes": _codes(node.enum, about)}


def _code(node: Node, about: Meta) -> dict[str, Any]:
    system, code = (node.properties.get(key) for key in ("system", "code"))
    enum = code.enum if code else None
    codes = _codes(enum, about)
    facts: dict[str, Any] = {"codes": codes, "open": bool(codes) and enum is None}
    if system and system.enum:
        return facts | {"system": system.enum[0], "system_check": SystemCheck.EXACT}
    if system and system.pattern and (found := _PATTERN.fullmatch(system.pattern)):
        oid = found[1].replace("\\.", ".")
        return facts | {"system": oid, "system_check": SystemCheck.PATTERN}
    declared = _first(about.classification_oid)
    known = declared if declared and _OID.fullmatch(declared) else None
    return facts | {"system": known, "system_check": SystemCheck.FREE}


def _codes(enum: list[str] | None, about: Meta) -> tuple[Code, ...]:
    """Return the codes a field names: those the schema lists, else those its text lists."""
    lists = about.value_set or about.classification
    fi = names_of_codes([said.value for said in lists if said.lang == "fi"])
    sv = names_of_codes([said.value for said in lists if said.lang == "sv"])
    wanted = dict.fromkeys(enum) if enum is not None else fi
    return tuple(Code(code, fi.get(code), sv.get(code)) for code in wanted)


def _phrase(text: str, texts: dict[str, str]) -> dict[str, Any]:
    """Return a fixed text as such when it is short, else by its digest."""
    if len(text) <= SHORT and not re.search(r"[.!?]\s*$|\n", text):
        return {"fixed": text}
    name = schemas.fingerprint(text)
    texts[name] = text
    return {"fingerprint": name}


def _name(said: list[Said]) -> Name | None:
    """Return the first name of each language; a second one in a language is a slip."""
    fi = _said(said, "fi")
    return Name(fi, _said(said, "sv")) if fi else None


def _said(said: list[Said], language: str) -> str | None:
    return next((_tidy(one.value) for one in said if one.lang == language), None) or None


def _first(said: list[Said]) -> str | None:
    return _tidy(said[0].value).removeprefix("urn:oid:") or None if said else None


def _tidy(text: str) -> str:
    return " ".join(text.split())
