"""Writing sample documents: a folder, JSON lines or a zip, and the truth beside them."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from kirjaamo import files
from kirjaamo.samples.documents import Documents
from kirjaamo.samples.documents.mutations import TOLD_BESIDE, TOLD_INSIDE, any_kind, rules

FORMATS: Final = ("folder", "jsonl", "zip")
"""Forms in which documents are written."""

TRUTH = "truth.csv"
COLUMNS = ("document", "line", "structure", "pointer", "kind", "rule")

UNWORDED = "fixed-text-changed"
"""The kind of damage that a stand-in for a fixed text amounts to."""

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the time of every member of a zip, so that bytes are equal

Row = tuple[str, str, str, str]
"""Structure, JSON pointer, kind of damage, rule."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted.

    Attributes:
        oids: Structure versions.
        count: Documents of each.
        fill: How full they are.
        seed: Where chance begins.
        damaged: Share of documents that get one piece of damage.
        form: A word of `FORMATS`; lines have no name that tells the structure.
    """

    oids: tuple[str, ...]
    count: int = 1
    fill: str = "random"
    seed: int = 0
    damaged: float = 0.0
    form: str = "folder"


@dataclass(frozen=True, slots=True)
class Made:
    """A document to be written: its name, its bytes and what is wrong with it."""

    name: str
    content: bytes
    wrong: tuple[Row, ...]


def made(documents: Documents, order: Order) -> Iterator[Made]:
    """Yield the documents of an order, structure by structure."""
    unfit = TOLD_BESIDE if order.form == "jsonl" else TOLD_INSIDE
    for oid in order.oids:
        for number in range(1, order.count + 1):
            tree = documents.make(oid, order.fill, order.seed * 1_000_003 + number)
            rng = Random(f"{oid} {order.seed} {number} damage")  # noqa: S311 - no secret
            found: tuple[Row, ...] = ()
            if rng.random() < order.damaged:
                damaged = any_kind(tree, oid, rng, documents, leave_out=unfit)
                tree = damaged.tree
                found = ((oid, damaged.pointer, damaged.kind, damaged.rule),)
            stand_ins = _stand_ins(documents, oid, tree) if _is_whole(tree) else ()
            wrong = tuple(dict.fromkeys((*stand_ins, *found)))
            yield Made(f"{oid}_{number}.json", _bytes(tree), wrong)


def _is_whole(tree: dict[str, Any]) -> bool:
    """Return whether a check gets past the root of a document."""
    return len(tree) == 1


def _stand_ins(documents: Documents, oid: str, tree: dict[str, Any]) -> Iterator[Row]:
    """Yield where a fixed text stands whose wording is not known; none of them repeats."""
    for path in documents.unworded(oid):
        found: Any = tree
        for key in path.split("/"):
            found = found.get(key) if isinstance(found, dict) else None
        if found is not None:
            yield oid, f"/{path}", UNWORDED, rules()[UNWORDED]


def _bytes(tree: dict[str, Any]) -> bytes:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def write(documents: Documents, order: Order, output: Path) -> int:
    """Write the documents of an order and return how many there are.

    A truth list is written beside them when anything is wrong with one of them.

    Args:
        documents: The maker.
        order: What is wanted.
        output: A folder, or the file of the lines or the zip.

    Raises:
        CannotWriteError: The output cannot be written.
        UnknownNameError: There is no such structure or fill.
    """
    form = order.form
    writer = {"folder": _folder, "jsonl": _lines, "zip": _zip}[form]
    truth: list[tuple[str, ...]] = []
    count = writer(_told(made(documents, order), form, output.name, truth), output)
    beside = output / TRUTH if form == "folder" else output.with_name(f"{output.stem}.{TRUTH}")
    if truth:
        files.write(beside, _table(truth))
    return count


def _told(
    found: Iterable[Made], form: str, name: str, truth: list[tuple[str, ...]]
) -> Iterator[Made]:
    """Yield documents, and note what is wrong with them under the name a check shows."""
    for number, one in enumerate(found, 1):
        shown = {"folder": one.name, "jsonl": name, "zip": f"{name}[{one.name}]"}[form]
        line = number if form == "jsonl" else 1
        truth.extend((shown, str(line), *row) for row in one.wrong)
        yield one


def _table(truth: list[tuple[str, ...]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(truth)
    return stream.getvalue().encode()


def _folder(found: Iterable[Made], output: Path) -> int:
    count = 0
    for count, one in enumerate(found, 1):  # noqa: B007 - the last number is the count
        files.write(output / one.name, one.content)
    return count


def _lines(found: Iterable[Made], output: Path) -> int:
    count = 0
    with files.replacing(output) as stream:
        for count, one in enumerate(found, 1):  # noqa: B007 - the last number is the count
            stream.write(one.content + b"\n")
    return count


def _zip(found: Iterable[Made], output: Path) -> int:
    count = 0
    with ExitStack() as stack:
        stream = stack.enter_context(files.replacing(output))
        archive = stack.enter_context(zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED))
        for count, one in enumerate(found, 1):  # noqa: B007 - the last number is the count
            archive.writestr(
                zipfile.ZipInfo(one.name, _EPOCH), one.content, zipfile.ZIP_DEFLATED
            )
    return count
