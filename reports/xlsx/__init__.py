"""The person's own sheets with a colour and a comment at each finding.

Beside them stand *Summary* and *Findings*, with a link from each finding to its cell.  This is
the one format that holds values of records: it is made only when it is asked for.

========== ======================================= =======================================
module     makes                                   from
========== ======================================= =======================================
annotated  a copy of the person's workbook         one workbook of moderate size
rewritten  a new workbook, written row by row      everything else
========== ======================================= =======================================
"""

import shutil
import tempfile
from collections.abc import Sequence
from typing import BinaryIO

from kirjaamo.reports.xlsx import annotated, rewritten
from kirjaamo.reports.xlsx.sheets import Source
from kirjaamo.run import Run

ROWS = 50_000
"""Rows, and findings, up to which the workbook itself is copied; that is held in memory."""


def write(run: Run, stream: BinaryIO, *, sources: Sequence[Source] = ()) -> None:
    """Write the sources of *run* with their findings as an Excel workbook.

    Args:
        run: A finished check.
        stream: Where the workbook goes; it need not be seekable.
        sources: What was checked; without them the workbook has *Summary* and *Findings* only.

    Raises:
        KirjaamoError: A source can no longer be read.
    """
    moderate = run.rows <= ROWS and len(run.findings) <= ROWS
    workbook = annotated.workbook(sources) if moderate else None
    with tempfile.TemporaryFile() as whole:
        if workbook is None:
            rewritten.write(run, sources, whole)
        else:
            annotated.write(run, sources, workbook, whole)
        whole.seek(0)
        shutil.copyfileobj(whole, stream)
