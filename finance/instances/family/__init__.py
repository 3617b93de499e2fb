"""FN: finance, instances before they are filed, from FN101.

What is wrong with an instance by the good practice of filing, whoever made it: its form, its
contexts and units, its facts.  Whether its sums are right belongs to proof and to ledgers.
"""
