"""How long content takes to load and to check, and how much memory: the shipped content, and 10,000 made-up clauses.

Run: python -m benchmarks.content [clauses] [rounds]. Each measurement is a process of its own. Aims at 10,000 clauses
on 2 cores: load under 5 s, `policybot check` under 60 s. The peers read the same files and make nothing of them: a
plain safe load by the same C parser, and json.loads of the same values. The time of the processor is told as well, for
machines that have other work.
"""

import json
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from ruamel.yaml import YAML

from bot.content.loading import PARTS, load_content, shipped_content

ROOT = Path(__file__).resolve().parents[1]
SEED = 20260715
CLAUSES_OF_A_DOCUMENT = 100
LENGTH_OF_AN_ARTICLE = 3
_CLAUSE = re.compile(r"(?m)^  - article:.*\n(?:    .*\n)+")
_DOCUMENT = re.compile(r"(?m)^  - id:.*\n(?:    .*\n)+")
_LINE = re.compile(r"(?m)^    (title|summary|tags): (.*)$")
_PHRASE = re.compile(r"[^，；。：\s'\"#]{6,}")


@dataclass(frozen=True, slots=True)
class Stock:
    """What made-up content is put together from: the clauses and documents that are shipped, and their phrases."""

    clauses: tuple[str, ...]
    documents: tuple[str, ...]
    titles: tuple[str, ...]
    phrases: tuple[str, ...]
    tags: tuple[str, ...]


def read_stock(folder: Path) -> Stock:
    """The texts of a content folder, cut into pieces."""
    files = sorted((folder / "knowledge/clauses").glob("*.yaml"))
    clauses = [block for file in files for block in _clauses_of(file.read_text(encoding="utf-8"))]
    lines = [line for block in clauses for line in _LINE.findall(block)]
    documents = (folder / "knowledge/documents.yaml").read_text(encoding="utf-8").partition("\ncombining:")[0] + "\n"
    return Stock(
        tuple(clauses),
        tuple(_DOCUMENT.findall(documents)),
        tuple(text for key, text in lines if key == "title"),
        tuple(phrase for key, text in lines if key == "summary" for phrase in _PHRASE.findall(text)),
        tuple(tag.strip() for key, text in lines if key == "tags" for tag in text.strip("[]").split(",")),
    )


def _clauses_of(text: str) -> Iterator[str]:
    """The clauses of a file, each with the policy that it is of: its conditions and figures go with that."""
    document = text.partition("document: ")[2].split(maxsplit=1)[0]
    for block in _CLAUSE.findall(text):
        has_policy = "\n    policy: " in block
        yield block if has_policy else block.replace("\n", f"\n    policy: {document}\n", 1)


def make_content(folder: Path, clauses: int) -> None:
    """The shipped content in the folder, and beside it made-up documents with so many clauses in all."""
    for part in PARTS:
        shutil.copytree(shipped_content() / part, folder / part)
    stock, chance = read_stock(folder), random.Random(SEED)
    missing = clauses - len(stock.clauses)
    made = []
    for number, first in enumerate(range(0, missing, CLAUSES_OF_A_DOCUMENT)):
        name = f"made-{number:03}"
        made.append(_made_document(chance.choice(stock.documents), name))
        blocks = [_made_clause(stock, chance, n) for n in range(min(CLAUSES_OF_A_DOCUMENT, missing - first))]
        text = f"document: {name}\nclauses:\n{''.join(blocks)}"
        (folder / f"knowledge/clauses/{name}.yaml").write_text(text, encoding="utf-8")
    documents = folder / "knowledge/documents.yaml"
    before, combining, after = documents.read_text(encoding="utf-8").partition("\ncombining:")
    documents.write_text(f"{before}\n{''.join(made)}{combining}{after}", encoding="utf-8")


def _made_document(block: str, name: str) -> str:
    """A shipped document under another name."""
    block = re.sub(r"(?m)^  - id:.*$", f"  - id: {name}", block)
    return re.sub(r"(?m)^    (title|short_title): (.*)$", rf"    \1: \2 {name}", block)


