"""What persons have confirmed of the local document types, and its one form: ``survey.yaml``."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import msgspec
import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.classifications.codelist import fold
from kirjaamo.errors import SettingsError
from kirjaamo.mappings.form import scalar
from kirjaamo.mappings.loading import named
from kirjaamo.messages import N_
from kirjaamo.settings import read_yaml

if TYPE_CHECKING:
    from kirjaamo.workspace import Workspace

FILE: Final = "survey.yaml"
"""The file of the workspace."""

KEY: Final = ("system", "table", "old", "task")
"""What tells a kind of document apart from others."""

Table = Literal["decision", "document", "entry"]

LISTS: Final[Mapping[str, str]] = {
    "document_type": "1.2.246.537.6.1506",
    "service_task": "1.2.246.537.6.1221",
    "service_process": "1.2.246.537.6.1277",
}
"""Columns that hold codes, and the OID of their lists."""

COLUMNS: Final = (
    "document_type", "structure", "service_task", "service_process", "retention",
)  # fmt: skip
"""What a confirmed row says of the documents of its kind."""

OUTCOMES: Final[Mapping[str, str]] = {
    "approved": N_("confirmed"),
    "left-out": N_("confirmed: no client document"),
    "waiting": N_("confirmed, waits for a number of an official list"),
    "proposed": N_("proposed"),
    "rejected": N_("rejected"),
    "missing": N_("not yet looked at"),
}
"""What may be true of a kind, and what that is called."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person has decided of one kind; see the package."""

    system: str
    table: Table
    old: str
    task: str
    status: Literal["proposed", "approved", "rejected"]
    old_name: str = ""
    archived: bool = True
    document_type: str | None = None
    document_type_name: str = ""
    structure: str | None = None
    service_task: str | None = None
    service_task_name: str = ""
    service_process: str | None = None
    service_process_name: str = ""
    retention: str = ""
    confidence: Literal["confirmed", "secondary", "uncertain"] = "uncertain"
    owner: str = ""
    reason: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells its kind apart."""
        return self.system, self.table, self.old, self.task

    @property
    def outcome(self) -> str:
        """Return what is true of its kind; one of `OUTCOMES`."""
        if self.status != "approved":
            return self.status
        if not self.archived:
            return "left-out"
        needed = self.document_type, self.service_task
        awaited = self.service_process_name and not self.service_process
        return "waiting" if None in needed or awaited else "approved"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rows: tuple[Row, ...] = ()


TWICE = N_("two rows are about the same kind of document")


@dataclass(frozen=True, slots=True)
class Survey:
    """The rows of a survey, in canonical order, each kind once."""

    rows: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        """Put the rows in order."""
        object.__setattr__(self, "rows", tuple(sorted(self.rows, key=lambda row: row.key)))

    @property
    def by_key(self) -> dict[tuple[str, ...], Row]:
        """Return the rows by kind."""
        return {row.key: row for row in self.rows}

    @property
    def frame(self) -> pl.DataFrame:
        """Return a row for each kind: `KEY`, `COLUMNS` and ``outcome``."""
        rows = [
            (*row.key, *(getattr(row, name) for name in COLUMNS), row.outcome)
            for row in self.rows
        ]
        schema = dict.fromkeys((*KEY, *COLUMNS, "outcome"), pl.String)
        return pl.DataFrame(rows, schema=schema, orient="row")

    @property
    def edition(self) -> str:
        """Return the sha256 of the canonical bytes; empty for an empty survey."""
        return hashlib.sha256(canonical(self)).hexdigest() if self.rows else ""


def canonical(survey: Survey) -> bytes:
    """Return the survey as YAML: the same rows always give the same bytes."""
    lines = ["rows:" if survey.rows else "rows: []"]
    empty = dict(zip(Row.__struct_fields__[-len(Row.__struct_defaults__) :],
                     Row.__struct_defaults__, strict=True))  # fmt: skip
    for row in survey.rows:
        facts = msgspec.structs.asdict(row)
        told = [f"{name}: {scalar(v)}" for name, v in facts.items()
                if name not in empty or v != empty[name] or name == "archived"]  # fmt: skip
        lines += [f"  - {told[0]}", *(f"    {fact}" for fact in told[1:])]
    return ("\n".join(lines) + "\n").encode()


def read(path: Path) -> Survey:
    """Return the survey of a file.

    Raises:
        SettingsError: Broken YAML, an unknown key, a wrong type, or a kind given twice.
    """
    rows = read_yaml(path, _File).rows
    if len({row.key for row in rows}) < len(rows):
        raise SettingsError(file=path, reason=TWICE)
    return Survey(rows)


def load(workspace: "Workspace | None") -> Survey:
    """Return the survey of a workspace, empty where there is none; see `resolved`.

    Raises:
        SettingsError: The file is broken.
    """
    if workspace is None or not (workspace.folder / FILE).is_file():
        return Survey()
    return resolved(read(workspace.folder / FILE).rows, Codes(workspace.classifications))


def resolved(rows: Iterable[Row], codes: Codes) -> Survey:
    """Return a survey with the numbers that official lists now have for awaited names."""
    known = {
        name: dict(named(found).select("name", "code").iter_rows())
        for name, oid in LISTS.items()
        if (found := codes.find(oid)) is not None
    }
    return Survey(tuple(_numbered(row, known) for row in rows))


def _numbered(row: Row, known: Mapping[str, Mapping[str, str]]) -> Row:
    changes: dict[str, str] = {}
    for column, codes in known.items():
        awaited = getattr(row, f"{column}_name")
        code = codes.get(folded(awaited)) if awaited else None
        if code:
            changes |= {column: code, f"{column}_name": ""}
    return msgspec.structs.replace(row, **changes) if changes else row


def folded(text: str) -> str:
    """Return a name as names are compared.

    >>> folded("Iäkkäiden  palvelut ")
    'iäkkäiden palvelut'
    """
    return str(pl.select(fold(pl.lit(text))).item())
