"""xBRL-CSV: metadata, and a table for each set of dimensions, streamed.

A report is a folder, or a report package (zip) with it.  Facts with the same dimensions, unit,
decimals and day share a table; its columns are the metric, the dimensions and the value.
Specification: xBRL-CSV 1.0; Report Package 1.0.
"""

import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl

from kirjaamo.errors import CannotWriteError, KirjaamoError
from kirjaamo.files import replacing, why
from kirjaamo.finance.facts import Filing, Review
from kirjaamo.finance.writing import oim
from kirjaamo.finance.writing.naming import METRIC, unpacked
from kirjaamo.messages import N_

TYPE: Final = "https://xbrl.org/2021/xbrl-csv"
PACKAGES: Final = {
    ".zip": "https://xbrl.org/report-package/2023",
    ".xbr": "https://xbrl.org/report-package/2023/xbr",
}
"""Ending of a report package to the type that it states."""

METADATA: Final = "report.json"
INDICATORS: Final = "indicators.csv"
SLICE: Final = 50_000

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_OURS: Final = re.compile(r"report\.json|indicators\.csv|facts-[0-9]+\.csv")


class OccupiedFolderError(KirjaamoError):
    """A folder holds something that is no report of ours."""

    sentence = N_("{path} holds other files. Name a new folder for the report.")


class Shape(NamedTuple):
    """What the facts of one table share.

    Attributes:
        dimensions: Names of the dimensions, each after a bar.
        period: The day.
        unit: The unit; empty for text.
        decimals: The decimals; empty for text.
    """

    dimensions: str
    period: str
    unit: str
    decimals: str