def _made_clause(stock: Stock, chance: random.Random, number: int) -> str:
    """The conditions, benefit and evidence of one shipped clause with the words of others."""
    block = re.sub(r"(?m)^    part:.*\n", "", chance.choice(stock.clauses))
    place = f"{number // LENGTH_OF_AN_ARTICLE + 1}\n    part: part-{number}"
    words = {
        "title": chance.choice(stock.titles),
        "summary": f'"{"，".join(chance.sample(stock.phrases, 3))}。"',
        "tags": f"[{', '.join(chance.sample(stock.tags, 5))}]",
    }
    block = re.sub(r"(?m)^  - article:.*$", f"  - article: {place}", block)
    return _LINE.sub(lambda line: f"    {line[1]}: {words[line[1]]}", block)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one measurement takes: seconds by the clock and of the processor, and megabytes at most."""

    clock: float
    processor: float
    memory: float


def measure(stage: str, folder: Path) -> Cost:
    """What a stage takes in this process, imports aside."""
    names = _files(folder, "*.json" if stage == "json" else "*.yaml")
    start, busy = time.perf_counter(), time.process_time()
    match stage:
        case "load":
            load_content(folder)
        case "yaml":
            for name in names:
                YAML(typ="safe").load(name)
        case "json":
            for name in names:
                json.loads(name.read_bytes())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(time.perf_counter() - start, time.process_time() - busy, memory)


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(file for part in PARTS for file in (folder / part).rglob(pattern))


def _measured(stage: str, folder: Path, rounds: int) -> list[Cost]:
    """What each round costs, each in a fresh process."""
    command = [sys.executable, __file__, "--stage", stage, str(folder)]
    outputs = (subprocess.run(command, check=True, capture_output=True, env=_environment()) for _ in range(rounds))
    return [Cost(*json.loads(output.stdout)) for output in outputs]


def _checked(folder: Path, rounds: int) -> list[Cost]:
    """What `policybot check` costs as a whole process."""
    command = [sys.executable, "-m", "bot", "check", str(folder)]
    costs = []
    for _ in range(rounds):
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True, env=_environment(), cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        costs.append(Cost(time.perf_counter() - start, busy, after.ru_maxrss / 1024))
    return costs


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _print_figures(name: str, folder: Path, rounds: int) -> None:
    files = _files(folder, "*.yaml")
    clauses = sum(len(_CLAUSE.findall(file.read_text(encoding="utf-8"))) for file in files)
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"{name}: {clauses} clauses in {len(files)} files of YAML, {size:.1f} MB; {rounds} rounds")
    with tempfile.TemporaryDirectory() as written:
        (Path(written) / PARTS[0]).mkdir()
        for number, file in enumerate(files):
            values = json.dumps(YAML(typ="safe").load(file), default=str)
            (Path(written) / PARTS[0] / f"{number}.json").write_text(values, encoding="utf-8")
        _row("program alone", _measured("none", folder, 1))
        load = _measured("load", folder, rounds)
        _row("load", load)
        _row("policybot check", _checked(folder, rounds))
        for stage, title, at in (
            ("yaml", "peer: plain YAML load", folder),
            ("json", "peer: json.loads", Path(written)),
        ):
            peer = _measured(stage, at, rounds)
            _row(title, peer)
            print(f"  load / {title}: {_median(load) / _median(peer):.2f}")


def _median(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.processor for cost in costs)


def _row(title: str, costs: Sequence[Cost]) -> None:
    clock = [cost.clock for cost in costs]
    times = f"best {min(clock):.3f} s, median {statistics.median(clock):.3f} s, processor {_median(costs):.3f} s"
    print(f"  {title:<24}{times}; {max(cost.memory for cost in costs):.0f} MB at most")


def _contents(folder: Path, clauses: int) -> Iterator[tuple[str, Path]]:
    yield "shipped", shipped_content()
    make_content(folder, clauses)
    yield "made up", folder


def main() -> None:
    """Print the figures; a child process prints those of its one stage."""
    if sys.argv[1:2] == ["--stage"]:
        print(json.dumps(astuple(measure(sys.argv[2], Path(sys.argv[3])))))
        return
    clauses, rounds = [*map(int, sys.argv[1:]), *(10_000, 5)[len(sys.argv) - 1 :]]
    with tempfile.TemporaryDirectory() as folder:
        for name, content in _contents(Path(folder), clauses):
            _print_figures(name, content, rounds)


if __name__ == "__main__":
    main()
