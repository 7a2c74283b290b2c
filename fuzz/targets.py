"""The tests that libFuzzer may lead: those of what comes from outside."""

from collections.abc import Callable, Mapping

from tests import test_any_input
from tests.understanding import test_properties

MODULES = (test_any_input, test_properties)
"""What is read of platforms, visitors and stores; and what users write."""


def find_targets() -> Mapping[str, Callable[[bytes], bytes | None]]:
    """Of each test with made-up inputs what runs it with the inputs that are read from some bytes."""
    tests = {name: test for module in MODULES for name, test in vars(module).items() if name.startswith("test_")}
    return {name: test.hypothesis.fuzz_one_input for name, test in tests.items() if hasattr(test, "hypothesis")}
