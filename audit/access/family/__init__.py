"""AR: access rights of workers against employment, units and the organisation's rule table.

Rules compare; what is right the organisation says itself, in its rule table.  A day that is
missing limits nothing, and a worker whose identifier stands on several rows is nobody for
certain: a false alarm is worse than a miss.
"""
