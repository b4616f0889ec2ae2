"""Run kzus, as `python -m kzus` and as the `kzus` command."""

import gc
import os
from typing import NoReturn


def start() -> NoReturn:
    """Answer one command line and end the process.

    A query lives for a twentieth of a second. Looking for garbage while everything is still being imported,
    and taking it all apart again at the end, would be a quarter of that.
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would search every package there is for some
    try:
        code = _answer()
    except KeyboardInterrupt:  # before there is anybody to catch it
        code = 128 + 2
    os._exit(code)  # whoever answered has flushed what there was to say


def _answer() -> int:
    if "_KZUS_COMPLETE" in os.environ:
        from kzus.completion.reply import main
    else:
        from kzus.app import main
    return main()


if __name__ == "__main__":
    start()
