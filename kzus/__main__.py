"""Run kzus, as `python -m kzus` and as the `kzus` command."""

import os
from _signal import SIGINT, default_int_handler, getsignal, signal  # type: ignore[import-not-found]  # built in, so fast to import


def _exit_interrupted(*_: object) -> None:
    """Exit at once; used while there is nothing to clean up."""
    os._exit(_INTERRUPTED)


_INTERRUPTED = 128 + 2  # as a shell says of what SIGINT (2) has ended
_HANDLES_INTERRUPT = getsignal(SIGINT) is default_int_handler  # false for background jobs of a shell
if _HANDLES_INTERRUPT:  # before anything else is imported
    signal(SIGINT, _exit_interrupted)

import gc  # noqa: E402
import sys  # noqa: E402

TYPE_CHECKING = False  # typing would take time to import
if TYPE_CHECKING:
    from typing import NoReturn

_is_interrupted = False


def start() -> "NoReturn":
    """Answer one command line and end the process.

    A query takes a twentieth of a second. Garbage collection during imports and the interpreter's cleanup at exit
    would add a quarter of that, so both are skipped.
    """
    gc.disable()
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # else pydantic searches every installed package for plugins
    from kzus.app import main  # behind the lines above, which hold for what it imports

    try:
        if _HANDLES_INTERRUPT:
            signal(SIGINT, _raise_interrupt)
        code = main()
    except BaseException:
        if not _is_interrupted:  # an import may have turned the interrupt into another error
            raise
    os._exit(_INTERRUPTED if _is_interrupted else code)  # main has flushed stdout


def _raise_interrupt(*_: object) -> "NoReturn":
    """Raise KeyboardInterrupt, so that code that writes a file can clean up."""
    global _is_interrupted  # noqa: PLW0603 - a signal handler can only set a global
    _is_interrupted = True
    sys.unraisablehook = lambda _: None  # else Python reports it where it can't be raised
    raise KeyboardInterrupt


if __name__ == "__main__":
    start()
