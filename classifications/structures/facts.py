"""Fact files: one structure version each, one field on each line.

A line names what differs from the ordinary; what is not on it has its default.  The same
structure always gives the same bytes.
"""

import datetime as dt
import json
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec

from kirjaamo.classifications.structures.model import (
    Code,
    Field,
    Kind,
    Name,
    Structure,
    SystemCheck,
)
from kirjaamo.errors import SettingsError
from kirjaamo.messages import N_


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field as it stands in a fact file; the path starts below the root key."""

    path: str
    fi: str
    kind: Kind
    occurs: str
    sv: str | None = None
    system: str | None = None
    check: SystemCheck | None = None
    codes: dict[str, tuple[str | None, str | None]] = {}
    open: bool = False
    fixed: str | None = None
    fingerprint: str | None = None
    conditional: bool = False
    national: bool = False
    hidden: bool = False
    untitled: bool = False
    title: tuple[str, str | None] | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact file."""

    oid: str
    fi: str
    type: str
    status: str
    valid_from: dt.date
    components: str
    root: str
    fields: list[_Line]
    sv: str | None = None
    subject: str = ""
    author: str = ""
    flagged: bool = True


def read(path: Path | Traversable) -> Structure:
    """Return the structure of a fact file; its ``valid_to`` is not known here.

    Raises:
        SettingsError: The file cannot be read, or is not a fact file.
    """
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except msgspec.MsgspecError as error:
        raise SettingsError(file=path, reason=str(error)) from None
    except UnicodeDecodeError:
        raise SettingsError(file=path, reason=N_("the file is not UTF-8 text")) from None
    except OSError as error:
        reason = error.strerror or N_("it cannot be read")
        raise SettingsError(file=path, reason=reason) from None
    return Structure(
        oid=file.oid,
        name=Name(file.fi, file.sv),
        type=file.type,
        subject=file.subject,
        author=file.author,
        status=file.status,
        valid_from=file.valid_from,
        components=file.components,
        root=file.root,
        flagged=file.flagged,
        fields=tuple(_field(line, file.root) for line in file.fields),
    )


def _field(line: _Line, root: str) -> Field:
    least, _, most = line.occurs.partition("..")
    default = SystemCheck.PATTERN if line.kind is Kind.CODE else SystemCheck.FREE
    return Field(
        path=f"{root}/{line.path}",
        name=Name(line.fi, line.sv),
        kind=line.kind,
        minimum=int(least),
        maximum=None if most == "*" else int(most),
        system=line.system,
        system_check=line.check or default,
        codes=tuple(Code(code, fi, sv) for code, (fi, sv) in line.codes.items()),
        open=line.open,
        fixed=line.fixed,
        fingerprint=line.fingerprint,
        conditional=line.conditional,
        national=line.national,
        hidden=line.hidden,
        untitled=line.untitled,
        title=Name(*line.title) if line.title else None,
    )


def write(structure: Structure) -> bytes:
    """Return the fact file of *structure*."""
    head = {
        "oid": structure.oid,
        "fi": structure.name.fi,
        "sv": structure.name.sv,
        "type": structure.type,
        "subject": structure.subject,
        "author": structure.author,
        "status": structure.status,
        "valid_from": structure.valid_from.isoformat(),
        "components": structure.components,
        "flagged": None if structure.flagged else False,
        "root": structure.root,
    }
    lines = [f"{_json(key)}: {_json(value)}," for key, value in head.items() if _told(value)]
    fields = [_json(_line(field, structure.root)) for field in structure.fields]
    body = ",\n".join(fields)
    return "\n".join(["{", *lines, f'"fields": [\n{body}\n]', "}\n"]).encode()


def _line(field: Field, root: str) -> dict[str, Any]:
    default = SystemCheck.PATTERN if field.kind is Kind.CODE else SystemCheck.FREE
    line = {
        "path": field.path.removeprefix(f"{root}/"),
        "fi": field.name.fi,
        "sv": field.name.sv,
        "kind": field.kind,
        "occurs": field.occurs,
        "system": field.system,
        "check": None if field.system_check is default else field.system_check,
        "codes": {code.code: [code.fi, code.sv] for code in field.codes} or None,
        "open": field.open or None,
        "fixed": field.fixed,
        "fingerprint": field.fingerprint,
        "conditional": field.conditional or None,
        "national": field.national or None,
        "hidden": field.hidden or None,
        "untitled": field.untitled or None,
        "title": [field.title.fi, field.title.sv] if field.title else None,
    }
    return {key: value for key, value in line.items() if value is not None}


def _told(value: object) -> bool:
    return value is not None and value != ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
