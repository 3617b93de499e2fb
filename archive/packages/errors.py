"""What can stop packing and handing over, one class each."""

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_


class UnsafeNameError(KirjaamoError):
    """A file in a folder or package has a name that is not safe everywhere."""

    sentence = N_(
        "{place} holds a name that is not allowed, or a link: names consist of letters, digits, "
        "dots, hyphens and underscores, and lead nowhere else. Nothing was written."
    )


class UnknownFileError(KirjaamoError):
    """A file is neither an archive document nor a message frame."""

    sentence = N_(
        "{file} is neither an archive document nor the frame of one. Take it out of the folder; "
        "nothing was packed."
    )


class EmptyFolderError(KirjaamoError):
    """A folder has no archive document."""

    sentence = N_("There is no archive document in {folder}. Nothing was written.")


class SameDocumentError(KirjaamoError):
    """Two files are the same document."""

    sentence = N_("{file} and {other} have the same identifier. Nothing was packed.")


class LooseFrameError(KirjaamoError):
    """A frame belongs to no document of the folder."""

    sentence = N_("The document of the frame {file} is not in the folder. Nothing was packed.")


class DoesNotHoldError(KirjaamoError):
    """Documents that were to be packed, or a package that was to go on, do not hold."""

    sentence = N_(
        "{count} files of {place} do not hold, {file} the first of them: {reason}. Nothing was "
        "changed; kirjaamo archive verify tells them all."
    )
    exit_code = ExitCode.FINDINGS


class NotEmptyError(KirjaamoError):
    """A place to write to holds something already."""

    sentence = N_("{folder} is there already and not empty. Choose another place.")
    exit_code = ExitCode.CONFLICT


class NoPackageError(KirjaamoError):
    """A file or folder is no package."""

    sentence = N_("{place} is no package that can be opened: {reason}.")


class TooLargePackageError(KirjaamoError):
    """A package unpacks to more than is allowed."""

    sentence = N_(
        "{place} holds more than {files} files or unpacks to more than {gigabytes} GB. Nothing "
        "was written."
    )


class NotCompleteError(KirjaamoError):
    """Documents are not in the state in which they can be packed."""

    sentence = N_(
        "{count} documents cannot be packed: the ledger does not know their bytes as complete "
        "(checked and signed), {file} the first of them. Nothing was packed."
    )
    exit_code = ExitCode.CONFLICT


class PackedAlreadyError(KirjaamoError):
    """Documents were packed already and cannot be signed or changed any more."""

    sentence = N_(
        "{count} documents are in a package already with other bytes, {file} the first of them. "
        "A changed document is a new version with an identifier of its own."
    )
    exit_code = ExitCode.CONFLICT


class UnknownPackageError(KirjaamoError):
    """The ledger does not know a package."""

    sentence = N_("The ledger knows no package called {name}.")


class StepError(KirjaamoError):
    """A package cannot take a step now."""

    sentence = N_(
        "The package {name} is {state}; it becomes {wanted} only when it is {before}. Nothing "
        "was changed."
    )
    exit_code = ExitCode.CONFLICT


class OtherBytesError(KirjaamoError):
    """A package is not the one that the ledger knows."""

    sentence = N_(
        "{place} is not the package that the ledger knows by this name: its hash is another one."
    )
    exit_code = ExitCode.CONFLICT


class NoProtocolError(KirjaamoError):
    """A package is to count as tested without the protocol of a sample."""

    sentence = N_(
        "A package counts as tested when the protocol of its sample is filled: give it with "
        "--protocol."
    )


class ProtocolMarksError(KirjaamoError):
    """A protocol says that something differs, or is not filled."""

    sentence = N_(
        "The protocol has {different} rows marked as different and {empty} rows without a mark, "
        "and {same} as the same. The package was not changed."
    )
    exit_code = ExitCode.FINDINGS
