"""Our own rules of sums beside Arelle's assertions of the same taxonomy."""
