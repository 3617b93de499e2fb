"""Service tasks that need a reason of their own: the organisation's list, or the proposed one."""

from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

import msgspec

from kirjaamo.settings import read_yaml

FILE: Final = "sensitive.yaml"


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in three languages."""

    fi: str
    sv: str
    en: str


class Task(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sensitive service task.

    Attributes:
        code: Number in 1.2.246.537.6.1221.
        name: Its name.
        reason: Why it is sensitive.
        source: Where this comes from.
        confidence: How sure the number is.
    """

    code: str
    name: Label
    reason: Label
    source: str
    confidence: Literal["confirmed", "secondary", "uncertain"]


def read(folder: Path | None) -> tuple[Task, ...]:
    """Return the tasks of ``sensitive.yaml`` in *folder*, or the proposed ones.

    Raises:
        SettingsError: The file is broken.
    """
    own = folder / FILE if folder else None
    place = own if own and own.exists() else files("kirjaamo.audit.access") / FILE
    return read_yaml(place, tuple[Task, ...])
