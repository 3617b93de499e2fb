"""The schemas of documents and frames: our reconstructed ones, or a folder of official ones.

lxml judges, because it is fast; ``xmlschema`` is asked only when somebody wants a failure in
words.  A schema never reaches the network, and neither tells a value of a document.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from kirjaamo.archive.checking.errors import NoSchemaError, SchemaError
from kirjaamo.archive.signing.form import parser

RECONSTRUCTED = Path(__file__).parent
"""Folder of the schemas that were written from archive messages seen in 2026."""

NAMES = {"document": ("document.xsd", "CDA_Fi_sos.xsd"), "frame": ("frame.xsd", "RCMR_IN200002FI01.xsd")}  # fmt: skip
"""Part of a message to the file names of its schema: ours, and the official one."""


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schemas in use.

    Attributes:
        folder: A folder of official schemas; None for the reconstructed ones.
    """

    folder: Path | None = None

    def path(self, part: str) -> Path | None:
        """Return the file of a part's schema, or None when the folder has none.

        Args:
            part: ``document`` or ``frame``.
        """
        ours, official = NAMES[part]
        if self.folder is None:
            return RECONSTRUCTED / ours
        return next(iter(sorted(self.folder.rglob(official))), None)

    def require(self) -> None:
        """Make sure that there is a schema of documents.

        Raises:
            NoSchemaError: The folder has none.
            SchemaError: It cannot be used.
        """
        path = self.path("document")
        if path is None:
            raise NoSchemaError(path=self.folder)
        _compiled(path)

    def broken(self, part: str, root: etree._Element) -> Iterator[str]:
        """Yield the place of every failure: a path of elements, without values."""
        path = self.path(part)
        if path is None:
            return
        schema = _compiled(path)
        if schema.validate(root):
            return
        tree = root.getroottree()
        errors: Any = schema.error_log  # its stubs do not tell that it is iterable
        lines = dict.fromkeys(
            entry.path or f"/{etree.QName(root).localname}" for entry in errors
        )
        yield from (plain(tree, path) for path in lines)

    def explained(self, part: str, root: etree._Element) -> Iterator[tuple[str, str]]:
        """Yield the place of every failure and the kind of demand it fails, in words.

        The words are of the schema alone (``xmlschema`` names values in its own sentences).
        """
        import xmlschema

        path = self.path(part)
        if path is None:
            return
        schema = xmlschema.XMLSchema(path.as_uri(), allow="local", defuse="always")
        for error in schema.iter_errors(root):
            demand = type(error.validator).__name__.removeprefix("Xsd")
            wanted = getattr(error, "expected", None) or ()
            names = ", ".join(sorted({str(one.local_name) for one in _elements(wanted)}))
            yield error.path or "/", f"{demand}: {names}" if names else demand


def _elements(wanted: Any) -> list[Any]:  # noqa: ANN401 - particles of xmlschema
    found = wanted if isinstance(wanted, list | tuple) else [wanted]
    return [one for one in found if getattr(one, "local_name", None)]


def plain(tree: "etree._ElementTree", path: str) -> str:
    """Return a path with the names of elements in place of stars and prefixes.

    >>> root = etree.fromstring('<a xmlns="u"><b/></a>')
    >>> plain(root.getroottree(), "/*/*[1]")
    '/a/b'
    """
    names = {key: uri for one in tree.iter("*") for key, uri in one.nsmap.items() if key}
    try:
        found: Any = tree.xpath(path, namespaces=names or None)
    except etree.XPathError:  # a name of an element that no path may hold
        return f"/{etree.QName(tree.getroot()).localname}"
    if not isinstance(found, list) or not found:
        return path
    above = [found[0], *found[0].iterancestors()]
    return "/" + "/".join(etree.QName(one).localname for one in reversed(above))


@cache
def _compiled(path: Path) -> etree.XMLSchema:
    try:
        return etree.XMLSchema(etree.parse(path, parser()))
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError, OSError):
        raise SchemaError(path=path) from None
