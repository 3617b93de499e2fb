"""The section ``archive``: building and checking documents, beside the bound and its parts.

The bound is lxml serialising and parsing the same XML.  ``archive_vs_bound_without_view`` is the
strict figure: the bytes of the document and the frame.  ``archive_vs_bound`` counts the view inside
the document as XML of its own too.  Beside them stands ``xmlschema`` alone.  All work in turn in
one process, and the time is that of the processor, so that a busy machine slows none more than
the others.  The whole command is measured at two sizes, with its memory.
"""

import base64
import itertools
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import xmlschema
from lxml import etree

from benchmarks.measuring import measure
from kirjaamo.archive.building import Built, Case, Maker
from kirjaamo.archive.checking import Means
from kirjaamo.archive.checking.schemas import RECONSTRUCTED
from tests.archive import material

ROUNDS, SAMPLES, SLOW = 15, 60, 3
SIZES = (10_000, 200_000)


def run(sizes: Sequence[int] = SIZES) -> dict[str, float]:
    """Run the section and return its figures."""
    return {**in_one_run(), **whole(sizes)}


def sample_cases() -> list[Case]:
    """Return cases of many structures, half full, each with an identifier of its own."""
    from kirjaamo.samples.documents import BUNDLED

    worded = [oid for oid in BUNDLED.current() if not BUNDLED.unworded(oid)]
    step = max(len(worded) // SAMPLES, 1)
    return [
        material.case(oid, "random", document_id=f"{material.OID}.{number}")
        for number, oid in enumerate(worded[::step])
    ]


def in_one_run() -> dict[str, float]:
    """Return the ratios, measured in turn."""
    maker, cases = Maker(material.ground(), Means()), sample_cases()
    built = [_built(maker, case) for case in cases]
    parts = [part for one in built for part in (one.cda, one.frame)]
    views = [_view(one.cda) for one in built]

    def ours() -> None:
        for draft in [maker.build(case) for case in cases]:  # as a build does, some at a time
            assert isinstance(maker.checked(draft), Built)  # noqa: S101 - of the benchmark itself

    slow = _validated_alone(built[:SLOW])
    mine, outer, inner, alone = _in_turn(ours, _round(parts), _round(views), slow)
    count = len(cases)
    return {
        "archive_documents_per_s_in_one_process": count / mine,
        "archive_vs_bound": (outer + inner) / mine,
        "archive_vs_bound_without_view": outer / mine,
        "archive_vs_xmlschema": (alone / SLOW) / (mine / count),
    }


def _built(maker: Maker, case: Case) -> Built:
    found = maker.make(case)
    assert isinstance(found, Built), "the samples are sound"  # noqa: S101 - of the benchmark itself
    return found


def _round(contents: Sequence[bytes]) -> Callable[[], None]:
    """Return what parses and serialises XML by lxml."""

    def work() -> None:
        for content in contents:
            etree.tostring(etree.fromstring(content))

    return work


def _validated_alone(built: Sequence[Built]) -> Callable[[], None]:
    """Return what parses documents and frames and validates them by ``xmlschema``."""
    document, frame = (
        xmlschema.XMLSchema((RECONSTRUCTED / f"{name}.xsd").as_uri(), allow="local")
        for name in ("document", "frame")
    )

    def work() -> None:
        for one in built:
            document.is_valid(etree.fromstring(one.cda))
            frame.is_valid(etree.fromstring(one.frame))

    return work


def _view(document: bytes) -> bytes:
    text = etree.fromstring(document).findtext("{*}component/{*}nonXMLBody/{*}text")
    return base64.b64decode(text or "")


def _in_turn(*works: Callable[[], object]) -> list[float]:
    """Return the processor seconds of each work, the least of some rounds."""
    best = [float("inf")] * len(works)
    for _, (place, work) in itertools.product(range(ROUNDS), enumerate(works)):
        start = time.process_time()
        work()
        best[place] = min(best[place], time.process_time() - start)
    return best


def whole(sizes: Sequence[int]) -> dict[str, float]:
    """Return documents a second and memory of whole builds, each in a process of its own.

    ``archive_linear`` is the processor time of a document in the smallest build beside that in
    the largest: 1 when time grows as the documents do.
    """
    figures: dict[str, float] = {}
    costs, peaks = [], []
    for size in sizes:
        done = measure([sys.executable, "-m", "benchmarks.archive.whole", str(size)])
        wall, processor = (float(text) for text in done.output.split())
        costs.append(processor / size)
        peaks.append(done.peak_mb)
        figures[f"archive_peak_mb_{size // 1000}k"] = done.peak_mb
        figures["archive_documents_per_s"] = size / wall
        figures["archive_documents_per_processor_s"] = size / processor
    figures["archive_linear"] = costs[0] / costs[-1]
    figures["archive_memory_growth"] = peaks[-1] / peaks[0]
    return figures


def many(size: int) -> Iterator[Case]:
    """Yield so many cases, each with an identifier of its own."""
    import dataclasses

    cases = sample_cases()
    for number in range(size):
        one = cases[number % len(cases)]
        document = {**one.document, "document_id": f"{material.OID}.{number}"}
        yield dataclasses.replace(one, document=document)
