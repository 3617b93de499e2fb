"""Documents: client documents as JSON trees, wherever they stand.

``reading``  finds documents in JSON files, JSON lines, folders, zips and archive documents
``parsing``  turns bytes into a tree, or says what is wrong with them
``model``    what a rule is given

What a document must hold is unknown here: structures are national data.
"""
