"""What a document tells of information got from elsewhere, as demands for two regimes."""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.classifications.structures.condition_forms import Every, Filled, Some
from kirjaamo.rules import Demand
from kirjaamo.validators.law.demands import demand

RECEIVED = Some((Filled("saadut_tiedot"), Filled("tietojen_saamisen_paivamaara")))
ASKED = Some((Filled("pyydetyt_tiedot"), Filled("tietojen_pyytamisen_paivamaara")))


def demands(structure: Structure) -> Iterator[Demand]:
    """Yield the source, the basis, and of information asked for the asker and the purpose."""
    root = structure.root
    if structure.field(f"{root}/saadut_tiedot") is None:
        return
    asked = Every((RECEIVED, ASKED))
    wanted = (
        (RECEIVED, ("tiedonlahde", "tiedot_antanut_henkilo")),
        (RECEIVED, ("perustelu",)),
        (asked, ("tietoja_pyytanyt_ammattihenkilo",)),
        (asked, ("kayttotarkoitus_johon_tiedot_on_pyydetty",)),
    )
    for when, keys in wanted:
        paths = [f"{root}/{key}" for key in keys]
        yield from demand(structure, *paths, within=root, when=when)
