"""What libraries say of a settings file, as sentences of the catalogue.

They speak English only.  What is not known here is passed on as it is.
"""

import re

from kirjaamo.messages import N_, gettext

SENTENCES = {
    r"Object contains unknown field `(?P<name>[^`]*)`": N_("there is no setting `{name}`"),
    r"Object missing required field `(?P<name>[^`]*)`": N_("the setting `{name}` is missing"),
    r"Invalid enum value (?P<name>.*)": N_("{name} is not one of the values allowed"),
    r"Expected `(?P<wanted>[^`]*)`, got `(?P<found>[^`]*)`": N_(
        "`{wanted}` should stand here, not `{found}`"
    ),
}
"""Pattern of what is said to the sentence of the catalogue."""


def in_words(problem: str) -> str:
    """Return what is wrong, in the language in use, with the key that it is about.

    >>> in_words("Object contains unknown field `foo` - at `$.check`")
    'check: there is no setting `foo`'
    """
    said, _, place = problem.partition(" - at ")
    where = place.strip("`").removeprefix("$").removeprefix(".")
    for pattern, sentence in SENTENCES.items():
        found = re.fullmatch(pattern, said)
        if found:
            words = gettext(sentence).format(**found.groupdict())
            return f"{where}: {words}" if where else words
    return problem
