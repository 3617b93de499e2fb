"""Finding out how a text file is written: encoding and delimiter, by fixed reasoning.

Encoding, in this order:

1. a byte order mark decides (UTF-8, UTF-16 LE, UTF-16 BE);
2. zero bytes on nearly every second place are UTF-16 (LE when they are the odd places); more
   than two control characters in a hundred bytes are no text;
3. the first part of the file with a byte above 127: UTF-8 when it holds at least as many
   whole UTF-8 characters as broken ones, so that a few damaged places do not change it;
4. ISO-8859-15 when a byte stands where only that encoding has a sensible character: Š š Ž ž
   beside a letter, or € after a number, and no byte of 128-159 is there;
5. Windows-1252, which holds every printable character of ISO-8859-1 at the same place.

Delimiter: of ``; , tab |`` the one that gives the most of the first records as many cells as
the header; then the one that gives more cells.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.sources import place
from kirjaamo.sources.errors import BinaryFileError, EncodingError, LineEndError
from kirjaamo.sources.lines import records

SAMPLE = 1 << 20
DELIMITERS = ";,\t|"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KNOWN = ("utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15", "cp850")
# Š š Ž ž of ISO-8859-15 beside a letter; € after a digit, with or without a space.
_LATIN9 = re.compile(rb"[A-Za-z\xc0-\xff][\xa6\xa8\xb4\xb8]|[\xa6\xa8\xb4\xb8][a-z\xe0-\xff]"
                     rb"|[0-9][ \xa0]?\xa4")  # fmt: skip
_RECORDS = 100
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_DAMAGE = 0.02


@dataclass(frozen=True, slots=True)
class Text:
    """How a text file is written.

    Attributes:
        encoding: Python's name of the encoding.
        mark: Length of the byte order mark in bytes.
        width: Bytes of one code unit: 2 for UTF-16, otherwise 1.
    """

    encoding: str
    mark: int = 0

    @property
    def width(self) -> int:
        """Return the bytes of one code unit."""
        return 2 if self.encoding.startswith("utf-16") else 1


def mark(encoding: str, start: bytes) -> int:
    """Return how many bytes of *start* are a byte order mark of *encoding*."""
    return next((len(b) for b, name in _BOMS if name == encoding and start.startswith(b)), 0)


def text(location: str, declared: str = "") -> Text:
    """Return how the text file at *location* is written.

    Raises:
        BinaryFileError: It is no text file.
        EncodingError: It is plainly not written in the *declared* encoding.
        LineEndError: Its lines end with a bare carriage return.
        UnknownNameError: There is no such encoding as *declared*.
    """
    path = place.checked(location)
    sample = _sample(location)
    found = _found(sample)
    if declared:
        found = _agreed(path, _name(declared, sample), found, sample)
    if not found:
        raise BinaryFileError(source=path.name)
    plain = sample.replace(b"\0", b"")
    if b"\n" not in plain and plain.rstrip(b"\r").count(b"\r") > 0:
        raise LineEndError(source=path.name)
    return Text(found, mark(found, sample))


def _sample(location: str) -> bytes:
    """Return the start of a file, and the first part that is not plain ASCII."""
    with place.opened(location) as stream:
        head = block = stream.read(SAMPLE)
        while block and block.isascii() and b"\0" not in block:
            block = stream.read(SAMPLE)
    return head if block is head else head + b" " * bool(block) + block


def _found(sample: bytes) -> str:
    for start, name in _BOMS:
        if sample.startswith(start):
            return "" if sample.startswith(codecs.BOM_UTF32_LE) else name
    if b"\0" in sample and (wide := _wide(sample)):
        return wide
    if len(_CONTROL.findall(sample)) > len(sample) * _DAMAGE:
        return ""
    if _is_utf8(sample):
        return "utf-8"
    if not re.search(rb"[\x80-\x9f]", sample) and _LATIN9.search(sample):
        return "iso-8859-15"
    return "windows-1252"


def _wide(sample: bytes) -> str:
    """Return which UTF-16 a text without a mark is, or "" when it is no text."""
    even, odd = sample[::2], sample[1::2]
    zeros = even.count(0) / len(even), odd.count(0) / max(len(odd), 1)
    most, least = 0.5, 0.05
    if zeros[1] > most and zeros[0] < least:
        return "utf-16-le"
    return "utf-16-be" if zeros[0] > most and zeros[1] < least else ""


def _is_utf8(sample: bytes) -> bool:
    """Tell whether whole UTF-8 characters are as many as broken ones, or more."""
    decoded = sample.decode("utf-8", "replace")
    broken = decoded.count("\ufffd") - sample.count(b"\xef\xbf\xbd")
    cut = 1  # the sample may end in the middle of a character
    whole = sum(map(decoded.count, set(decoded) - _ASCII)) - broken
    return broken <= cut or whole >= broken if whole else broken == 0


_ASCII = frozenset(map(chr, range(128)))


def _name(declared: str, sample: bytes) -> str:
    """Return Python's name of an encoding that a profile names."""
    try:
        name = codecs.lookup(declared).name
        table = bytes(range(256)).decode(name, "replace")
    except (LookupError, UnicodeError, AttributeError):
        name, table = declared.lower(), ""
    if name in {"utf-8", "utf-8-sig", "ascii"}:
        return "utf-8"
    if name == "utf-16":
        return "utf-16-be" if sample.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    one_byte = len(table) == len(bytes(range(256))) and table.startswith(
        "".join(map(chr, range(128)))
    )
    if name in {"utf-16-le", "utf-16-be"} or one_byte:
        return {"cp1252": "windows-1252", "iso8859-1": "iso-8859-1"}.get(name, name)
    raise UnknownNameError(kind=N_("encoding"), name=declared, known=_KNOWN)


def _agreed(path: Path, declared: str, found: str, sample: bytes) -> str:
    """Return the declared encoding, unless the file plainly says otherwise."""
    if not found:
        return ""
    wide = found.startswith("utf-16")
    if declared == found or not (wide or declared.startswith("utf")):
        return declared
    if declared == "utf-8" and sample.isascii() and not wide:
        return declared
    if declared.startswith("utf-16") and not wide and not _too_zero_free(sample):
        return declared
    raise EncodingError(source=path.name, declared=declared, found=found)


def _too_zero_free(sample: bytes) -> bool:
    """Tell whether a text has no zero byte, which UTF-16 with ASCII letters always has."""
    return b"\0" not in sample


def delimiter(sample: str) -> str:
    r"""Return the delimiter of the columns of a text that starts with its header.

    >>> delimiter("tunnus;summa\n1;2,50\n")
    ';'
    """
    fits = [(fit, mark) for mark in DELIMITERS if (fit := _fit(sample, mark))[1] > 1]
    if fits:
        return max(fits, key=lambda pair: pair[0])[1]
    return next((mark for mark in DELIMITERS if mark not in sample), ";")


def _fit(sample: str, mark: str) -> tuple[float, int]:
    """Return the share of records that have as many cells as the first, and that number."""
    widths = [
        len(cells) for _, cells, whole in records(sample, mark, _RECORDS + 1) if cells and whole
    ]
    if not widths:
        return 0.0, 0
    same = sum(width == widths[0] for width in widths)
    return same / len(widths), widths[0]
