"""The taxonomy package, and the folder of everything that belongs to the sample taxonomy."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from kirjaamo.files import write as write_file
from kirjaamo.samples.taxonomy import assertions, database, markup, networks, schemas
from kirjaamo.samples.taxonomy.design import PREFIX, PUBLISHED, Design, sample

FOLDER = f"{PREFIX}-{PUBLISHED}"
"""The one folder at the top of the package."""

HOST = "http://www.example.org/"
PACKAGE = f"{PREFIX}-taxonomy.zip"
DATAPOINTS = f"{PREFIX}-datapoints.sqlite"
_MOMENT = (2026, 1, 31, 0, 0, 0)
_ENTRY = """    <tp:entryPoint>
      <tp:name xml:lang="fi">{fi}</tp:name>
      <tp:name xml:lang="sv">{sv}</tp:name>
      <tp:entryPointDocument href={address}/>
    </tp:entryPoint>
"""
_METADATA = """<?xml version="1.0" encoding="UTF-8"?>
<!--{notice}-->
<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="fi">
  <tp:identifier>{identifier}</tp:identifier>
  <tp:name xml:lang="fi">Kirjaamon esimerkkitaksonomia</tp:name>
  <tp:name xml:lang="sv">Kirjaamos exempeltaxonomi</tp:name>
  <tp:version>{version}</tp:version>
  <tp:publisher xml:lang="fi">Kirjaamo (esimerkki, ei viranomainen)</tp:publisher>
  <tp:publicationDate>{version}</tp:publicationDate>
  <tp:entryPoints>
{entries}  </tp:entryPoints>
</tp:taxonomyPackage>
"""
_CATALOG = f"""<?xml version="1.0" encoding="UTF-8"?>
<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
  <rewriteURI uriStartString="{HOST}" rewritePrefix="../www.example.org/"/>
</catalog>
"""


def write(folder: Path) -> list[Path]:
    """Write the package and the data points into *folder*; always the same bytes.

    Raises:
        CannotWriteError: The folder cannot be written.
    """
    for name, data in contents().items():
        write_file(folder / name, data)
    return [folder / name for name in contents()]


@cache
def contents() -> Mapping[str, bytes]:
    """Return name to content of every file; made once, because ledgers bring them along."""
    design = sample()
    return {
        PACKAGE: package(design),
        DATAPOINTS: database.vk_data(design),
        f"{PREFIX}-dpm.sqlite": database.dpm(design),
        f"{PREFIX}-datapoints.csv": database.table(design),
    }


def package(design: Design) -> bytes:
    """Return the taxonomy package (Taxonomy Packages 1.0)."""
    entries = "".join(
        _ENTRY.format(
            fi=escape(one.labels["fi"]),
            sv=escape(one.labels["sv"]),
            address=quoteattr(one.entry_point),
        )
        for one in design.modules
    )
    facts = {"notice": markup.NOTICE, "version": PUBLISHED, "entries": entries}
    metadata = _METADATA.format(identifier=f"{HOST}xbrl/{FOLDER}", **facts)
    content = {"META-INF/taxonomyPackage.xml": metadata.encode(),
               "META-INF/catalog.xml": _CATALOG.encode()}  # fmt: skip
    made = {**schemas.files(design), **networks.files(design), **assertions.files(design)}
    for address, data in made.items():
        content[address.replace("http://", "", 1)] = data
    return _zipped(content)


def _zipped(content: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in sorted(content.items()):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return stream.getvalue()
