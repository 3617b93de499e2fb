"""The local engine: the kernel over units in threads of this process.

Polars and Arrow release the interpreter's lock, so threads use every core, start at once and
share code lists; only a bounded number of units is in flight.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")


def in_order(
    work: Iterable[Work], kernel: Callable[[Work], Result], jobs: int
) -> Iterator[tuple[Work, Result]]:
    """Yield every piece of work with its result, in the order of the work.

    Args:
        work: Pieces of work; read lazily, so that memory stays bounded.
        kernel: A pure function.
        jobs: How many run at once; as many more wait.

    >>> [result for _, result in in_order([1, 2, 3], lambda n: n * n, 2)]
    [1, 4, 9]
    """
    if jobs <= 1:
        for piece in work:
            yield piece, kernel(piece)
        return
    with ThreadPoolExecutor(jobs) as pool:
        yield from ordered(work, lambda piece: pool.submit(kernel, piece), jobs)


def ordered(
    work: Iterable[Work], submit: Callable[[Work], "Future[Result]"], most: int
) -> Iterator[tuple[Work, Result]]:
    """Yield every piece of work with its result in order, at most *most* waiting at once."""
    waiting: deque[tuple[Work, Future[Result]]] = deque()
    try:
        for piece in work:
            waiting.append((piece, submit(piece)))
            if len(waiting) > most:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        for _, future in waiting:
            future.cancel()
