"""What stands above and below every document of an organisation."""

import base64
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kirjaamo.archive.view.errors import NoImageError
from kirjaamo.archive.view.text import escaped, quoted
from kirjaamo.archive.view.values import date
from kirjaamo.errors import SettingsError
from kirjaamo.files import why

LARGEST_LOGO = 64
"""Most kilobytes of a logo; it stands in every document."""

FOOTER = 3
"""Most lines below a document."""

_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Logo:
    """An image above the document.

    Attributes:
        source: ``data:image/png;base64,…``; nothing else is allowed in a view.
        text: What it shows, for those who do not see it.
    """

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What an organisation's settings say of the look of its documents.

    Attributes:
        organisation: Name above the document; none when empty.
        logo: The logo, if there is one.
        footer: At most three lines below the document.
    """

    organisation: str = ""
    logo: Logo | None = None
    footer: tuple[str, ...] = ()


PLAIN = Letterhead()
"""Nothing above and nothing below."""


def read_logo(path: Path, text: str) -> Logo:
    """Return the logo in a PNG file.

    Raises:
        SettingsError: The file cannot be read.
        NoImageError: It is no PNG image, or too large.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SettingsError(file=path, reason=why(error)) from None
    if not content.startswith(_PNG) or len(content) > LARGEST_LOGO << 10:
        raise NoImageError(path=path, most=LARGEST_LOGO)
    return Logo(f"data:image/png;base64,{base64.b64encode(content).decode()}", text)


@lru_cache(maxsize=1024)
def head(letterhead: Letterhead, kind: str, day: dt.date | None) -> str:
    """Return what stands above a document: logo, organisation, kind of document, day."""
    logo = letterhead.logo
    image = f'<img src="{quoted(logo.source)}" alt="{quoted(logo.text)}"/>' if logo else ""
    lines = (
        ("logo", image),
        ("hdr1", escaped(letterhead.organisation)),
        ("hdr2", escaped(kind)),
        ("hdr3", date(day.isoformat()) if day else ""),
    )
    return _block("header", lines)


@lru_cache(maxsize=64)
def foot(letterhead: Letterhead) -> str:
    """Return what stands below a document."""
    lines = enumerate(letterhead.footer[:FOOTER], start=1)
    return _block("footer", [(f"ftr{place}", escaped(line)) for place, line in lines])


def _block(name: str, lines: Iterable[tuple[str, str]]) -> str:
    inner = "".join([f'<div class="soc-{line}">{text}</div>' for line, text in lines if text])
    return f'<div class="soc-{name}">{inner}</div>' if inner else ""
