"""Archive documents: whether they are sound, what checks find, and how fast both are."""
