"""The areas of readiness as numbers, each with its state and what still blocks it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import polars as pl

from kirjaamo.archive.oids import checking
from kirjaamo.archive.oids.reporting import report
from kirjaamo.archive.readiness.entries import Entry
from kirjaamo.archive.readiness.staff import ABILITIES
from kirjaamo.archive.survey.progress import DONE
from kirjaamo.classifications.oid import is_oid
from kirjaamo.messages import N_, gettext
from kirjaamo.sources.tables import System
from kirjaamo.wording import number
from kirjaamo.workspace import Settings


class State(StrEnum):
    """How ready an area is."""

    READY = "ready"
    PARTLY = "partly"
    NOT_READY = "not ready"
    UNKNOWN = "not known"


STATES: Final = {
    State.READY: N_("ready"),
    State.PARTLY: N_("partly ready"),
    State.NOT_READY: N_("not ready"),
    State.UNKNOWN: N_("not known"),
}
"""What a person calls each state."""


@dataclass(frozen=True, slots=True)
class Area:
    """One area of readiness; all texts are in the language in use.

    Attributes:
        key: Its short name.
        name: What it is called.
        done: How many of `total` are in order.
        total: How many there are; 0 where nothing tells.
        figures: Name and number of what was counted.
        blockers: What is open.
    """

    key: str
    name: str
    done: int
    total: int
    figures: tuple[tuple[str, str], ...]
    blockers: tuple[str, ...]

    @property
    def state(self) -> State:
        """Return how ready the area is."""
        if not self.total:
            return State.UNKNOWN if not self.blockers else State.NOT_READY
        if self.done >= self.total:
            return State.READY
        return State.PARTLY if self.done else State.NOT_READY


NO_OWN_UNIT: Final = N_("No unit belongs to the controller that kirjaamo.toml names.")


def _area(
    key: str, name: str, pair: tuple[int, int], figures: Mapping[str, int | str], *blockers: str
) -> Area:
    told = tuple(
        (gettext(label), number(value) if isinstance(value, int) else value)
        for label, value in figures.items()
    )
    return Area(key, gettext(name), *pair, told, tuple(one for one in blockers if one))


def _open(count: int, sentence: str) -> str:
    """Return a sentence with its count, or nothing where nothing is open."""
    return gettext(sentence).format(count=number(count)) if count else ""


def survey(kinds: pl.DataFrame) -> Area:
    """Return the area of the survey from graded kinds; see `kirjaamo.archive.survey.progress`."""
    counts = kinds["records"].cast(pl.Int64)
    done = kinds["outcome"].is_in(DONE)
    waiting = int((kinds["outcome"] == "waiting").sum())
    figures = {
        N_("kinds of documents"): kinds.height,
        N_("kinds confirmed"): int(done.sum()),
        N_("records"): int(counts.sum()),
        N_("records confirmed"): int(counts.filter(done).sum()),
    }
    return _area(
        "survey", N_("Survey of documents"), (int(done.sum()), kinds.height), figures,
        _open(kinds.height - int(done.sum()), N_("Kinds of documents not confirmed in the survey: {count}.")),
        _open(waiting, N_("Kinds of documents that wait for a number of an official list: {count}.")),
    )  # fmt: skip


def mappings(coverage: pl.DataFrame) -> Area:
    """Return the area of mappings; *coverage* has a row for each list, as mappings tell it."""
    rows, covered = int(coverage["rows"].sum()), int(coverage["covered"].sum())
    whole = coverage.filter(pl.col("rows") == pl.col("covered")).height
    figures = {
        N_("lists of old codes"): coverage.height,
        N_("lists wholly mapped"): whole,
        N_("records with an old code"): rows,
        N_("records mapped"): covered,
    }
    return _area(
        "mappings", N_("Mappings"), (covered, rows), figures,
        _open(rows - covered, N_("Records whose code has no approved mapping: {count}.")),
    )  # fmt: skip


def organisation(settings: Settings) -> Area:
    """Return the area of the organisation's own settings."""
    own = settings.organisation
    wanted = {
        N_("name of the organisation"): bool(own.name),
        N_("business id"): bool(own.business_id),
        N_("OID of the organisation"): is_oid(own.oid),
        N_("OID of the controller"): is_oid(own.controller),
        N_("key of the system seal"): bool(settings.hand_over.key),
        N_("trusted certificates"): bool(settings.hand_over.trusted),
    }
    missing = [gettext(name) for name, there in wanted.items() if not there]
    sentence = gettext("kirjaamo.toml does not tell: {names}.").format(names=", ".join(missing))
    return _area(
        "organisation", N_("Organisation and seal"), (len(wanted) - len(missing), len(wanted)),
        {name: gettext("yes") if there else gettext("no") for name, there in wanted.items()},
        sentence if missing else "",
    )  # fmt: skip


