"""What every command shares: translated help, the language, and how errors are shown.

``command``, ``group``, ``option`` and ``argument`` take the place of click's own.  Their
help stands in English in the code and is a key of the message catalogue.
"""

import errno
import gettext as _gettext
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.resources import files
from typing import Any, NoReturn, TypeVar

import click

from kirjaamo import messages
from kirjaamo.errors import ExitCode, KirjaamoError, UnknownNameError
from kirjaamo.messages import N_, gettext

NAMED_BY_CLICK = (
    N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("INTEGER"), N_("INTEGER RANGE"), N_("FLOAT RANGE"),
)  # fmt: skip
"""What click writes into help without asking gettext; `Command` and `Option` translate it."""

Body = Callable[..., Any]
Function = TypeVar("Function", bound=Body)


class NoSpaceError(KirjaamoError):
    """There is no space left for the result or for temporary files."""

    sentence = N_(
        "There is no space left to write to. Nothing was left half written; free space and run "
        "the command again."
    )


class _Translated:
    """Gives ``help`` and ``short_help`` in the language in use."""

    _help: str | None = None

    @property
    def help(self) -> str | None:
        """Return the help in the language in use."""
        return gettext(self._help) if self._help else self._help

    @help.setter  # noqa: A003 - click's own name
    def help(self, text: str | None) -> None:
        self._help = text

    @property
    def key(self) -> str | None:
        """Return the help as it stands in the code: the key of the catalogue."""
        return self._help


HELP = "Show this message and exit."
"""What click says of ``--help``; a key of the catalogue ``click``."""


class Option(_Translated, click.Option):
    """An option with translated help."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for the value, in the language in use."""
        return gettext(super().make_metavar(ctx))


class Command(_Translated, click.Command):
    """A command with translated help that takes ``--lang`` wherever it stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's own arguments
        super().__init__(*args, **kwargs)
        self.params.append(_language_option())

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``, which click makes once, in the language in use."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = gettext(HELP)
        return found

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the words of the usage line in the language in use."""
        return [gettext(piece) for piece in super().collect_usage_pieces(ctx)]


class Group(Command, click.Group):
    """A group of commands with translated help."""

    command_class = Command
    group_class = type
    """Groups inside a group are of its class."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they are defined."""
        del ctx
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command asked for, or say which one may have been meant."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            known = tuple(self.list_commands(ctx))
            raise UnknownNameError(kind=N_("command"), name=args[0], known=known)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the first sentence of each command's help, whole, where click would cut it."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, _first_sentence(one.help or "")) for name, one in found if one]
        with formatter.section(gettext("Commands")):
            formatter.write_dl(rows)


def _first_sentence(text: str) -> str:
    """Return the first sentence of a help text.

    >>> _first_sentence("List the codes. FAMILY shows one.")
    'List the codes.'
    """
    first = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    head, stop, _ = first.partition(". ")
    return head + stop.rstrip()


def _language_option() -> Option:
    """Return ``--lang``; its value is read before the command line is parsed."""
    return Option(
        ["--lang"],
        expose_value=False,
        metavar="fi|sv|en",
        help=N_("Language of messages, reports and help."),
    )


class Root(Group):
    """The command ``kirjaamo``: loads a command when it is asked for, and shows errors."""

    def __init__(self, *args: Any, lazy: dict[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - click's own arguments
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which people need them."""
        del ctx
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command called *cmd_name*, importing its module now."""
        del ctx
        if cmd_name not in self.lazy:
            return None
        module, _, name = self.lazy[cmd_name].partition(":")
        found = getattr(import_module(module), name)
        return found if isinstance(found, click.Command) else None

    def main(self, args: Sequence[str] | None = None, *more: Any, **named: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Choose the language, then run."""
        given = list(sys.argv[1:] if args is None else args)
        try:
            speak(_asked_language(given))
        except KirjaamoError as error:
            _fail(error)
        return super().main(given, *more, **named)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever the command returns
        """Run the command; an error is one sentence and its exit code."""
        try:
            return _flushed(super().invoke, ctx)
        except KirjaamoError as error:
            _fail(error)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            _discard_output()
            _fail(NoSpaceError())
        except KeyboardInterrupt:
            click.echo(gettext("Interrupted. Nothing was left half written."), err=True)
            raise SystemExit(ExitCode.INTERRUPTED) from None


def _flushed(body: Body, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever it returns
    """Run *body* and let what it printed reach its reader, while an error can still be told."""
    try:
        return body(ctx)
    finally:
        sys.stdout.flush()


def _discard_output() -> None:
    """Drop what cannot be printed, so that Python does not try it again at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _fail(error: KirjaamoError) -> NoReturn:
    click.echo(gettext("Error: {sentence}").format(sentence=error), err=True)
    raise SystemExit(int(error.exit_code)) from None


def _asked_language(given: list[str]) -> str | None:
    """Return the value of ``--lang``.

    >>> _asked_language(["check", "--lang=sv"])
    'sv'
    """
    for word, following in zip(given, [*given, ""][1:], strict=True):
        if word == "--":
            return None
        value = following if word == "--lang" else word.removeprefix("--lang=")
        if word == "--lang" or word.startswith("--lang="):
            if value not in messages.LANGUAGES:
                known = messages.LANGUAGES
                raise UnknownNameError(kind=N_("language"), name=value, known=known)
            return value
    return None


def speak(asked: str | None) -> None:
    """Make the language that of our messages and of click's own."""
    chosen = messages.preferred(asked)
    messages.use(chosen)
    os.environ["LANGUAGE"] = chosen
    _gettext.bindtextdomain("click", str(files("kirjaamo") / "locale"))
    _gettext.textdomain("click")


argument = click.argument


def option(*names: str, **facts: Any) -> Callable[[Function], Function]:  # noqa: ANN401 - click's own arguments
    """Return a decorator that adds an option with translated help."""
    return click.option(*names, cls=Option, **facts)


def command(name: str | None = None, **facts: Any) -> Callable[[Body], Command]:  # noqa: ANN401 - click's own arguments
    """Return a decorator that makes a command with translated help."""
    return click.command(name, cls=Command, **facts)


def group(name: str | None = None, **facts: Any) -> Callable[[Body], Group]:  # noqa: ANN401 - click's own arguments
    """Return a decorator that makes a group of commands with translated help."""
    return click.group(name, cls=Group, **facts)
