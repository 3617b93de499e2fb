"""Which rows get which damage, so that no damage hides another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from kirjaamo.samples.defects.scene import Cell, Damage, Row, Scene, clients_of

Make = Callable[[Row, Scene], Damage | None]


@dataclass(frozen=True, slots=True)
class Injector:
    """A kind of damage.

    Attributes:
        kind: Its name, which says what is wrong.
        rule: The rule that must speak.
        place: ``table.field`` that the rule names.
        make: What becomes of a row; nothing where the row does not suit.
        alone: It reaches over several rows, so the client gets no other damage.
        systems: Letters of the systems whose export can hold it.
        also: Other ``table.field`` of which the rule speaks where one column feeds both.
    """

    kind: str
    rule: str
    place: str
    make: Make
    alone: bool = False
    systems: str = "ABC"
    also: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """Return the table whose rows are damaged."""
        return self.place.partition(".")[0]

    @property
    def field(self) -> str:
        """Return the field that the rule names; "" for a whole row."""
        return self.place.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Change:
    """Damage of one row.

    Attributes:
        injector: The kind.
        cells: Cell to what stands there instead.
        places: Cells at which the rule must speak.
    """

    injector: Injector
    cells: dict[Cell, object]
    places: tuple[Cell, ...]


@dataclass(slots=True)
class _Taken:
    """What is damaged already."""

    rows: set[int] = field(default_factory=set)
    clients: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)

    def free(self, row: Row, injector: Injector) -> bool:
        shut = self.clients if injector.alone else self.closed
        return id(row) not in self.rows and shut.isdisjoint(clients_of(row))

    def take(self, row: Row, injector: Injector) -> None:
        self.rows.add(id(row))
        self.clients.update(clients_of(row))
        if injector.alone:
            self.closed.update(clients_of(row))


def planned(
    injectors: tuple[Injector, ...], scene: Scene, mapped: dict[str, list[str]], share: float
) -> tuple[Change, ...]:
    """Return the changes of one system; see `kirjaamo.samples.defects.plan`.

    Every kind gets one row first, so that a common kind cannot use up the rows of a rare one.
    """
    if share <= 0:
        return ()
    usable = [i for i in injectors if scene.system in i.systems and _shown(i, mapped)]
    quotas = _quotas(usable, scene, share)
    taken = _Taken()
    ordered = sorted(usable, key=lambda injector: not injector.alone)
    return tuple(
        change
        for wanted in (dict.fromkeys(quotas, 1), {kind: n - 1 for kind, n in quotas.items()})
        for injector in ordered
        for change in islice(_changes(injector, scene, taken), wanted[injector.kind])
    )


def _shown(injector: Injector, mapped: dict[str, list[str]]) -> bool:
    fields = mapped.get(injector.table, ())
    return injector.field in fields or (injector.field.startswith("_") and bool(fields))


def _quotas(usable: list[Injector], scene: Scene, share: float) -> dict[str, int]:
    """Return kind to how many rows get it: the share of a table evenly among its kinds."""
    quotas = {}
    for table in dict.fromkeys(injector.table for injector in usable):
        kinds = [injector.kind for injector in usable if injector.table == table]
        total = max(len(kinds), round(share * len(scene.rows[table])))
        for number, kind in enumerate(kinds):
            quotas[kind] = total // len(kinds) + (number < total % len(kinds))
    return quotas


def _changes(injector: Injector, scene: Scene, taken: _Taken) -> Iterator[Change]:
    for row in scene.candidates(injector.table):
        if not taken.free(row, injector):
            continue
        damage = injector.make(row, scene)
        if damage is None or (damage.beside and not taken.free(damage.beside, injector)):
            continue
        reported = [row] if damage.beside is None else [row, damage.beside]
        for found in reported:
            taken.take(found, injector)
        changed = zip(reported, (damage.values, damage.beside_values), strict=False)
        yield Change(
            injector,
            {
                (*scene.positions[id(found)], name): value
                for found, values in changed
                for name, value in values.items()
            },
            tuple((*scene.positions[id(found)], injector.field) for found in reported),
        )
