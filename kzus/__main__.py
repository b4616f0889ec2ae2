"""Run kzus, as `python -m kzus` and as the `kzus` command."""

import os
from _signal import SIGINT, default_int_handler, getsignal, signal  # type: ignore[import-not-found]  # built in: no time lost


def _end(*_: object) -> None:
    """End at once, while there is nothing to clean up."""
    os._exit(_INTERRUPTED)


_INTERRUPTED = 128 + 2
_HEEDS = getsignal(SIGINT) is default_int_handler  # not so in the background of a shell
if _HEEDS:  # before anything else is imported
    signal(SIGINT, _end)

import gc  # noqa: E402
import sys  # noqa: E402

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_is_interrupted = False


def start() -> "NoReturn":
    """Answer one command line and end the process.

    A query lives for a twentieth of a second. Looking for garbage while everything is still being imported,
    and taking it all apart again at the end, would be a quarter of that.
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would search every package there is for some
    from kzus.app import main

    try:
        if _HEEDS:
            signal(SIGINT, _interrupt)
        code = main()
    except BaseException:
        if not _is_interrupted:  # which an import may have made another error of
            raise
    os._exit(_INTERRUPTED if _is_interrupted else code)  # whoever answered has flushed what there was to say


def _interrupt(*_: object) -> "NoReturn":
    """Let whoever writes a file clean up."""
    global _is_interrupted  # noqa: PLW0603 - a signal handler has nowhere else to leave word
    _is_interrupted = True
    sys.unraisablehook = lambda _: None  # Python tells of it where it can't be raised
    raise KeyboardInterrupt


if __name__ == "__main__":
    start()
