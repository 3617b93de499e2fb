"""One writer, measured: ``python -m benchmarks.xbrl.writers NAME FACTS OUTPUT TIMES``.

``kirjaamo`` is the product.  ``fstring`` and ``xmlfile`` are the least code that writes the same
contexts and facts, from rows that are already taken apart; they check nothing.  Every writer
writes to a new file that is flushed to disk and renamed.  Prints the seconds of the fastest of
TIMES runs, the reading of the facts left out.
"""

import sys
import time
from collections.abc import Callable, Iterator
from itertools import starmap
from pathlib import Path
from typing import Any, Final

from lxml import etree

from benchmarks.xbrl.facts import DAY, ENTITY, MODULE, NAMESPACES, filing
from kirjaamo.files import replacing
from kirjaamo.finance.writing import xml
from kirjaamo.finance.writing.naming import STANDARD

Row = tuple[str, list[tuple[str, str]], str]
"""Metric, pairs of dimension and member, value."""

ALL: Final = {**STANDARD, **NAMESPACES}
_LINES: Final = 10_000


def rows(facts: Path) -> list[Row]:
    """Return the facts taken apart."""
    found = []
    for signature, value in filing(facts).facts.select("signature", "value").iter_rows():
        metric, *places = signature.split("|")
        pairs = [tuple(place[:-1].split("(")) for place in places]
        found.append((metric[4:-1], pairs, value))
    return found


def fstring(given: list[Row], output: Path) -> None:
    """Write with f-strings."""
    named = "".join(f' xmlns:{name}="{uri}"' for name, uri in ALL.items())
    with replacing(output) as stream:
        stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<xbrli:xbrl{named}>\n'.encode())
        stream.write(
            f'<link:schemaRef xlink:type="simple" xlink:href="{MODULE}"/>\n'
            '<xbrli:unit id="EUR"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>\n'.encode()
        )
        for lines in (_contexts(given), _facts(given)):
            batch = []
            for line in lines:
                batch.append(line)
                if len(batch) == _LINES:
                    stream.write("".join(batch).encode())
                    batch.clear()
            stream.write("".join(batch).encode())
        stream.write(b"</xbrli:xbrl>\n")


def _contexts(given: list[Row]) -> Iterator[str]:
    for number, (_, pairs, _) in enumerate(given, start=1):
        members = "".join([
            f'<xbrldi:explicitMember dimension="{name}">{member}</xbrldi:explicitMember>'
            for name, member in pairs
        ])  # fmt: skip
        yield (
            f'<xbrli:context id="c{number}"><xbrli:entity><xbrli:identifier '
            f'scheme="http://ytj.fi">{ENTITY}</xbrli:identifier></xbrli:entity><xbrli:period>'
            f"<xbrli:instant>{DAY}</xbrli:instant></xbrli:period><xbrli:scenario>{members}"
            "</xbrli:scenario></xbrli:context>\n"
        )


def _facts(given: list[Row]) -> Iterator[str]:
    for number, (metric, _, value) in enumerate(given, start=1):
        yield f'<{metric} contextRef="c{number}" unitRef="EUR" decimals="2">{value}</{metric}>\n'


def xmlfile(given: list[Row], output: Path) -> None:
    """Write with lxml's incremental writer."""
    with replacing(output) as stream, etree.xmlfile(stream, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element(_tag("xbrli:xbrl"), nsmap=ALL):
            reference = {_tag("xlink:type"): "simple", _tag("xlink:href"): MODULE}
            with file.element(_tag("link:schemaRef"), reference):
                pass
            with file.element(_tag("xbrli:unit"), {"id": "EUR"}):
                _text(file, "xbrli:measure", "iso4217:EUR")
            for number, row in enumerate(given, start=1):
                _context(file, number, row)
            for number, (metric, _, value) in enumerate(given, start=1):
                about = {"contextRef": f"c{number}", "unitRef": "EUR", "decimals": "2"}
                _text(file, metric, value, about)


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{ALL[prefix]}}}{local}"


def _text(  # lxml gives its writer no name
    file: Any,  # noqa: ANN401 - same
    name: str,
    text: str,
    about: dict[str, str] | None = None,
) -> None:
    with file.element(_tag(name), about or {}):
        file.write(text)


def _context(file: Any, number: int, row: Row) -> None:  # noqa: ANN401 - same
    with file.element(_tag("xbrli:context"), {"id": f"c{number}"}):
        with file.element(_tag("xbrli:entity")):
            _text(file, "xbrli:identifier", ENTITY, {"scheme": "http://ytj.fi"})
        with file.element(_tag("xbrli:period")):
            _text(file, "xbrli:instant", DAY)
        with file.element(_tag("xbrli:scenario")):
            for name, member in row[1]:
                _text(file, "xbrldi:explicitMember", member, {"dimension": name})


def main(name: str, facts: str, output: str, times: str) -> None:
    """Measure one writer."""
    place = Path(output)
    if name == "kirjaamo":
        whole = filing(Path(facts))
        work: Callable[[], None] = lambda: xml.write(place, whole)  # noqa: E731 - one of two
    else:
        given = rows(Path(facts))
        peer = {"fstring": fstring, "xmlfile": xmlfile}[name]
        work = lambda: peer(given, place)  # noqa: E731 - one of two
    print(min(starmap(_timed, [(work,)] * int(times))))


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*sys.argv[1:])
