"""National data: dated code lists, document structures and law-given values, and their readers.

A code list is a folder ``<slug>/`` with ``list.yaml`` and dated editions
``<YYYY-MM-DD>/{edition.yaml,codes.csv}``.  Data never contains logic, and code never names
a code: rules ask `Codes`.  Document structures live in ``structures``; mappings from old
values to new ones belong to ``kirjaamo.mappings``.
"""

from kirjaamo.classifications.catalogue import Codes
from kirjaamo.classifications.codelist import CodeList

__all__ = ["CodeList", "Codes"]
