"""From mapped postings to a filing: one fact for one data point, or one error and no filing.

============== ==================================================================================
module         holds
============== ==================================================================================
sums.py        which postings are filed, and their sums of national codes
values.py      values of data points: amounts, quantities, and what the settings state
filing.py      the whole way, as an `Extract`
telling.py     what was filed, left out and missing, as tables
============== ==================================================================================
"""
