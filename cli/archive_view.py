"""``kirjaamo archive view``: a document as a person reads it."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.options import output_option
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.documents.model import Raw

DISPLAY = N_("its display form cannot be read")
STRUCTURE = N_("its structure is not known; name it with --structure")


@command(
    help=N_(
        "Show a document as a page for the browser. Of an archive document (XML) the view is "
        "shown that stands in it; of a national document (JSON) the view that it would get.\n\n"
        "The page holds what the document holds; inside a workspace the use is written to the "
        "audit trail."
    )
)
@argument(
    "path", metavar="DOCUMENT", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@option("--language", type=click.Choice(["fi", "sv"]), default="fi", show_default=True,
        help=N_("Language of the view of a JSON document."))  # fmt: skip
@option("--structure", metavar="OID", help=N_("Structure of a JSON document; found by itself."))
@output_option
def view(path: Path, language: str, structure: str | None, output: Path | None) -> None:
    """Show one document."""
    from kirjaamo.archive.view import NotShownError
    from kirjaamo.archive.view.reading import page
    from kirjaamo.cli.trail import remember
    from kirjaamo.documents import parsing, reading
    from kirjaamo.files import write
    from kirjaamo.workspace import find

    raw = next(iter(reading.documents(path)), None)
    if raw is None or raw.damage:
        reason = parsing.DAMAGES["object" if raw is None else raw.damage]
        raise NotShownError(place=path, reason=gettext(reason))
    if path.suffix.lower() == ".xml":
        shown, language = _archived(path)
    else:
        shown = _made(raw, path, language, structure)
    content = page(shown, language=language, place=path.name)
    workspace = find()
    if workspace is not None:
        remember(workspace, "document shown", file=path.name)
    if output is None:
        sys.stdout.write(content.decode())
    else:
        write(output, content)


def _archived(path: Path) -> tuple[bytes, str]:
    """Return the view that stands in an archive document, and its language."""
    import base64
    import binascii

    from kirjaamo.archive.signing import form
    from kirjaamo.archive.view import NotShownError

    root = form.parse(path.read_bytes())
    text = None if root is None else root.findtext(f"{form.BODY}/{form.HL7}text")
    try:
        shown = base64.b64decode("".join((text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        shown = b""
    if root is None or not shown:
        raise NotShownError(place=path, reason=gettext(DISPLAY))
    language = root.find(f"{form.HL7}languageCode")
    is_swedish = language is not None and language.get("code", "").lower().startswith("sv")
    return shown, "sv" if is_swedish else "fi"


def _made(raw: "Raw", path: Path, language: str, structure: str | None) -> bytes:
    """Return the view that a national document would get."""
    from kirjaamo.archive.view import NotShownError
    from kirjaamo.archive.view import view as laid
    from kirjaamo.classifications.structures.checking import Library
    from kirjaamo.documents import parsing

    library = Library()
    try:
        tree = parsing.parse(raw.content)
    except parsing.Damaged as damaged:
        reason = gettext(parsing.DAMAGES[str(damaged)])
        raise NotShownError(place=path, reason=reason) from None
    today = dt.datetime.now(dt.UTC).date()
    oid = structure or library.identify(raw.structure, tree, today)
    if oid is None:
        raise NotShownError(place=path, reason=gettext(STRUCTURE))
    name = raw.metadata.get("document_id", "")
    return laid(tree, library.structures.facts(oid), language=language, oid=name)
