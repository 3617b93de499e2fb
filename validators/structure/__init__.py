"""ST: structure of documents.

Whether a document holds what its national structure asks: the structure's own schema, the
conditions that are prose there, codes, identifiers and days.  What the law asks of the content
belongs to ``content``.  `paths` leads to fields and groups, `listed` and `identity` know codes
and identifiers.
"""
