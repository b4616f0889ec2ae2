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
        from kzus.app import main

        code = main()
    except KeyboardInterrupt:  # before there is anybody to catch it
        code = 128 + 2
    os._exit(code)  # whoever answered has flushed what there was to say


if __name__ == "__main__":
    start()
