"""The log: JSON lines on standard error, without personal data, fit for a SIEM.

Quiet unless ``--verbose``.  An event holds names of files and rules, and counts.
"""

import sys

import structlog


def start(*, verbose: bool) -> None:
    """Send events to standard error when *verbose*, otherwise nowhere."""
    level = 10 if verbose else 50
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def event(name: str, **facts: str | float) -> None:
    """Write one event; *facts* hold no value of a record."""
    structlog.get_logger().info(name, **facts)
