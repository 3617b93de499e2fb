"""Proof that an instance is right: by Arelle, and by our own rules of sums.

Arelle runs offline, in processes of its own; the taxonomy package is looked at before it may see
it.  Our own rules check what the calculation hierarchies say as columns, so that big instances
take seconds.  Findings name data points and never a value.

============== ==================================================================================
module         holds
============== ==================================================================================
package.py     a taxonomy package: safe, with entry points and namespaces
worker.py      one process with one session of Arelle
arelle.py      files over such processes, with a time limit
rules.py       sums and comparisons of the calculation hierarchies
proving.py     both engines over files, as one table of findings
codes.py       what the commonest codes of Arelle mean
============== ==================================================================================
"""
