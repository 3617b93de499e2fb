"""Data points of any file that holds them, by what it is."""

from dataclasses import replace
from pathlib import Path

import polars as pl

from kirjaamo.files import why
from kirjaamo.finance.datapoints import DataPoints, dpm, table, vkdata
from kirjaamo.finance.datapoints.errors import DataPointsError, OtherVersionError
from kirjaamo.finance.datapoints.signature import canonical
from kirjaamo.finance.datapoints.sqlite import has, opened, tables
from kirjaamo.messages import N_, language

_START = b"SQLite format 3\x00"


def read(path: Path, version: str = "") -> DataPoints:
    """Return the data points of a file.

    Args:
        path: "VK data" or a DPM database (SQLite), or CSV.
        version: The taxonomy they must be of; any when empty.

    Raises:
        DataPointsError: The file cannot be read, or holds no data points.
        SignatureError: A signature is not one.
        OtherVersionError: They are of another taxonomy.
    """
    try:
        with path.open("rb") as stream:
            is_database = stream.read(len(_START)) == _START
    except OSError as error:
        raise DataPointsError(file=path.name, reason=why(error)) from None
    if is_database or path.suffix.lower() in {".sqlite", ".sqlite3", ".db"}:
        found = _of_database(path)
    else:
        frame, versions = table.read(path)
        found = DataPoints(path.name, frame, versions)
    if version and found.versions and version not in found.versions:
        facts = {"found": ", ".join(found.versions), "wanted": version}
        raise OtherVersionError(file=path.name, **facts)
    return replace(found, frame=_canonical(found))


def _of_database(path: Path) -> DataPoints:
    with opened(path) as connection:
        names = tables(connection)
        if has(connection, names, **vkdata.NEEDED):
            frame = vkdata.points(connection, names)
        elif has(connection, names, **dpm.NEEDED):
            frame = dpm.points(connection)
        else:
            reason = N_(
                "it has neither the table Kenttatunnukset nor the table mTableCell with the "
                "columns that are read"
            )
            raise DataPointsError(file=path.name, reason=reason)
        return DataPoints(
            path.name,
            frame,
            vkdata.versions(connection, names) or dpm.versions(connection, names),
            dpm.nodes(connection, names),
            dpm.labels(connection, names, language()),
        )


def _canonical(found: DataPoints) -> pl.DataFrame:
    """Return the data points once each, in order, with canonical signatures.

    Raises:
        DataPointsError: There are none, or one signature has two numbers.
    """
    if found.frame.is_empty():
        raise DataPointsError(file=found.source, reason=N_("it is empty"))
    texts = canonical(found.frame["signature"], found.source)
    frame = found.frame.with_columns(texts.alias("signature")).unique(maintain_order=True)
    once = frame.group_by("signature", maintain_order=True).agg(
        pl.col("id").first(),
        pl.col("open").any(),
        pl.col("mandatory").any(),
        pl.col("label").first(),
        numbers=pl.col("id").n_unique(),
    )
    if once["numbers"].max() != 1:
        reason = N_("one signature has two numbers")
        raise DataPointsError(file=found.source, reason=reason)
    return once.drop("numbers").sort("signature")
