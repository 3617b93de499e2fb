"""Access rights of the sample region, as its identity management would export them.

``people`` makes employees, units and the rights that the rule table gives; ``defects`` breaks
some on purpose and says where; ``exports`` writes the files, the rule table and the truth.
"""

from kirjaamo.samples.access.exports import write

__all__ = ["write"]
