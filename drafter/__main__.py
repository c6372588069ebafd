"""`drafter` and `python -m drafter`."""

import contextlib
import gc
import os
import sys


def main() -> None:
    """Run the command line, and end at once when it is done.

    Importing makes many objects and frees none, so that Python's collector would search them in vain; and taking the
    interpreter apart at the end costs as much as writing a plan. Every file is closed by then.
    """
    gc.set_threshold(2_000_000, 50, 50)
    # Else pydantic asks every package that is installed here whether it is a plugin of it.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from drafter.cli import main as command_line  # noqa: PLC0415

    code = command_line()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
