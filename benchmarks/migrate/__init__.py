"""How fast a migration is: against writing the same bytes, and as it grows."""
