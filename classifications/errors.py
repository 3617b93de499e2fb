"""What can go wrong with code lists, one class each."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_, gettext


class CannotImportError(KirjaamoError):
    """A file is not a code list that can be trusted."""

    sentence = N_(
        "{file}{place}: {reason}. Nothing was imported; correct the file or get it again."
    )

    def __init__(self, *, file: object, reason: str, place: str = "", **facts: object) -> None:
        """Keep the file, the row, cell or path inside it, and the reason with its facts."""
        super().__init__(file=file, reason=reason, place=place, **facts)

    def __str__(self) -> str:
        """Return the sentence with its place and reason in the language in use."""
        reason = gettext(str(self.facts["reason"])).format(**self.facts)
        place = f", {self.facts['place']}" if self.facts["place"] else ""
        return gettext(self.sentence).format(
            file=self.facts["file"], place=place, reason=reason
        )


class CannotFetchError(KirjaamoError):
    """The code server could not be reached, or did not give a whole list."""

    sentence = N_(
        "The code list {oid} could not be fetched from {url}: {reason}. "
        "Nothing was changed; try again later, or download the list and use “kirjaamo codes import”."
    )

    def __str__(self) -> str:
        """Return the sentence with its reason in the language in use."""
        reason = gettext(str(self.facts["reason"])).format(**self.facts)
        return gettext(self.sentence).format(**(self.facts | {"reason": reason}))


class DamagedListError(KirjaamoError):
    """A stored code list is not what it was when it was stored."""

    sentence = N_(
        "{path} is not the file that was stored: its sha256 differs. Import the list again."
    )
