"""Client plan without the need, the services or the goals.

**What it checks.** A client plan tells the client's need for support, the services the client
needs, and the goals. Any one of the fields that the structure has for each will do.

**Why it matters.** Without them there is nothing to carry out or to follow. The acts on
client data list the three without exception. The means to the goals are not asked for,
because several structures have no field for them but the services.

**Example.** The plan sets goals and tells how the client is heard, but names no service.
"""

import re
from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, is_client_plan

NEED = re.compile(
    "(?:asiakkaan|ammattihenkilon|laheisten)_arvio_(?:tarvittavasta_tuesta|tuesta)"
    "|(?:asiakkaan|ammattihenkilon)_arvio_siita_millaista_tukea_ja_mita_palveluja_.*"
    "|lapsen_.*_tuen_ja_palvelujen_tarve"
)
SERVICES = re.compile(
    "palvelut_joita_asiakkaalle_suunnitellaan"
    "|suunniteltavat_sosiaalipalvelut"
    "|menetelmat_ja_palvelut_joilla_tavoitteet_pyritaan_saavuttamaan"
    "|muut_palvelut_.*keinot.*"
    "|keinot_tavoitteiden_saavuttamiseksi_ja_tuen_tarpeeseen_vastaamiseksi"
)
GOALS = re.compile("asetettavat_tavoitteet")


@document_rule(
    "LW013",
    severity=Severity.ERROR,
    basis="Act 703/2023, section 43(1) to (3); until 2023 Act 254/2015, section 16(1) to (3); Act 1301/2014, section 39(2)",
    since="0.1.0",
    advice="Complete the need, the services or the goals of the plan.",
    applies_from=start("254/2015", "16"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand a field of each of the three."""
    if is_client_plan(structure):
        for part in (NEED, SERVICES, GOALS):
            paths = [field.path for field in structure.fields if part.fullmatch(field.key)]
            yield from demand(structure, *paths)
