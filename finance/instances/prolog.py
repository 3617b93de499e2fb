"""How an XML begins, before anything else is believed: encoding, document type, root."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from kirjaamo.finance.instances.errors import BrokenXmlInstanceError, EntitiesError

_BLOCK: Final = 1 << 16
BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Prolog:
    """The beginning of an XML.

    Attributes:
        root: Namespace and name of the root, with a brace between them.
        encoding: The encoding that it declares; empty when it declares none.
        standalone: Whether it says anything of being standalone.
        marked: Whether it begins with a byte order mark.
    """

    root: str
    encoding: str
    standalone: bool
    marked: bool


def look(path: Path) -> Prolog:
    """Return how an XML begins.

    Raises:
        EntitiesError: It has a document type.
        BrokenXmlInstanceError: It is no XML.
    """
    found: dict[str, str] = {"root": "", "encoding": "", "standalone": "-1"}
    parser = expat.ParserCreate(namespace_separator="}")

    def declared(_version: str, encoding: str | None, standalone: int) -> None:
        found["encoding"], found["standalone"] = encoding or "", str(standalone)

    def refused(*_: object) -> None:
        raise EntitiesError(file=path.name)

    def started(name: str, _attributes: object) -> None:
        found["root"] = found["root"] or name

    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = refused
    parser.StartElementHandler = started
    first = b""
    with path.open("rb") as stream:
        while not found["root"] and (block := stream.read(_BLOCK)):
            first = first or block
            _fed(parser, block, found, path)
    if not found["root"]:
        raise BrokenXmlInstanceError(file=path.name, line=parser.CurrentLineNumber)
    told = found["standalone"] != "-1"
    return Prolog(found["root"], found["encoding"], told, first.startswith(BOM))


def _fed(parser: expat.XMLParserType, block: bytes, found: dict[str, str], path: Path) -> None:
    """Give a block to the parser; what is broken after the root began is for the real reader."""
    try:
        parser.Parse(block, False)  # noqa: FBT003 - expat takes no keyword
    except (expat.ExpatError, LookupError, ValueError) as error:
        if not found["root"]:
            line = getattr(error, "lineno", 1)
            raise BrokenXmlInstanceError(file=path.name, line=line) from None
