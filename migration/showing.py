"""What a person is shown of plans, runs and the ledger: tables and sentences, no value of a record."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.ledger.verifying import trail as entries
from kirjaamo.messages import N_, gettext
from kirjaamo.migration.ledger import Book
from kirjaamo.migration.planning import COUNTED, Plan
from kirjaamo.migration.reasons import REASONS, Outcome


def counts(plan: Plan) -> pl.DataFrame:
    """Return what becomes of the records of a plan, by every word of `COUNTED`."""
    rows = [[getattr(c, name) for name in (*COUNTED, "records", "size")] for c in plan.counts]
    schema = dict.fromkeys(COUNTED, pl.String) | {"records": pl.Int64, "size": pl.Int64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    keys = ["system", "kind", "outcome", "reason"]
    return frame.group_by(keys).agg(pl.col("records", "size").sum()).sort(keys)


def sentences(plan: Plan, seconds: float) -> Iterator[str]:
    """Yield the sum of a plan, what closes each gate and what opens it.

    Args:
        plan: The plan.
        seconds: How long it took to make; running it takes about as long, and writing besides.
    """
    told = gettext("Read {read}: {moved} would move, {held} be held, {rejected} be rejected.")
    yield told.format(
        read=plan.total(), **{str(o): plan.total(outcome=str(o)) for o in Outcome}
    )
    size = sum(count.size for count in plan.counts)
    yield gettext("About {size:.1f} MB; running it takes about {seconds:.0f} s.").format(
        size=size / 1e6, seconds=seconds
    )
    if plan.left:
        yield gettext("The selection leaves {count} rows out.").format(count=plan.left)
    closed = Counter[tuple[str, str]]()
    for count in plan.counts:
        if count.reason:
            closed[count.reason, count.awaited] += count.records
    order = list(REASONS)
    for code, awaited in sorted(closed, key=lambda key: (order.index(key[0]), key[1])):
        yield f"{closed[code, awaited]} {code}: {gate(code, awaited)}"


def gate(code: str, awaited: str) -> str:
    """Return the sentence and the advice of a gate, in the language in use.

    Args:
        code: The gate.
        awaited: OID of the code list for which records wait there, when they do.
    """
    reason = REASONS[code]
    known = Codes().find(awaited) if awaited else None
    advice = gettext(reason.advice).format(list=known.slug if known else awaited)
    return f"{gettext(reason.sentence)}. {advice}"


RUN = N_(
    "Run {run} ({stage}) is {state}: {moved} moved, {held} held, {rejected} rejected. "
    "Chain of the records: {chain}"
)


def run_sentence(book: Book, run: Mapping[str, Any]) -> str:
    """Return where a run stands."""
    from kirjaamo.migration.running import STATES

    done = book.batches(run["number"])
    total = {str(o): sum(batch[str(o)] for batch in done) for o in Outcome}
    chain = next((batch["chain"] for batch in reversed(done) if batch["chain"]), "-")
    return gettext(RUN).format(
        run=run["number"], stage=run["stage"], state=gettext(STATES[run["state"]]), chain=chain,
        **total,
    )  # fmt: skip


def runs(book: Book) -> pl.DataFrame:
    """Return every run with its counts."""
    rows = []
    for run in book.runs():
        done = book.batches(run["number"])
        states = Counter(batch["state"] for batch in done)
        rows.append(
            {
                "run": run["number"], "stage": run["stage"], "state": run["state"],
                "batches": len(done), "done": states["done"],
                **{str(o): sum(b[str(o)] for b in done) for o in Outcome},
                "target": run["target"], "plan": run["plan_hash"][:12],
            }
        )  # fmt: skip
    return pl.DataFrame(rows)


def batches(book: Book, run: int) -> pl.DataFrame:
    """Return the batches of a run."""
    book.run(run)
    names = ("number", "system", "kind", "first", "last", "state", "moved", "held", "rejected")
    return pl.DataFrame([{name: batch[name] for name in names} for batch in book.batches(run)])


def warnings(book: Book) -> Iterator[str]:
    """Yield what a person should know of the ledger."""
    back = sum('"clock":"set back"' in str(entry["facts"]) for entry in entries(book))
    if back:
        sentence = gettext(
            "The clock went back {count} times; the entries are in the order of their numbers."
        )
        yield sentence.format(count=back)


def trail(book: Book) -> pl.DataFrame:
    """Return the audit trail."""
    return pl.DataFrame(entries(book))


def left(book: Book, run: int) -> pl.DataFrame:
    """Return the records of a run that did not move: places, gates and findings."""
    book.run(run)
    names = ("system", "kind", "source", "source_row", "outcome", "reason", "findings")
    rows = [
        {name: record[name] for name in names}
        for record in book.every(run)
        if record["outcome"] != Outcome.MOVED
    ]
    return pl.DataFrame(rows)


_KEY = ["system", "kind", "source_key"]


def difference(book: Book, before: int, after: int) -> pl.DataFrame:
    """Return how many records met which end in two runs, where the ends differ."""
    one, two = (_ends(book, run) for run in (before, after))
    both = one.join(two, on=_KEY, how="full", coalesce=True, suffix="_after").fill_null("-")
    ends = ["outcome", "reason", "target_hash"]
    changed = both.filter(
        pl.any_horizontal(pl.col(name) != pl.col(f"{name}_after") for name in ends)
    )
    shown = ["system", "kind", "outcome", "reason", "outcome_after", "reason_after"]
    return changed.group_by(shown).agg(pl.len().alias("records")).sort(shown)


def _ends(book: Book, run: int) -> pl.DataFrame:
    book.run(run)
    names = [*_KEY, "outcome", "reason", "target_hash"]
    rows = [[record[name] for name in names] for record in book.every(run)]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row").unique(
        _KEY, keep="first", maintain_order=True
    )