def write(path: Path, filing: Filing, review: Review | None = None) -> None:
    """Write a report as a folder, or as a package when *path* has an ending; whole or not at all.

    Raises:
        FactsError: The facts cannot stand in one instance.
        OccupiedFolderError: The folder holds other files.
        CannotWriteError: There is no space or no permission.
    """
    del review
    facts, namespaces = oim.prepared(filing)
    with _beside(path) as folder:
        shapes = _write_tables(folder, facts, typed=bool(filing.typed))
        metadata = _metadata(filing, facts, namespaces, shapes)
        text = json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"
        (folder / METADATA).write_text(text, "utf-8", newline="\n")
        if filing.indicators:
            rows = "".join(f"{code},true\n" for code in sorted(set(filing.indicators)))
            (folder / INDICATORS).write_text(f"template,filed\n{rows}", "utf-8", newline="\n")
        if path.suffix in PACKAGES:
            _pack(folder, path)
        else:
            _put(folder, path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a folder that is taken away in the end; errors of the disk become a sentence."""
    place = path.resolve().parent
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=f".{path.name}.", dir=place, ignore_cleanup_errors=True
        ) as name:
            folder = Path(name) / "report"
            folder.mkdir()
            yield folder
    except OSError as error:
        raise CannotWriteError(path=path, reason=why(error)) from None


def _write_tables(folder: Path, facts: pl.DataFrame, *, typed: bool) -> list[Shape]:
    """Write the tables and return their shapes, in the order of the tables."""
    parts = [facts.slice(start, SLICE) for start in range(0, len(facts), SLICE)]
    found = sorted({shape for part in parts for shape in _shapes(part)})
    numbers = {shape: number for number, shape in enumerate(found, start=1)}
    for shape, number in numbers.items():
        names = ["metric", *_columns(shape), "value"]
        (folder / f"facts-{number}.csv").write_text(",".join(names) + "\n", newline="\n")
    for part in parts:
        keyed = part.with_columns(_shape_of())
        for key, rows in keyed.group_by(*Shape._fields, maintain_order=True):
            shape = Shape(*map(str, key))
            with (folder / f"facts-{numbers[shape]}.csv").open("ab") as stream:
                _rows(rows, shape, typed=typed).write_csv(stream, include_header=False)
    return found


def _shape_of() -> pl.Expr:
    bare = pl.col("signature").str.replace(METRIC, "")
    return bare.str.replace_all(r"\([^)]*\)", "").alias("dimensions")


def _shapes(part: pl.DataFrame) -> Iterator[Shape]:
    for row in part.with_columns(_shape_of()).select(Shape._fields).unique().iter_rows():
        yield Shape(*row)


def _names(shape: Shape) -> list[str]:
    return [name for name in shape.dimensions.split("|") if name]


def _columns(shape: Shape) -> Mapping[str, str]:
    """Return column to dimension: the name of a dimension without its colon."""
    return {
        re.sub("[^A-Za-z0-9_]", "_", name)
        + ("" if name.count(":") == 1 else f"_{number}"): name
        for number, name in enumerate(_names(shape))
    }


def _rows(facts: pl.DataFrame, shape: Shape, *, typed: bool) -> pl.DataFrame:
    """Return the columns of a table."""
    members = pl.col("signature").str.extract_all(r"\([^)]*\)").list.slice(1)
    texts = [
        members.list.get(number).str.strip_prefix("(").str.strip_suffix(")").alias(name)
        for number, name in enumerate(_columns(shape))
    ]
    if typed:
        texts = [text.map_elements(_member, return_dtype=pl.String) for text in texts]
    value = pl.col("value")
    if not shape.unit:
        value = pl.when(value.str.starts_with("#")).then("#" + value).otherwise(value)
    return facts.select(pl.col("signature").str.extract(METRIC).alias("metric"), *texts, value)


def _member(text: str) -> str:
    """Return a member as a cell; values of open dimensions that begin with ``#`` get another."""
    if not text.startswith("="):
        return text
    value = unpacked(text[1:])
    return f"#{value}" if value.startswith("#") else value


def _metadata(
    filing: Filing, facts: pl.DataFrame, namespaces: Mapping[str, str], shapes: list[Shape]
) -> dict[str, Any]:
    templates = {
        f"facts-{number}": _template(one) for number, one in enumerate(shapes, start=1)
    }
    if filing.indicators:
        templates["indicators"] = _indicator_template(str(facts["period"].max()))
    return {
        "documentInfo": {
            "documentType": TYPE,
            "namespaces": dict(namespaces),
            "taxonomy": oim.taxonomies(filing),
        },
        "dimensions": {"entity": oim.entity(filing)},
        "tableTemplates": templates,
        "tables": {name: {"url": f"{name}.csv"} for name in templates},
    }


def _template(shape: Shape) -> dict[str, Any]:
    columns = _columns(shape)
    value: dict[str, Any] = {"dimensions": {"concept": "$metric"}}
    value["dimensions"] |= {name: f"${column}" for column, name in columns.items()}
    if shape.decimals not in {"", "INF"}:
        value["decimals"] = int(shape.decimals)
    common = {"period": oim.midnight(shape.period)}
    if shape.unit not in {"", oim.PURE}:
        common["unit"] = shape.unit
    return {
        "columns": {"metric": {}, **{column: {} for column in columns}, "value": value},
        "dimensions": common,
    }


def _indicator_template(period: str) -> dict[str, Any]:
    about = {"concept": f"{oim.INDICATOR}:filed", f"{oim.INDICATOR}:template": "$template"}
    return {
        "columns": {"template": {}, "filed": {"dimensions": about}},
        "dimensions": {"period": oim.midnight(period)},
    }


def _pack(folder: Path, path: Path) -> None:
    """Write a report package; the same report gives the same bytes."""
    info = {"documentInfo": {"documentType": PACKAGES[path.suffix]}}
    with replacing(path) as stream, zipfile.ZipFile(stream, "w") as package:
        _add(package, f"{path.stem}/META-INF/reportPackage.json").write(
            (json.dumps(info) + "\n").encode()
        )
        for one in sorted(folder.iterdir()):
            with (
                one.open("rb") as source,
                _add(package, f"{path.stem}/reports/{one.name}") as to,
            ):
                shutil.copyfileobj(source, to, 1 << 20)


def _add(package: zipfile.ZipFile, name: str) -> Any:  # noqa: ANN401 - zipfile names no type
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    return package.open(member, "w", force_zip64=True)


def _put(folder: Path, path: Path) -> None:
    """Give the folder its name; an earlier report of ours is replaced."""
    if path.exists():
        if not path.is_dir() or any(not _OURS.fullmatch(one.name) for one in path.iterdir()):
            raise OccupiedFolderError(path=path)
        path.rename(folder.with_name("old"))
    folder.rename(path)
