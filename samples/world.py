"""The data behind the sample: the region, its services, names and texts, as typed objects."""

import csv
import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from kirjaamo.records import Label
from kirjaamo.settings import read_yaml


class UnitPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of the old organisation: what it is called and when it was in operation."""

    name: str
    kind: str
    valid_from: dt.date
    valid_to: dt.date | None = None


class SystemPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom a system serves: municipalities and the share of Swedish-speaking clients."""

    municipalities: tuple[str, ...]
    swedish: float


class RegionPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is fixed about the region."""

    name: Label
    systems: Mapping[str, SystemPlan]
    units: tuple[UnitPlan, ...]
    positions: tuple[str, ...]
    channels: tuple[str, ...]
    end_reasons: tuple[str, ...]


class DecisionType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A local type of decision, whom it is for and the social service it became."""

    name: str
    groups: tuple[str, ...]
    social_service: str = ""


class Task(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A service task of the old world.

    Attributes:
        name: Its local name.
        local: System to local code.
        weights: Age group to how common the task is in it.
        laws: First day in force to the act that decisions name.
        types: Local types of decision.
        national: Number in the national list; "" where it is not known.
        decision: Type of document of its decisions; "" where there is none.
        plan: Type of document of its plans; "" where there is none.
    """

    name: str
    local: Mapping[str, str]
    weights: Mapping[str, int]
    laws: Mapping[dt.date, str]
    types: tuple[DecisionType, ...]
    national: str = ""
    decision: str = ""
    plan: str = ""

    def code(self, system: str) -> str:
        """Return the national number, or the local code where there is no number."""
        return self.national or self.local[system]

    def law(self, day: dt.date) -> str:
        """Return the act in force on *day*."""
        return self.laws[max(start for start in self.laws if start <= day)]


class DocumentType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A national type of document and the first days of the versions of its structure."""

    name: str
    versions: tuple[dt.date, ...]

    def version(self, day: dt.date) -> dt.date | None:
        """Return the version in force on *day*, if there was one."""
        return max((first for first in self.versions if first <= day), default=None)


class Services(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Service tasks, social services and types of documents."""

    tasks: Mapping[str, Task]
    social_services: Mapping[str, str]
    outcomes: Mapping[str, str]
    documents: Mapping[str, DocumentType]
    entries: Mapping[str, DocumentType]


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sentences of records by language."""

    entries: Mapping[str, tuple[str, ...]]
    decisions: Mapping[str, Mapping[str, tuple[str, ...]]]
    reasons: Mapping[str, Mapping[str, tuple[str, ...]]]
    appeal: Mapping[str, str]
    other_matters: tuple[str, ...]
    scopes: tuple[str, ...]
    months: tuple[str, ...]


class World(msgspec.Struct, frozen=True):
    """Everything the makers of the sample choose from."""

    region: RegionPlan
    services: Services
    texts: Texts
    names: Mapping[tuple[str, str], tuple[str, ...]]


def structure(code: str, day: dt.date) -> str:
    """Return the OID of the version of document type *code* that is in force from *day*.

    >>> structure("11053", dt.date(2024, 11, 5))
    '1.2.246.537.6.1506.11053.2024.11.5'
    """
    return f"1.2.246.537.6.1506.{code}.{day.year}.{day.month}.{day.day}"


@cache
def read() -> World:
    """Return the data of the sample."""
    folder = files("kirjaamo.samples") / "data"
    return World(
        read_yaml(folder / "region.yaml", RegionPlan),
        read_yaml(folder / "services.yaml", Services),
        read_yaml(folder / "texts.yaml", Texts),
        _names(folder / "names.csv"),
    )


def _names(path: Traversable) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in csv.DictReader(path.read_text("utf-8").splitlines()):
        found.setdefault((row["kind"], row["language"]), []).append(row["name"])
    return {key: tuple(names) for key, names in found.items()}
