"""Thresholds of a workspace: named rightly and of the right kind, before anything is measured."""

import datetime as dt

from kirjaamo.audit.measures import get
from kirjaamo.audit_settings import Audit
from kirjaamo.errors import SettingsError, UnknownNameError
from kirjaamo.messages import N_, gettext
from kirjaamo.workspace import FILE

WRONG = N_("audit.thresholds.{code}.{name} must be of the kind of its default, {default}")


def hold(settings: Audit) -> None:
    """Refuse thresholds that no measure has.

    Raises:
        UnknownNameError: A measure or a setting does not exist.
        SettingsError: A value is of the wrong kind.
    """
    for code, values in settings.thresholds.items():
        known = {one.name: one for one in get(code).settings}
        for name, value in values.items():
            if name not in known:
                raise UnknownNameError(kind=N_("setting"), name=name, known=tuple(known))
            if not _fits(value, known[name].default):
                reason = gettext(WRONG).format(
                    code=code, name=name, default=known[name].default
                )
                raise SettingsError(file=FILE, reason=reason)


def _fits(value: object, default: object) -> bool:
    """Return whether a value is of the kind of the default; a day must be one."""
    numbers = (int, float)
    if isinstance(default, numbers) and not isinstance(default, bool):
        return isinstance(value, numbers) and not isinstance(value, bool) and value >= 0
    return isinstance(value, type(default)) and (not _is_day(default) or _is_day(value))


def _is_day(value: object) -> bool:
    try:
        dt.date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
