"""How much memory the program has needed, for those who must size a machine."""

import resource


def peak_mb() -> int:
    """Return the most megabytes that this process, or the largest of its children, has held."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in who) // 1024
