"""Entries of the self-monitoring plan: a list in the workspace that its user fills.

What the data security plan must tell is said by Act 703/2023, section 77(1)(1-9) and (2); who
answers for it by section 78.  ``readiness.yaml`` says which of these are in order, since when, and
what proves it; an entry of the organisation's own has a ``name``.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from kirjaamo.errors import SettingsError
from kirjaamo.messages import N_, gettext
from kirjaamo.settings import read_yaml

if TYPE_CHECKING:
    from kirjaamo.workspace import Workspace

FILE: Final = "readiness.yaml"
"""The file of the workspace."""

BY_LAW: Final = {
    "training": (N_("Users of the systems have the training that use needs"), "77(1)(1)"),
    "instructions": (N_("Instructions for proper use are at hand with the systems"), "77(1)(2)"),
    "use": (N_("The systems are used as their producer has instructed"), "77(1)(3)"),
    "upkeep": (N_("The systems are kept up and updated as their producer has instructed"), "77(1)(4)"),
    "environment": (N_("The environment of use is safe, and its risks are managed"), "77(1)(5)"),
    "connections": (N_("Connected systems endanger neither function nor data protection"), "77(1)(6)"),
    "installers": (N_("Only skilled and vetted persons install and maintain the systems"), "77(1)(7)"),
    "requirements": (N_("The systems meet the essential requirements of their purpose"), "77(1)(8)"),
    "self-monitoring": (N_("There is a plan for the self-monitoring of data security"), "77(1)(9)"),
    "joining": (N_("An account of safe use of the national services exists before joining"), "77(2)"),
    "responsibility": (N_("The responsible director sees to the plan and to following it"), "78(1)"),
}  # fmt: skip
"""Key to what must be in order, and the section that says so."""

UNKNOWN = N_("an entry has neither a known key nor a name of its own")
TWICE = N_("an entry stands twice")


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the organisation says of one entry.

    Attributes:
        key: One of `BY_LAW`; empty for an entry of the organisation's own.
        name: What an entry of its own is called.
        done: Day since which it is in order; none where it is not.
        owner: Who answers for it.
        evidence: Where that can be seen.
    """

    key: str = ""
    name: str = ""
    done: dt.date | None = None
    owner: str = ""
    evidence: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entries: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the report shows it.

    Attributes:
        name: What must be in order, in the language in use.
        section: Section of Act 703/2023, or "".
        done: Day since which it is; None where it is not, or on no day that has come.
        owner: Who answers for it.
        evidence: Where that can be seen.
    """

    name: str
    section: str
    done: dt.date | None
    owner: str
    evidence: str


def entries(workspace: "Workspace | None", as_of: dt.date) -> list[Entry]:
    """Return every entry: those of the act, then the organisation's own.

    Raises:
        SettingsError: The file is broken, or names an entry that is not known.
    """
    path = workspace.folder / FILE if workspace else None
    told = _read(path) if path and path.is_file() else ()
    by_key = {one.key: one for one in told if one.key}
    found = [
        _entry(gettext(name), section, by_key.get(key, Told(key)), as_of)
        for key, (name, section) in BY_LAW.items()
    ]
    return found + [_entry(one.name, "", one, as_of) for one in told if not one.key]


def _entry(name: str, section: str, told: Told, as_of: dt.date) -> Entry:
    done = told.done if told.done and told.done <= as_of else None
    return Entry(name, section, done, told.owner, told.evidence)


def _read(path: Path) -> Sequence[Told]:
    told = read_yaml(path, _File).entries
    if any(one.key not in BY_LAW if one.key else not one.name for one in told):
        raise SettingsError(file=path, reason=UNKNOWN)
    names = [one.key or one.name for one in told]
    if len(set(names)) < len(names):
        raise SettingsError(file=path, reason=TWICE)
    return told


def template() -> bytes:
    """Return a list to fill in, in the language in use."""
    head = gettext(
        "Entries of the self-monitoring plan. Write the day since which each is in order."
    )
    lines = [f"# {head}", "entries:"]
    for key, (name, section) in BY_LAW.items():
        lines += [
            f"  # {gettext(name)} (703/2023, {section})",
            f"  - key: {key}",
            "    # done: 2026-01-31",
            '    owner: ""',
            '    evidence: ""',
        ]
    return ("\n".join(lines) + "\n").encode()
