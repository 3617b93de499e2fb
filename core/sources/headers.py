"""Header rows: the names of the columns as a person wrote them, each usable once."""

from kirjaamo.sources import RAGGED, limits
from kirjaamo.sources.errors import (
    DuplicateHeaderError,
    EmptyFileError,
    MissingColumnError,
    NamelessColumnError,
    ReservedHeaderError,
    TooManyColumnsError,
)
from kirjaamo.sources.profile import Part

RESERVED = frozenset({"_row", "_source", RAGGED})


def joined(rows: list[list[str]]) -> list[str]:
    """Return one header per column from several header rows.

    >>> joined([["Asiakas", "", "Päätös"], ["Nimi", "Tunnus", ""]])
    ['Asiakas Nimi', 'Tunnus', 'Päätös']
    """
    width = max(map(len, rows), default=0)
    padded = [row + [""] * (width - len(row)) for row in rows]
    return [" ".join(" ".join(texts).split()) for texts in zip(*padded, strict=True)]


def checked(texts: list[str], part: Part, source: str) -> tuple[str, ...]:
    """Return the headers of a source, each one different from the others.

    A header that the profile does not name may stand twice or be empty: it then gets its
    position, ``Selite [7]``, so that an unused column never stops the work.

    Raises:
        HeaderError: A header that is needed is missing, stands twice or is reserved.
        EmptyFileError: No header at all.
    """
    if len(texts) > limits.COLUMNS:
        raise TooManyColumnsError(source=source, columns=len(texts), limit=limits.COLUMNS)
    if not any(texts):
        raise EmptyFileError(source=source)
    wanted = named(part)
    last = max(number for number, text in enumerate(texts) if text)
    seen: dict[str, int] = {}
    for number, text in enumerate(texts):
        position = number + 1
        if text in RESERVED:
            raise ReservedHeaderError(source=source, header=text, position=position)
        if not text and not wanted and number < last:
            raise NamelessColumnError(source=source, position=position)
        if text and text in seen and (text in wanted or not wanted):
            facts = {"first": seen[text] + 1, "second": position}
            raise DuplicateHeaderError(source=source, header=text, **facts)
        seen.setdefault(text or f"[{position}]", number)
    return _unlike(texts)


def _unlike(texts: list[str]) -> tuple[str, ...]:
    taken: dict[str, None] = {}
    for number, text in enumerate(texts):
        name = text if text and text not in taken else f"{text} [{number + 1}]".strip()
        while name in taken:
            name += "'"
        taken[name] = None
    return tuple(taken)


def named(part: Part) -> frozenset[str]:
    """Return every header that a part of a profile names."""
    return frozenset(name for table in part.tables.values() for name in table.headers)


def missing(part: Part, header: tuple[str, ...]) -> list[str]:
    """Return the headers that the profile names and the source lacks, in the order of the profile."""
    columns = (name for table in part.tables.values() for name in table.headers)
    return list(dict.fromkeys(name for name in columns if name not in header))


def require(part: Part, header: tuple[str, ...], source: str) -> None:
    """Refuse a source that lacks a column of the profile.

    Raises:
        MissingColumnError: With the nearest header that there is.
    """
    lacking = missing(part, header)
    if lacking:
        raise MissingColumnError(source=source, column=lacking[0], known=header)
