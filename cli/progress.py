"""Progress on a terminal: which source is read and how many records so far."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, int], None]]:
    """Give a function that is told of every finished piece; silent outside a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _source, _records: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    # Names of sources hold brackets, which are no mark-up.
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task, total = shown.add_task(""), 0

        def told(source: str, records: int) -> None:
            nonlocal total
            total += records
            shown.update(task, description=f"{source}  {total:,}".replace(",", "\u00a0"))

        yield told
