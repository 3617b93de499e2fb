"""The workspace: a folder with ``kirjaamo.toml``, found from any folder below it.

It says whose records these are, where exports, profiles and code lists stand, and how rules
are chosen.  Nothing is written outside it unless asked.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from kirjaamo.access_settings import Access
from kirjaamo.archive_settings import Archive
from kirjaamo.audit_settings import Audit
from kirjaamo.care_settings import Care
from kirjaamo.errors import CannotWriteError, KirjaamoError
from kirjaamo.files import why, write
from kirjaamo.finance_settings import Finance
from kirjaamo.hand_over_settings import HandOver
from kirjaamo.messages import N_, gettext
from kirjaamo.migration_settings import Ledger, Migration
from kirjaamo.retention_settings import Retention
from kirjaamo.settings import read_toml

FILE = "kirjaamo.toml"


class Organisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose records these are.

    Attributes:
        name: Name of the organisation.
        business_id: Business id.
        oid: The organisation's own OID node.
        controller: OID of the controller (rekisterinpitäjä).
        test: True where only synthetic persons may occur.
    """

    name: str = ""
    business_id: str = ""
    oid: str = ""
    controller: str = ""
    test: bool = False


class CheckSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How rules are chosen and weighed.

    Attributes:
        select: Codes or families of the rules to run; all when empty.
        ignore: Codes or families to leave out.
        fail_on: Severity from which the exit code is 1.
        thresholds: Rule code to {setting: value}.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Literal["error", "warning", "note"] = "error"
    thresholds: dict[str, dict[str, int | float | str | bool]] = {}


class WorkspaceSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a system's export is.

    Attributes:
        path: File or folder below the workspace, or a database URL.
        profile: Name of a profile (``profiles/<name>.yaml`` here, or a shipped one); otherwise
            the one that fits.
    """

    path: str
    profile: str = ""

    def location(self, folder: Path) -> str:
        """Return the database URL, or the path from the folder of the workspace.

        >>> WorkspaceSource("exports").location(Path("/srv/records"))
        '/srv/records/exports'
        """
        return self.path if "://" in self.path else str(folder / self.path)


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of ``kirjaamo.toml``."""

    organisation: Organisation = Organisation()
    sources: tuple[WorkspaceSource, ...] = ()
    check: CheckSettings = CheckSettings()
    migration: Migration = Migration()
    ledger: Ledger = Ledger()
    archive: Archive = Archive()
    hand_over: HandOver = HandOver()
    finance: Finance = Finance()
    retention: Retention = Retention()
    audit: Audit = Audit()
    care: Care = Care()
    access: Access = Access()


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace: its folder and its settings."""

    folder: Path
    settings: Settings

    @property
    def profiles(self) -> Path:
        """Return the folder of the workspace's own source profiles."""
        return self.folder / "profiles"

    @property
    def classifications(self) -> Path:
        """Return the folder of imported code lists."""
        return self.folder / "classifications"

    @property
    def waivers(self) -> Path:
        """Return the file of waivers."""
        return self.folder / "waivers.csv"

    @property
    def templates(self) -> Path:
        """Return the folder of document templates that move with the records."""
        return self.folder / "templates"

    @property
    def care(self) -> Path:
        """Return the folder of the organisation's rules of data care, and of what was decided."""
        return self.folder / "care"

    @property
    def access(self) -> Path:
        """Return the folder of the rule table of access rights and what belongs to it."""
        return self.folder / "access"

    @property
    def migration(self) -> Path:
        """Return the folder of plans and of what was migrated."""
        return self.folder / "migration"

    @property
    def ledger_url(self) -> str:
        """Return the database URL of the ledger: of the settings, or a file in the workspace."""
        return self.settings.ledger.url or f"sqlite:///{self.folder / 'ledger.sqlite'}"

    @property
    def output(self) -> Path:
        """Return the folder for reports."""
        return self.folder / "output"


class WorkspaceExistsError(KirjaamoError):
    """A workspace was to be made where there is one."""

    sentence = N_("There is a workspace in {folder} already. Nothing was changed.")


class NoWorkspaceError(KirjaamoError):
    """A command needs a workspace, for its settings or its ledger."""

    sentence = N_("This command needs a workspace. Make one with “kirjaamo init”.")


def needed(start: Path | None = None) -> Workspace:
    """Return the workspace of *start* or of the nearest folder above it.

    Raises:
        NoWorkspaceError: There is none.
        SettingsError: Its ``kirjaamo.toml`` is broken.
    """
    found = find(start)
    if found is None:
        raise NoWorkspaceError
    return found


def find(start: Path | None = None) -> Workspace | None:
    """Return the workspace of *start* or of the nearest folder above it, or None.

    Raises:
        SettingsError: Its ``kirjaamo.toml`` is broken.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return Workspace(folder, read_toml(folder / FILE, Settings))
    return None


TEMPLATE = N_("""\
# Kirjaamo workspace.  Paths are below this folder.

[organisation]
name = ""
business_id = ""
oid = ""          # the organisation's own OID node, 1.2.246.10.<business id>
controller = ""   # OID of the controller (rekisterinpitäjä)
test = false      # true where only synthetic persons may occur

# One block for each file, folder or database to check.  A profile stands in profiles/<name>.yaml
# and is found by the names of files; name it where several fit.
# [[sources]]
# path = "exports"
# profile = "a"

[check]
select = []       # codes or families, for example ["ID", "CL001"]; all when empty
ignore = []
fail_on = "error" # error, warning or note

# Thresholds of rules: kirjaamo explain CODE names them.
# [check.thresholds.LC002]
# months = 24
""")

WAIVERS = "rule;scope;reason;who;until\n"


def create(folder: Path) -> list[Path]:
    """Make a workspace in *folder* and return the files that were written.

    Raises:
        WorkspaceExistsError: There is a workspace already.
        CannotWriteError: No permission or no space.
    """
    if (folder / FILE).exists():
        raise WorkspaceExistsError(folder=folder)
    files = {FILE: gettext(TEMPLATE), "waivers.csv": WAIVERS}
    for name, text in files.items():
        write(folder / name, text.encode())
    for name in ("profiles", "exports", "classifications", "output"):
        try:
            (folder / name).mkdir(exist_ok=True)
        except OSError as error:
            raise CannotWriteError(path=folder / name, reason=why(error)) from None
    return [folder / name for name in files]
