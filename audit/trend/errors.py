"""Errors of snapshots and score files."""

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_


class SnapshotExistsError(KirjaamoError):
    """A snapshot was to be kept under a name that another has."""

    sentence = N_("There is a snapshot called {name} already. Nothing was changed.")
    exit_code = ExitCode.CONFLICT


class NothingMeasuredError(KirjaamoError):
    """There is no record that any measure could judge."""

    sentence = N_(
        "There is nothing to show: no record could be judged, or every group is smaller than the "
        "settings allow to show."
    )


class ScoreFileError(KirjaamoError):
    """A score file cannot be used."""

    sentence = N_("{file} is no score file that this version can read: {reason}.")


class NoSnapshotError(KirjaamoError):
    """Two snapshots are needed and there are fewer."""

    sentence = N_(
        "There is no snapshot to compare with. Keep one with “kirjaamo audit snapshot”."
    )


class NoCareSnapshotError(KirjaamoError):
    """Two snapshots of data care are needed and there are fewer."""

    sentence = N_(
        "There are not two snapshots of data care to compare. Keep them with “kirjaamo care "
        "snapshot”."
    )
