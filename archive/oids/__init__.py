"""Object identifiers: checking a whole register of units, allocating, and the coding report.

What an OID is made of is known from JHS 159 (annex 1): below 1.2.246.10 stands the business id
of the organisation without hyphen and without zeros in front.  The national register of social
and health care organisations gives units their OIDs; Kirjaamo allocates only below the
organisation's own node, for documents and other objects.
"""
