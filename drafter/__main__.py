"""`drafter` and `python -m drafter`."""

import gc


def main() -> None:
    """Start the command line.

    Importing makes many objects and frees none, so that Python's collector would search them in vain some forty times.
    """
    gc.set_threshold(100_000, 50, 50)
    from drafter.cli import main as command_line  # noqa: PLC0415

    command_line()


if __name__ == "__main__":
    main()