def units(systems: Sequence[System], own: str, as_of: dt.date) -> tuple[Area, pl.DataFrame]:
    """Return the area of units and their OIDs, and the coding report."""
    found = checking.check(systems, own, as_of)
    told = report(systems, found)
    faults = found.filter(~pl.col("check").is_in(checking.NOTES))
    ended = told.filter(pl.col("ends") < as_of).height
    ready = int(told["ready"].sum())
    figures = {
        N_("units"): told.height,
        N_("units with an OID without fault"): ready,
        N_("units that have ended"): ended,
        N_("faults of OIDs and units"): faults.height,
    }
    return _area(
        "units", N_("Units and OIDs"), (ready, told.height), figures,
        _open(told.height - ready, N_("Units without an OID that holds: {count}.")),
        _open(faults.filter(pl.col("table") != "unit").height,
              N_("Records of units that are not in the register or not in operation: {count}.")),
    ), told  # fmt: skip


def registers(systems: Sequence[System], controller: str) -> Area:
    """Return the area of registers: which controller each unit names."""
    named = pl.concat([pl.DataFrame(schema={"controller": pl.String}), *_controllers(systems)])[
        "controller"
    ]
    known = named.drop_nulls()
    own = int((known == controller).sum()) if controller else 0
    figures = {
        N_("units"): len(named),
        N_("units of the own register"): own,
        N_("units of other controllers"): len(known) - own,
        N_("other controllers"): known.filter(known != controller).n_unique(),
        N_("units without a controller"): named.null_count(),
    }
    no_controller = gettext(
        "kirjaamo.toml names no controller, so the own register is not known."
    )
    return _area(
        "registers", N_("Registers"), (len(known) if controller else 0, len(named)), figures,
        _open(named.null_count(), N_("Units that name no controller: {count}.")),
        "" if controller else no_controller,
        gettext(NO_OWN_UNIT) if controller and len(named) and not own else "",
    )  # fmt: skip


def _controllers(systems: Sequence[System]) -> Iterator[pl.DataFrame]:
    for system in systems:
        known = system.tables.get("unit")
        if known is not None:
            field = (
                pl.col("controller")
                if "controller" in known.columns
                else pl.lit(None, pl.String)
            )
            yield known.select(field.alias("controller"))


def signing(found: pl.DataFrame) -> Area:
    """Return the area of cards and signing; *found* is what `workers` returns."""
    told = found.filter(pl.any_horizontal(pl.col(list(ABILITIES)).is_not_null()))
    ready = int(found["ready"].sum())
    recording = found.filter((pl.col("records") > 0) & ~pl.col("ready")).height
    figures = {
        N_("employed workers"): found.height,
        **{
            name: int(found[field].fill_null(value=False).sum())
            for field, name in ABILITIES.items()
        },
        N_("workers with an access right"): found.filter(pl.col("rights") > 0).height,
        N_("workers of whom the export tells nothing of it"): found.height - told.height,
    }
    return _area(
        "signing", N_("Cards and signing"), (ready, found.height), figures,
        _open(recording, N_("Workers who make records and lack card, reader, registration number or signing: {count}.")),
    )  # fmt: skip


def self_monitoring(told: Sequence[Entry]) -> Area:
    """Return the area of the self-monitoring plan."""
    done = sum(one.done is not None for one in told)
    return _area(
        "self-monitoring", N_("Self-monitoring plan"), (done, len(told)),
        {N_("items of the plan"): len(told), N_("items in order"): done},
        _open(len(told) - done, N_("Entries of the self-monitoring plan that are not in order: {count}.")),
    )  # fmt: skip


def hand_over(states: Mapping[str, int]) -> Area:
    """Return the area of the hand-over; *states* are documents by state, as the ledger counts."""
    from kirjaamo.archive.packages.records import NAMES

    total, accepted = sum(states.values()), states.get("accepted", 0)
    figures = {NAMES[state]: states.get(state, 0) for state in NAMES if states.get(state)}
    return _area(
        "hand-over", N_("Hand-over"), (accepted, total),
        figures or {N_("documents in the ledger"): 0},
        _open(total - accepted, N_("Documents not accepted yet: {count}.")),
    )  # fmt: skip


def client_view(counts: pl.DataFrame, checks: Mapping[str, str], records: int) -> Area:
    """Return the area of what clients would see wrong; *counts* as client_view counts."""
    wrong = int(counts["count"].sum())
    figures = {
        checks[name]: count for name, count in counts.select("check", "count").iter_rows()
    }
    passed = counts.filter((pl.col("count") == 0) & (pl.col("left") == "")).height
    return _area(
        "client-view", N_("What a client would see"), (passed if records else 0, counts.height if records else 0),
        figures,
        _open(wrong, N_("Places that would look wrong to a client: {count}.")),
    )  # fmt: skip
