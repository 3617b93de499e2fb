"""Files over processes of Arelle, with a time limit for each.

A process proves one file after the other and is ended when a file takes too long or after
`FILES` of them, because Arelle never gives memory back.  A file whose process dies or hangs is
told as not proved; the others are not harmed.
"""

import json
import os
import queue
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

from kirjaamo.finance.proof.errors import NoArelleError
from kirjaamo.finance.proof.package import Package

FILES: Final = 40
"""Most files of one process."""

TIMEOUT: Final = 900.0
"""Seconds for one file, where nothing else is asked for."""

BREATH: Final = 0.2
"""Seconds after which an interruption is noticed: Polars' handler of signals wakes no lock."""

State = Literal["proved", "timeout", "crashed", "unloaded", "incomplete"]

ABSENT: Final = frozenset({"IOerror", "FileNotLoadable", "webCache:retrievalError"})
"""Codes of Arelle for a file of the taxonomy that would have to be fetched from the network."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of Arelle.

    Attributes:
        severity: error or warning.
        code: Arelle's code of it.
        rule: Identifier of the assertion; empty when it is none.
        signatures: Data points that it speaks of.
    """

    severity: str
    code: str
    rule: str = ""
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What Arelle says of a file.

    Attributes:
        file: The file.
        state: Whether it was proved, or why not.
        facts: How many facts it has.
        assertions: Assertion to how often it held and did not hold.
        findings: What was found.
    """

    file: Path
    state: State
    facts: int = 0
    assertions: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    findings: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """How files are proved.

    Attributes:
        packages: Taxonomy packages.
        jobs: Processes at a time.
        timeout: Seconds for one file.
        formula: Whether assertions are evaluated.
    """

    packages: tuple[Package, ...]
    jobs: int = 1
    timeout: float = TIMEOUT
    formula: bool = True


def prove(files: Sequence[Path], terms: Terms) -> list[Outcome]:
    """Return what Arelle says of every file, in their order.

    Raises:
        NoArelleError: Arelle is not installed.
    """
    if find_spec("arelle") is None:
        raise NoArelleError
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for place in range(len(files)):
        waiting.put(place)
    outcomes: dict[int, Outcome] = {}
    with tempfile.TemporaryDirectory(prefix="kirjaamo-arelle-") as folder:
        line = _Line(files, terms, folder, waiting, outcomes)
        with ThreadPoolExecutor(max(1, min(terms.jobs, len(files)))) as pool:
            running = [pool.submit(line.work) for _ in range(terms.jobs)]
            try:
                while wait(running, BREATH, FIRST_EXCEPTION).not_done and not _failed(running):
                    pass
                for one in sorted(running, key=Future.done, reverse=True):
                    one.result()
            except BaseException:  # also when interrupted: nobody waits for the rest
                line.stop()
                raise
    return [outcomes[place] for place in range(len(files))]


def _failed(running: Sequence["Future[None]"]) -> bool:
    return any(one.done() and one.exception() for one in running)


@dataclass(frozen=True, slots=True)
class _Line:
    """What the threads share: files that wait, outcomes, and processes that run."""

    files: Sequence[Path]
    terms: Terms
    folder: str
    waiting: "queue.SimpleQueue[int]"
    outcomes: dict[int, Outcome]
    live: "set[_Process]" = field(default_factory=set)

    def stop(self) -> None:
        """Let no file wait any longer, and end what runs; the threads then end by themselves."""
        with suppress(queue.Empty):
            while True:
                self.waiting.get_nowait()
        for process in tuple(self.live):
            process.kill()

    def work(self) -> None:
        """Take files until none is waiting."""
        process: _Process | None = None
        try:
            while True:
                with suppress(queue.Empty):
                    place = self.waiting.get_nowait()
                    process = process or self._started()
                    self.outcomes[place] = outcome = process.prove(self.files[place])
                    if outcome.state in {"timeout", "crashed"} or process.done >= FILES:
                        self._ended(process)
                        process = None
                    continue
                return
        finally:
            if process:
                self._ended(process)

    def _started(self) -> "_Process":
        process = _Process(self.terms, self.folder)
        self.live.add(process)
        return process

    def _ended(self, process: "_Process") -> None:
        process.end()
        self.live.discard(process)


class _Process:
    """One process of Arelle."""

    def __init__(self, terms: Terms, folder: str) -> None:
        self.timeout = terms.timeout
        self.done = 0
        self.child = subprocess.Popen(
            [sys.executable, "-m", "kirjaamo.finance.proof.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONHASHSEED": "0", "XDG_CONFIG_HOME": folder},
            start_new_session=True,
        )  # fmt: skip
        prefixes = {uri: name for one in terms.packages for name, uri in one.namespaces.items()}
        packages = [str(one.path.resolve()) for one in terms.packages]
        self._say({"packages": packages, "cache": folder, "formula": terms.formula,
                   "prefixes": prefixes})  # fmt: skip

    def _say(self, told: object) -> None:
        """Write a line; a process that has died is noticed when it should answer."""
        with suppress(BrokenPipeError):
            assert self.child.stdin is not None  # noqa: S101 - it is a pipe
            self.child.stdin.write(json.dumps(told).encode() + b"\n")
            self.child.stdin.flush()

    def prove(self, file: Path) -> Outcome:
        """Return what Arelle says of a file."""
        self._say(str(file.resolve()))
        self.done += 1
        stdout = self.child.stdout
        assert stdout is not None  # noqa: S101 - it is a pipe
        if not select.select([stdout], [], [], self.timeout)[0]:
            return Outcome(file, "timeout")
        line = stdout.readline()
        return _outcome(file, json.loads(line)) if line else Outcome(file, "crashed")

    def kill(self) -> None:
        """Stop the process and whatever it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)

    def end(self) -> None:
        """Stop the process, and leave nothing of it."""
        self.kill()
        self.child.communicate()


def _outcome(file: Path, told: dict[str, Any]) -> Outcome:
    found = sorted(
        (one["severity"], one["code"], one["rule"], tuple(one["signatures"]))
        for one in told["findings"]
    )
    assertions = {
        name: (held, not_) for name, (held, not_) in sorted(told["assertions"].items())
    }
    if any(code in ABSENT for _, code, _, _ in found):
        return Outcome(file, "incomplete")
    state: State = "unloaded" if told["facts"] is None else "proved"
    findings = tuple(Found(*one) for one in found)
    return Outcome(file, state, told["facts"] or 0, assertions, findings)
