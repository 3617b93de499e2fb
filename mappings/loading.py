"""Which crosswalks are in use: the built-in ones, those of profiles, and the workspace's own.

The workspace wins row by row: its rows for an old value and unit take the place of every row
of the base for them, and what they replace stays visible.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.classifications.codelist import CodeList, fold
from kirjaamo.classifications.oid import same_list
from kirjaamo.mappings import form
from kirjaamo.mappings.crosswalk import CONTENT, SCHEMA, Crosswalk, local
from kirjaamo.mappings.errors import OtherListError
from kirjaamo.mappings.targets import Target, coded

if TYPE_CHECKING:
    from kirjaamo.sources.profile import Profile
    from kirjaamo.workspace import Workspace

FOLDER = "mappings"
"""The folder of the workspace's own crosswalks, one ``<name>.yaml`` each."""

_KEY = ["old", "unit"]


def load(
    workspace: "Workspace | None", profiles: Iterable["Profile"] = ()
) -> dict[str, Crosswalk]:
    """Return every crosswalk by name: built in, of *profiles*, and of the workspace.

    Rows that wait for an official code get it where the code list now has the name.

    Raises:
        SettingsError: A file is broken.
        CrosswalkError: Rows of a file contradict each other.
        OtherListError: A file has the name of a mapping between other lists.
    """
    found = base(profiles)
    for name, one in own(workspace).items():
        found[name] = merged(found[name], one) if name in found else one
    codes = Codes(workspace.classifications if workspace else None)
    return {name: resolved(found[name], codes) for name in sorted(found)}


def base(profiles: Iterable["Profile"] = ()) -> dict[str, Crosswalk]:
    """Return the built-in crosswalks and those that *profiles* state as local codes."""
    found = dict(built_in())
    for profile in {one.system: one for one in profiles}.values():
        found |= of_profile(profile)
    return found


@cache
def built_in() -> Mapping[str, Crosswalk]:
    """Return the crosswalks that are shipped."""
    places = (files("kirjaamo.mappings") / "crosswalks").iterdir()
    found = sorted((p for p in places if p.name.endswith(".yaml")), key=lambda p: p.name)
    every = [form.read(place, "base") for place in found]
    return {one.name: one for one in every}


def own(workspace: "Workspace | None") -> dict[str, Crosswalk]:
    """Return the workspace's own crosswalks by name, as they stand in its files."""
    if workspace is None:
        return {}
    places = sorted((workspace.folder / FOLDER).glob("*.yaml"))
    return {place.stem: form.read(place, "workspace") for place in places}


def of_profile(profile: "Profile") -> dict[str, Crosswalk]:
    """Return the local codes that a profile maps; its author counts as their owner.

    Raises:
        CrosswalkError: The profile maps one local code of a field in two ways.
    """
    rows: dict[Target, dict[tuple[str, str], None]] = {}
    for part in profile.parts:
        for table, mapped in part.tables.items():
            for target in coded(profile.system, table, mapped.fields):
                values = mapped.column(target.field).values
                rows.setdefault(target, {}).update(dict.fromkeys(values.items()))
    return {
        target.name: Crosswalk(
            target.name,
            local(profile.system, target.field),
            target.target,
            _profile_rows(profile.system, pairs),
        )
        for target, pairs in rows.items()
        if pairs
    }


def _profile_rows(system: str, pairs: Iterable[tuple[str, str]]) -> pl.DataFrame:
    facts = [
        {
            "old": old,
            "new": new,
            "new_name": "",
            "status": "approved",
            "confidence": "secondary",
            "owner": f"profile {system}",
            "reason": "",
            "evidence": "values of the source profile",
            "origin": "profile",
        }
        for old, new in pairs
    ]
    return pl.DataFrame(facts, schema=SCHEMA)


def merged(below: Crosswalk, above: Crosswalk) -> Crosswalk:
    """Return *below* with the rows of *above* in the place of those for the same values.

    Merging the same crosswalk again changes nothing.

    Raises:
        OtherListError: They are not about the same lists.
    """
    if below.source != above.source or not same_list(below.target, above.target):
        raise OtherListError(file=f"{above.name}.yaml", name=below.name)
    keys = above.rows.select(_KEY).unique()
    kept = below.rows.join(keys, on=_KEY, how="anti", nulls_equal=True)
    covered = below.rows.join(keys, on=_KEY, how="semi", nulls_equal=True)
    changed = covered.join(above.rows, on=list(CONTENT), how="anti", nulls_equal=True)
    return replace(
        below,
        rows=pl.concat([kept, above.rows]),
        note=above.note or below.note,
        replaced=pl.concat([below.replaced, changed]).unique(maintain_order=True),
    )


def resolved(crosswalk: Crosswalk, codes: Codes) -> Crosswalk:
    """Return *crosswalk* with the codes that its code list now has for awaited names.

    Only a name that is written alike, in Finnish or Swedish, and belongs to a single code
    that may be relied on is taken.
    """
    waiting = pl.col("new").is_null() & (pl.col("new_name") != "")
    target = codes.find(crosswalk.target)
    if target is None or not crosswalk.rows.filter(waiting).height:
        return crosswalk
    known = named(target)
    if not known.height:
        return crosswalk
    code = fold(pl.col("new_name")).replace_strict(
        known["name"], known["code"], default=None, return_dtype=pl.String
    )
    rows = crosswalk.rows.with_columns(
        new=pl.when(waiting).then(code).otherwise(pl.col("new"))
    ).with_columns(
        new_name=pl.when(pl.col("new").is_null()).then("new_name").otherwise(pl.lit(""))
    )
    return replace(crosswalk, rows=rows)


def named(target: CodeList) -> pl.DataFrame:
    """Return ``code, name``: the names that belong to one code each that may be relied on."""
    usable = target.frame.filter(
        ~pl.col("status").is_in(["deleted", "proposal"]), pl.col("confidence") != "uncertain"
    )
    both = [
        frame.select("code", name=fold(pl.col(column)))
        for frame in (usable, target.displays.join(usable, on="code", how="semi"))
        for column in ("name_fi", "name_sv")
    ]
    names = pl.concat(both).filter(pl.col("name") != "").unique(maintain_order=True)
    return names.filter(pl.len().over("name") == 1)


def find(crosswalks: Mapping[str, Crosswalk], source: str, target: str) -> Crosswalk | None:
    """Return the crosswalk from one list to another, or None."""
    for one in crosswalks.values():
        if one.source == source and same_list(one.target, target):
            return one
    return None
