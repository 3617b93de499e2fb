"""Record maps: from old records to documents of the national structures.

Here are the model of a map, its reader, its compiler, the checks of maps as data, and the
pages that show them.  The maps themselves are data in ``mappings/records``.  Nothing here
reads exports, decides what may move, or writes documents: that is the migration.
"""

from kirjaamo.mappings.recordmaps.building import Builder, Built, Origin
from kirjaamo.mappings.recordmaps.compiling import compiled
from kirjaamo.mappings.recordmaps.model import Case, RecordMap
from kirjaamo.mappings.recordmaps.reading import get, maps, read, shipped

__all__ = [
    "Builder",
    "Built",
    "Case",
    "Origin",
    "RecordMap",
    "compiled",
    "get",
    "maps",
    "read",
    "shipped",
]
