"""Let libFuzzer lead one test, until the time is over or something is found: `python -m fuzz.one TEST SECONDS`."""

import sys
from pathlib import Path

import atheris

READERS = ["bot.channels", "bot.console", "bot.sessions", "bot.understanding"]

with atheris.instrument_imports(include=READERS):
    from fuzz.targets import find_targets

FOLDER = Path(".fuzz")


def main() -> None:
    """Run the test; libFuzzer ends the process."""
    _, name, seconds = sys.argv
    corpus = FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    limits = (f"-max_total_time={seconds}", "-max_len=4096", "-timeout=20")
    told = ("-verbosity=0", "-print_final_stats=1", f"-artifact_prefix={FOLDER}/")
    atheris.Setup([sys.argv[0], *limits, *told, str(corpus)], find_targets()[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
