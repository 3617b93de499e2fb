"""Random ledgers all the way to proved instances, and our own rules beside Arelle."""
