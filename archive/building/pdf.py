"""Whether a PDF may be a main document: it claims to be PDF/A, and veraPDF agrees when installed.

The claim stands in the XMP metadata (``pdfaid:part``); reading it proves nothing.  Which levels
of PDF/A the archive takes is not known, so that every one is let through.
"""

import io
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

SECONDS: Final = 60
"""Seconds that veraPDF may take for one file."""

_START: Final = b"%PDF-"


def fault(content: bytes) -> str:
    """Return what is wrong with a PDF, a word of `reasons.REASONS`, or ""."""
    import pikepdf

    if not content.startswith(_START):
        return "pdf-broken"
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            if opened.is_encrypted or not len(opened.pages):
                return "pdf-broken"
            with opened.open_metadata() as metadata:
                claims = bool(metadata.pdfa_status)
    except (pikepdf.PdfError, ValueError, KeyError, RecursionError):
        return "pdf-broken"
    if not claims:
        return "pdf-no-claim"
    return _judged(content)


@cache
def validator() -> str | None:
    """Return the program veraPDF, when it is installed."""
    return shutil.which("verapdf")


def _judged(content: bytes) -> str:
    program = validator()
    if program is None:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "document.pdf")
        path.write_bytes(content)
        try:
            done = subprocess.run(  # noqa: S603 - a program that is installed, without a shell
                [program, "--format", "text", str(path)],
                capture_output=True, check=False, timeout=SECONDS,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return "pdf-not-judged"
    return "" if done.stdout.startswith(b"PASS") else "pdf-refused"
