"""What can stop pseudonymisation, one class each."""

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_


class NoKeyError(KirjaamoError):
    """There is no key."""

    sentence = N_(
        "There is no key. Name its file with --key, or set {variable}; "
        "“kirjaamo pseudonymise --new-key FILE” makes one."
    )


class KeyFormError(KirjaamoError):
    """A key is not written as it must be; it is never shown."""

    sentence = N_("The key in {place} is no key of Kirjaamo: it must be 64 hexadecimal digits.")


class KeyPlaceError(KirjaamoError):
    """A key stands where copies or records stand."""

    sentence = N_(
        "The key {path} stands in {folder}, beside what it protects. Keep it outside, where only "
        "those may read it who may know whose records these are."
    )


class WrongKeyError(KirjaamoError):
    """A vault cannot be opened with a key."""

    sentence = N_(
        "The vault {path} does not open with this key, or it was changed. Nothing was written."
    )


class FolderInUseError(KirjaamoError):
    """A copy would be written into a folder that holds something."""

    sentence = N_("The folder {path} is not empty. Nothing was written; name a new folder.")
    exit_code = ExitCode.CONFLICT


class NoCopyError(KirjaamoError):
    """A folder is not a pseudonymised copy."""

    sentence = N_(
        "{path} is no pseudonymised copy: it has no folder “exports” with files that its "
        "profiles explain."
    )
