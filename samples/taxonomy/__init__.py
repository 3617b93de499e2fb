"""Kirjaamo's sample taxonomy: ours, not the authority's, in the authority's architecture.

Made by ``kirjaamo samples taxonomy``.  Everything is of the namespace ``example.org`` and called
*malli* (model), so that no instance of it can be taken for a filing.  Accounts and service
classes are a part of the lists that municipalities used until 2022; the sectors, the totals and
all codes of data points are our own.

============== ==================================================================================
module         holds
============== ==================================================================================
design.py      metrics, dimensions, tables and modules; members and what must hold between
               them are read from ``members.csv`` and ``comparisons.csv``
markup.py      XML as the files write it
schemas.py     the schema files: dictionary and modules
networks.py    the linkbases: closed hypercubes, hierarchies, labels
assertions.py  the formula linkbase: one assertion for each calculation
database.py    the data points: "VK data", the DPM database, CSV
package.py     the taxonomy package and the folder that the command writes
============== ==================================================================================

A member is ``x`` and the code of the list (``malli_TI:x4000``); totals are ``y`` and a number.
A data point is written ``MET(malli_met:md1)|malli_dim:PAL(malli_PA:x2121)|…`` with its
dimensions in alphabetical order.
"""
