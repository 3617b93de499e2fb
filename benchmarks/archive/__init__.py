"""Archive documents: whether checks find every mutation, and how fast they are."""
