"""What can keep documents from being validated by a service, one class each."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_, gettext


class NotTestDataError(KirjaamoError):
    """A document may be about a real person, or that cannot be told."""

    sentence = N_(
        "{file} was not sent: {reason}. Nothing of these documents left this machine; the service "
        "takes test data only."
    )

    def __str__(self) -> str:
        """Return the sentence with its reason in the language in use."""
        reason = gettext(str(self.facts["reason"]))
        return gettext(self.sentence).format(file=self.facts["file"], reason=reason)


class NoServiceError(KirjaamoError):
    """An address is no address of a web service."""

    sentence = N_(
        "The address of the service must begin with http:// or https:// and name a host. Correct "
        "--service."
    )
