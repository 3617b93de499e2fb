"""The acceptance record of a package, and the annex to a call for tenders.

The record says which package by its hash, what was done with it when and by whom, and on what
evidence.  The annex holds what a third party can accept or refuse on evidence; its requirements
are data (``annex.yaml``), in Finnish, because tenders of Finnish authorities are.
"""

from importlib.resources import files
from typing import Any

import msgspec

from kirjaamo.archive.packages import records
from kirjaamo.archive.packages.records import NAMES, State
from kirjaamo.ledger import Ledger
from kirjaamo.ledger.verifying import head
from kirjaamo.messages import gettext
from kirjaamo.pages import environment, render
from kirjaamo.settings import read_yaml

ROOM = "kirjaamo.archive"


class Requirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One requirement of the annex.

    Attributes:
        id: Its number.
        text: What is required; thresholds stand as ``{name}``.
        proof: How it is shown to be met.
        basis: The law or specification behind it; empty where it is our own.
    """

    id: str
    text: str
    proof: str
    basis: str = ""


class Chapter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A chapter of the annex."""

    title: str
    requirements: tuple[Requirement, ...]


class Annex(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The annex: its title, what comes first, its chapters."""

    title: str
    opening: tuple[str, ...]
    chapters: tuple[Chapter, ...]


class Thresholds(msgspec.Struct, frozen=True):
    """The numbers of an annex.

    Attributes:
        documents: Most documents of a package.
        megabytes: Most megabytes of a package.
        sample: Documents of each structure and service task in a sample.
        days: Days for accepting or refusing a package.
    """

    documents: int
    megabytes: int
    sample: int
    days: int


def record(ledger: Ledger, name: str) -> dict[str, Any]:
    """Return the acceptance record of a package.

    Raises:
        UnknownPackageError: The ledger does not know it.
    """
    package = records.package(ledger, name)
    steps = records.steps(ledger, package["number"])
    keys = ("state", "at", "who", "statement", "evidence")
    return {
        "package": name,
        "state": package["state"],
        "sha256": package["sha256"],
        "documents": package["documents"],
        "bytes": package["bytes"],
        "steps": [{key: step[key] for key in keys} for step in steps],
        "ledger": head(ledger),
    }


def as_json(record: dict[str, Any]) -> bytes:
    """Return a record as JSON."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def as_page(record: dict[str, Any]) -> bytes:
    """Return a record as a page to print and sign."""
    steps = [
        (gettext(NAMES[State(step["state"])]), *list(step.values())[1:])
        for step in record["steps"]
    ]
    state = gettext(NAMES[State(record["state"])])
    return render(ROOM, "acceptance.html.j2", record=record, steps=steps, state=state,
                  title=gettext("Acceptance record"))  # fmt: skip


def annex(thresholds: Thresholds) -> Annex:
    """Return the annex with its numbers filled in."""
    found = read_yaml(files("kirjaamo.archive.packages") / "annex.yaml", Annex)
    numbers = msgspec.structs.asdict(thresholds)
    chapters = tuple(
        Chapter(chapter.title, tuple(_filled(one, numbers) for one in chapter.requirements))
        for chapter in found.chapters
    )
    return Annex(found.title, found.opening, chapters)


def _filled(requirement: Requirement, numbers: dict[str, int]) -> Requirement:
    text, proof = (each.format(**numbers) for each in (requirement.text, requirement.proof))
    return msgspec.structs.replace(requirement, text=text, proof=proof)


def annex_page(found: Annex) -> bytes:
    """Return the annex as a page."""
    return render(ROOM, "annex.html.j2", annex=found, title=found.title)


def annex_text(found: Annex) -> bytes:
    """Return the annex as Markdown."""
    template = environment(ROOM).get_template("annex.md.j2")
    return template.render(annex=found).encode()
