"""The rules of retention as typed data.

Source of every rule: the annexes of Acts 703/2023 and 254/2015, as ``rules.yaml`` states them.
"""

import datetime as dt
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import msgspec

from kirjaamo.messages import language
from kirjaamo.settings import read_yaml

Event = Literal[
    "birth", "death", "closing", "last_closing", "service_end", "validity_end", "made",
    "superseded",
]  # fmt: skip
"""What retention is counted from."""

Kind = Literal[
    "relationship", "decision", "plan", "entry", "permission", "earlier_permission", "voucher",
    "fee_decision", "correspondence", "certificate_copy", "other",
]  # fmt: skip
"""What kind of document a record is, as far as the annexes tell kinds apart."""


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name in three languages."""

    fi: str
    sv: str
    en: str

    def __str__(self) -> str:
        """Return the name in the language in use."""
        return str(getattr(self, language()))


class Keep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many whole years from an event."""

    years: Annotated[int, msgspec.Meta(ge=1, le=120)]
    event: Event


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long something is kept.

    Attributes:
        name: What it is about, as the annex says.
        keep: Spans of years: the first event must have happened, the latest end counts.
        kinds: Kinds of documents; empty for every kind.
        tasks: Finnish names of service tasks; empty for every task.
        child: Only matters about a child, or only others.
        forever: Kept for good.
        note: Where the annex tells apart what records do not.
    """

    name: Names
    keep: tuple[Keep, ...] = ()
    kinds: tuple[Kind, ...] = ()
    tasks: tuple[str, ...] = ()
    child: bool | None = None
    forever: bool = False
    note: Names | None = None


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is archived for good.

    Attributes:
        name: What it is about.
        source: Who ordered it, and where.
        confidence: How sure the source is: confirmed or secondary.
        since: Day of the order or of the act that has it.
        days: Days of the month on which the client was born; empty for all.
        kinds: Kinds of documents; empty for every kind.
        tasks: Finnish names of service tasks; empty for every task.
    """

    name: Names
    source: str
    confidence: Literal["confirmed", "secondary"]
    since: dt.date
    days: tuple[int, ...] = ()
    kinds: tuple[Kind, ...] = ()
    tasks: tuple[str, ...] = ()


class Regime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of one act.

    Attributes:
        act: Its number.
        begins: First day on which they apply.
        source: Sections.
        rules: What is kept how long.
        orders: What is archived for good.
        until: Last day on which they apply.
        old_tasks: Whether its tasks are those of the annex of Act 254/2015.
    """

    act: str
    begins: dt.date
    source: str
    rules: tuple[Rule, ...]
    orders: tuple[Order, ...]
    until: dt.date | None = None
    old_tasks: bool = False


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    regimes: tuple[Regime, ...]


@cache
def regimes() -> tuple[Regime, ...]:
    """Return the acts, the newest first."""
    return read_yaml(files("kirjaamo.archive.retention") / "rules.yaml", _Rules).regimes


def governing(day: dt.date) -> Regime:
    """Return the act that governs on a day; before the first one that, too.

    >>> governing(dt.date(2023, 12, 31)).act, governing(dt.date(2024, 1, 1)).act
    ('254/2015', '703/2023')
    """
    known = regimes()
    return next((one for one in known if one.begins <= day), known[-1])
