"""What differs between two instances, whatever their form, order, prefixes and identifiers."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

import polars as pl

from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.datapoints.signature import told
from kirjaamo.finance.facts import KEY, Filing, TwoValuesError
from kirjaamo.finance.instances.showing import labelled
from kirjaamo.messages import N_, gettext

CHANGES: Final = (
    N_("filing"), N_("changed"), N_("added"), N_("absent"), N_("unit"), N_("decimals"),
)  # fmt: skip
"""Words of the column ``change``: of the filing as a whole, of a value, or of a fact."""

HEAD: Final = {
    "entity": N_("business identity code"),
    "scheme": N_("scheme of the code"),
    "entry_point": N_("entry point"),
    "indicators": N_("filing indicators"),
}
"""What may differ between filings as a whole."""

COLUMNS: Final = ("change", "id", "label", "period", "old", "new", "breakdown")

_FIELDS: Final = ("value", "unit", "decimals")


def difference(old: Filing, new: Filing, points: DataPoints | None = None) -> pl.DataFrame:
    """Return what changed from one filing to another; see `COLUMNS`.

    Numbers are compared as numbers: 1.0 and 1.00 are the same, their decimals are not.

    Raises:
        TwoValuesError: A data point has two values in one of them.
    """
    aligned = with_prefixes(new, old.namespaces)
    before, after = _once(old.facts), _once(aligned.facts)
    both = before.join(after, on=KEY, how="full", suffix="_new", coalesce=True)
    there, now = pl.col("value").is_not_null(), pl.col("value_new").is_not_null()
    shared = both.filter(there & now)
    same_number = _same_number(shared)
    parts = [
        _rows(both.filter(there & ~now), "absent", pl.col("value"), pl.lit("")),
        _rows(both.filter(~there & now), "added", pl.lit(""), pl.col("value_new")),
        _rows(shared.filter(~same_number), "changed", pl.col("value"), pl.col("value_new")),
        *(_of(shared.filter(same_number), name) for name in ("unit", "decimals")),
    ]
    order = pl.col("change").cast(pl.Enum(CHANGES))
    found = pl.concat(parts).sort(order, *KEY)
    whole = pl.DataFrame(_heads(old, new), schema=found.schema, orient="row")
    is_whole = pl.col("change") == "filing"
    return (
        labelled(pl.concat([whole, found]), points)
        .with_columns(label=pl.when(is_whole).then("signature").otherwise("label"))
        .with_columns(breakdown=pl.when(is_whole).then(pl.lit("")).otherwise("signature"))
        .select(COLUMNS)
    )


def with_prefixes(filing: Filing, wanted: Mapping[str, str]) -> Filing:
    """Return a filing that names namespaces with the prefixes of another."""
    names = {uri: prefix for prefix, uri in wanted.items()}
    changed = {
        prefix: names[uri]
        for prefix, uri in filing.namespaces.items()
        if uri in names and names[uri] != prefix
    }
    if not changed:
        return filing
    signature = pl.col("signature")
    for prefix in sorted(changed):  # in two steps, so that prefixes can change places
        signature = signature.str.replace_all(rf"([|(]){prefix}:", f"${{1}}\x00{prefix}:")
    for prefix, name in changed.items():
        signature = signature.str.replace_all(f"\x00{prefix}:", f"{name}:", literal=True)
    members = pl.col("signature").str.split("|").list
    ordered = pl.concat_list(members.head(1), members.slice(1).list.sort()).list.join("|")
    facts = filing.facts.with_columns(signature).with_columns(signature=ordered)
    return replace(filing, facts=facts, namespaces=dict(wanted))


def _once(facts: pl.DataFrame) -> pl.DataFrame:
    """Return facts without those that say again what another says.

    Raises:
        TwoValuesError: A data point has two values.
    """
    if not facts.select(pl.struct(KEY).is_duplicated().any()).item():
        return facts
    once = facts.unique(maintain_order=True)
    twice = once.filter(pl.struct(KEY).is_duplicated())
    if len(twice):
        raise TwoValuesError(signature=told(str(twice["signature"].min())))
    return once


def _same_number(shared: pl.DataFrame) -> pl.Series:
    """Tell which values are the same, as texts or as numbers."""
    same = shared["value"] == shared["value_new"]
    if same.all():
        return same
    equal = [
        bool(is_same) or (unit != "" and _number(old) == _number(new) is not None)
        for is_same, unit, old, new in zip(
            same, shared["unit"], shared["value"], shared["value_new"], strict=True
        )
    ]
    return pl.Series(equal, dtype=pl.Boolean)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _of(shared: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return the facts of which only unit or decimals differ."""
    other = shared.filter(pl.col(name) != pl.col(f"{name}_new"))
    return _rows(other, name, pl.col(name), pl.col(f"{name}_new"))


def _rows(frame: pl.DataFrame, change: str, old: pl.Expr, new: pl.Expr) -> pl.DataFrame:
    return frame.select(
        pl.lit(change).alias("change"),
        "signature",
        "period",
        old.alias("old"),
        new.alias("new"),
    )


def _heads(old: Filing, new: Filing) -> list[tuple[str, ...]]:
    """Return what differs between the filings as a whole."""
    found = []
    for name, about in HEAD.items():
        texts = [_text(getattr(one, name)) for one in (old, new)]
        if texts[0] != texts[1]:
            found.append(("filing", gettext(about), "", *texts))
    return found


def _text(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)
