"""Run the tests with made-up inputs for longer, led by what the inputs reach in the code: `python -m fuzz SECONDS`.

What breaks a test is printed as its arguments, and belongs beside the test as an `@example`. What led further into the
code is kept in `.fuzz`, and the next run begins with it.
"""

import subprocess
import sys

from fuzz.targets import find_targets

NOISE = ("INFO: ", "WARNING: ")
"""A line for each module that is instrumented, and for each function that libFuzzer does without."""


def run(name: str, seconds: str) -> bool:
    """Whether the test, in a process of its own, held until the time was over."""
    command = [sys.executable, "-m", "fuzz.one", name, seconds]
    sys.stdout.write(f"== {name}\n")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:  # noqa: S603
        for line in process.stdout or ():
            if not line.startswith(NOISE):
                sys.stdout.write(line)
        sys.stdout.flush()
    return process.returncode == 0


def main() -> int:
    """Run all of them, one after the other; 1 when any found something."""
    held = [run(name, sys.argv[1]) for name in find_targets()]
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
