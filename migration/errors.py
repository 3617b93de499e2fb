"""What can stop a migration, one class each."""

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_


class PlanChangedError(KirjaamoError):
    """What the plan was made of is no longer the same."""

    sentence = N_(
        "Since the plan was made, this has changed: {what}. Nothing was moved; make a new plan "
        "with “kirjaamo migrate plan”."
    )
    exit_code = ExitCode.CONFLICT


class PlanFileError(KirjaamoError):
    """A file is no plan, or was edited."""

    sentence = N_(
        "{file} is not a plan as “kirjaamo migrate plan” wrote it. Make a new plan; "
        "what a plan says is changed in settings and mappings, not in its file."
    )
    exit_code = ExitCode.CONFLICT


class NoPlanError(KirjaamoError):
    """A plan file cannot be read."""

    sentence = N_(
        "The plan {file} cannot be read: {reason}. “kirjaamo migrate plan” writes one."
    )


class NotTestedError(KirjaamoError):
    """A production run has no accepted test run of the same recipe."""

    sentence = N_(
        "No test batch with these mappings, code lists and rules has been accepted. Run "
        "“kirjaamo migrate plan --stage test”, then run, reconcile and accept it first."
    )
    exit_code = ExitCode.CONFLICT


class NoRunError(KirjaamoError):
    """There is no run of that number, or none at all."""

    sentence = N_("The ledger has no such run. “kirjaamo migrate status” lists the runs.")


class RunStateError(KirjaamoError):
    """A run is not in the state that the command needs."""

    sentence = N_("Run {run} is {state}. {advice}")
    exit_code = ExitCode.CONFLICT

    def __str__(self) -> str:
        """Return the sentence with state and advice in the language in use."""
        from kirjaamo.messages import gettext

        return gettext(self.sentence).format(
            run=self.facts["run"],
            state=gettext(str(self.facts["state"])),
            advice=gettext(str(self.facts["advice"])),
        )


class OtherTargetError(KirjaamoError):
    """A place in the target holds something that this migration did not write."""

    sentence = N_(
        "The target {target} holds {count} documents that are not as the ledger knows them. "
        "Nothing of this batch was changed; “kirjaamo migrate reconcile” lists them."
    )
    exit_code = ExitCode.CONFLICT


class DifferenceError(KirjaamoError):
    """A run cannot be accepted while its reconciliation shows a difference."""

    sentence = N_(
        "The reconciliation of run {run} shows {count} differences; it is not accepted. "
        "“kirjaamo migrate reconcile” shows them."
    )
    exit_code = ExitCode.CONFLICT


class UnknownTargetError(KirjaamoError):
    """A target is neither a known form nor a database URL."""

    sentence = N_("“{name}” is no target. Use folder, jsonl, zip or a database URL.")


class SelectionError(KirjaamoError):
    """A selection is not written as it must be."""

    sentence = N_(
        "“{text}” selects nothing. Write system=A, unit=AY03, task=10 or kind=decision."
    )
