"""The recipe of a migration: everything that decides what becomes of a record, as hashes.

Two runs with one recipe make the same documents of the same records, so a test batch speaks
for the production batch exactly as long as the recipe is the same.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

import kirjaamo
from kirjaamo import validators
from kirjaamo.classifications import Codes
from kirjaamo.mappings import Crosswalk
from kirjaamo.mappings.recordmaps import RecordMap, maps
from kirjaamo.sources.profile import Profile
from kirjaamo.workspace import Workspace


def sealed(value: object) -> str:
    """Return the sha256 of plain data, whatever the order of keys."""
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()


def recipe(
    workspace: Workspace, profiles: Sequence[Profile], crosswalks: Mapping[str, Crosswalk]
) -> Mapping[str, str]:
    """Return what documents are made with: name to hash or edition."""
    settings, codes = workspace.settings, Codes(workspace.classifications)
    own_maps = maps(workspace.folder / "mappings" / "records")
    rules = [[r.code, str(r.severity), r.since] for r in validators.rules().values()]
    organisation = [settings.organisation, settings.migration, settings.ledger.node]
    found = {f"profile {one.system}": sealed(one) for one in profiles}
    found |= {f"mapping {n}": one.edition for n, one in crosswalks.items()}
    found |= {f"record map {name}": _record_map(one) for name, one in own_maps.items()}
    found |= {f"code list {key}": edition for key, edition in codes.editions().items()}
    return found | {
        "imported lists and structures": _folder(workspace.classifications),
        "rules": sealed([rules, settings.check]),
        "settings of the organisation": sealed(organisation),
        "version of the program": kirjaamo.__version__,
    }


def _record_map(one: RecordMap) -> str:
    targets = sorted(one.targets.items())
    return sealed([one.name, one.structure, one.of, one.applies, targets])


def _folder(folder: Path) -> str:
    """Return the hash of the files below a folder, by name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [[path.relative_to(folder).as_posix(), _file(path)] for path in paths]
    return sealed(names)


def _file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
