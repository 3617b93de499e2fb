"""Engines: rules over units of sources, with memory that depends on the unit, not the file.

``pack``    binds rules to the columns that a source really has
``kernel``  a unit and a pack in, counts and findings out; no other input or output
``local``   runs the kernel over units in threads (Polars and Arrow release the lock)
``driver``  orders results, numbers lines, runs table rules, applies waivers, makes the `Run`
"""
