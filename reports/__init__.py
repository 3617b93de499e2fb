"""Output formats: one module each, one line in ``FORMATS``.

A format is one function ``write(run, stream)`` that writes a finished run to a byte stream.
No format reads a source, except ``xlsx``, which annotates the person's own sheets.
"""

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.run import Run


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a run.

    Attributes:
        name: What a person types after ``--format``.
        suffix: Usual end of the file's name.
        binary: Whether it is unfit for a terminal.
        about: For whom it is, a sentence of the catalogue.
        module: The module whose ``write`` makes it; imported when asked for.
        needs: What its ``write`` takes by name beside the run and the stream.
    """

    name: str
    suffix: str
    binary: bool
    about: str
    module: str
    needs: tuple[str, ...] = ()


def _format(name: str, suffix: str, about: str, *, needs: tuple[str, ...] = ()) -> Format:
    return Format(name, suffix, suffix == ".xlsx", about, f"{__name__}.{name}", needs)


FORMATS: dict[str, Format] = {
    known.name: known
    for known in (
        _format(
            "text", ".txt", N_("A summary to read: what was found, where, and what to do.")
        ),
        _format("json", ".json", N_("Everything about the check as one object, for programs.")),
        _format("jsonl", ".jsonl", N_("One finding per line, for programs and large checks.")),
        _format("csv", ".csv", N_("The findings as a table that opens in Excel.")),
        _format(
            "sarif", ".sarif", N_("SARIF 2.1.0, for services that show the findings of checks.")
        ),
        _format("junit", ".xml", N_("JUnit XML, for services that build and test.")),
        _format(
            "xlsx",
            ".xlsx",
            N_(
                "Your own sheets with a colour and a comment at each finding; holds the records."
            ),
            needs=("sources",),
        ),
    )
}


def get(name: str) -> Format:
    """Return the format called *name*.

    Raises:
        UnknownNameError: There is no such format.
    """
    try:
        return FORMATS[name]
    except KeyError:
        raise UnknownNameError(
            kind=N_("report format"), name=name, known=tuple(FORMATS)
        ) from None


def for_file(path: Path) -> str:
    """Return the name of the format whose usual ending *path* has.

    Raises:
        UnknownNameError: No format ends so.

    >>> for_file(Path("report.sarif"))
    'sarif'
    """
    suffix = path.suffix.lower()
    found = next((form.name for form in FORMATS.values() if form.suffix == suffix), None)
    if found is None:
        known = tuple(form.suffix for form in FORMATS.values())
        raise UnknownNameError(kind=N_("report format"), name=suffix or path.name, known=known)
    return found


def write(name: str, run: Run, stream: BinaryIO, **offered: Any) -> None:  # noqa: ANN401
    """Write *run* to *stream* in the format *name*.

    Args:
        name: A name in ``FORMATS``.
        run: A finished check.
        stream: Where the bytes go; it need not be seekable.
        offered: Facts that some formats need; each takes those that it names in ``needs``.
            ``sources`` are those that were checked, as `kirjaamo.sources.formats.Source`.

    Raises:
        UnknownNameError: There is no such format.
    """
    wanted = get(name)
    taken = {need: offered[need] for need in wanted.needs if need in offered}
    importlib.import_module(wanted.module).write(run, stream, **taken)
