"""Samples: one region that does not exist, as three old client systems would export it.

Everything is made up: names come from lists of common ones, identity codes have individual
numbers 900-999, business ids lie outside the range that is given out.  The same seed gives
the same bytes.  Here belong the makers of the sample, its data and the damage that is put into
it on purpose; no rule and no reader of files.

>>> region = generate(clients=30, seed=1, defects=0.0)
>>> region.tables("C")["decision"].height
40
"""

from kirjaamo.samples.export import export
from kirjaamo.samples.region import AS_OF, SYSTEMS, Region, generate
from kirjaamo.samples.staff_list import staff_list
from kirjaamo.samples.workspace import workspace

__all__ = ["AS_OF", "SYSTEMS", "Region", "export", "generate", "staff_list", "workspace"]
