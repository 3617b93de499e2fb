"""Which record map an old record is for, or why none.

What an approved crosswalk says of the local type goes first, then the national type that the
old system itself recorded, last the map of the service task.  A decision whose service task
has no national number is for no map: the archive demands the number of every document.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kirjaamo.classifications import Codes
from kirjaamo.mappings.recordmaps.building import Builder
from kirjaamo.mappings.recordmaps.compiling import Library, compiled
from kirjaamo.mappings.recordmaps.computing import Make, row
from kirjaamo.mappings.recordmaps.crossing import Crosswalk, crossed
from kirjaamo.mappings.recordmaps.model import Case, Of, RecordMap
from kirjaamo.messages import N_, gettext

DOCUMENT_TYPES = "1.2.246.537.6.1506"
SERVICE_TASKS = "1.2.246.537.6.1221"

REASONS = {
    "service_task": N_(
        "the service task has no national number that is known; import the official list with "
        "kirjaamo codes import and approve its mapping"
    ),
    "no_default": N_(
        "the service task has no decision structure of its own; approve a mapping of the local "
        "type to a document type"
    ),
    "no_map": N_("there is no record map for its document type; write one in mappings/records"),
}
"""Why no map was chosen: word to sentence."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """No map was chosen.

    Attributes:
        reason: A word of `REASONS`.
        document_type: The type for which there is no map, when that is the reason.
    """

    reason: str
    document_type: str = ""

    def __str__(self) -> str:
        """Return the reason in the language in use."""
        return gettext(REASONS[self.reason])


@dataclass(slots=True)
class Chooser:
    """Chooses and compiles builders; each map is compiled when its first case comes.

    Attributes:
        maps: The record maps by document type.
        crosswalks: The crosswalks in use by name.
        library: The structures.
        codes: The code lists.
    """

    maps: Mapping[str, RecordMap]
    crosswalks: Mapping[str, Crosswalk]
    library: Library
    codes: Codes
    _builders: dict[str, Builder] = field(default_factory=dict)
    _tasks: Mapping[str, str] = field(init=False)
    _becomes: Make = field(init=False)

    def __post_init__(self) -> None:
        """Find the maps of the service tasks, and what local types become."""
        self._tasks = _by_service_task(self.maps, self.codes)
        self._becomes = crossed(
            self.crosswalks, "decision.old_type", DOCUMENT_TYPES, "decision"
        )

    def choose(self, of: Of, case: Case) -> Builder | Refusal:
        """Return the builder for a case of a table, or why there is none."""
        if of == "decision":
            return self._decision(case)
        said = str(row(case, of).get("structure") or "")
        return self._typed(of, _type_of(said)) if said else self._always(of)

    def _decision(self, case: Case) -> Builder | Refusal:
        task = row(case, "decision").get("service_task")
        if task is None:
            return Refusal("service_task")
        said = self._becomes(case) or row(case, "document").get("document_type")
        if said:
            return self._typed("decision", str(said))
        name = self._tasks.get(str(task))
        return self._builder(name) if name else Refusal("no_default")

    def _typed(self, of: Of, document_type: str) -> Builder | Refusal:
        found = self.maps.get(document_type)
        if found is None or found.of != of:
            return Refusal("no_map", document_type)
        return self._builder(document_type)

    def _always(self, of: Of) -> Builder | Refusal:
        names = (name for name, one in self.maps.items() if one.of == of and one.applies.always)
        name = next(names, None)
        return self._builder(name) if name else Refusal("no_map")

    def _builder(self, name: str) -> Builder:
        if name not in self._builders:
            self._builders[name] = compiled(
                self.maps[name], self.crosswalks, self.library, self.codes
            )
        return self._builders[name]


def _type_of(oid: str) -> str:
    """Return the document type in the OID of a structure version.

    >>> _type_of("1.2.246.537.6.1506.19013.2022.1.10")
    '19013'
    """
    pieces = oid.split(".")
    return pieces[-4] if len(pieces) > len(DOCUMENT_TYPES.split(".")) else oid


def _by_service_task(maps: Mapping[str, RecordMap], codes: Codes) -> Mapping[str, str]:
    """Return code of a service task to the name of its map, as far as the codes are known."""
    tasks = codes.get(SERVICE_TASKS).frame.select("code", "name_fi").iter_rows()
    named = {str(name).casefold(): str(code) for code, name in tasks if name}
    return {
        named[one.applies.service_task.casefold()]: name
        for name, one in maps.items()
        if one.applies.service_task.casefold() in named
    }
