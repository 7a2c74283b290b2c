"""Dashboard and alert rules speak of figures that there are, with labels that they have, and lead somewhere."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.channels.platform_errors import Kind
from bot.console.login import PUT_OFF
from bot.metrics import STORE_PARTS, Metrics
from bot.observing import Ending, Mark, Stage
from tests.deploy.reading import DEPLOY, ROOT, read_yaml
from tests.test_guides import anchors_of

GENERAL = {"job", "instance", "le"}
"""Labels that Prometheus itself adds."""
FOREIGN = {"up", "process_resident_memory_bytes", "process_cpu_seconds_total"}
VALUES: dict[str, set[str]] = {
    "ending": {*Ending},
    "mark": {*Mark},
    "stage": {*Stage},
    "kind": {*Kind, "overloaded", PUT_OFF},
    "part": {*STORE_PARTS},
}
RULES = [rule for group in read_yaml(DEPLOY / "prometheus/alerts.yaml")["groups"] for rule in group["rules"]]
DASHBOARD = json.loads((DEPLOY / "grafana/dashboard.json").read_text(encoding="utf-8"))
QUERIES = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
_SELECTOR = re.compile(r"\b((?:policybot|process)_\w+|up)\b(?:\{([^}]*)\})?")


def labels_by_name() -> dict[str, set[str]]:
    """Each figure, by every name that it has, with its labels."""
    registry = Metrics()._registry
    found: dict[str, set[str]] = {}
    for collector, names in registry._collector_to_names.items():
        labels = set(getattr(collector, "_labelnames", ()))
        found.update(dict.fromkeys(names, labels))
    return found


def selectors(expression: str) -> Iterator[tuple[str, str]]:
    yield from _SELECTOR.findall(expression)


@pytest.mark.parametrize("expression", [*QUERIES, *(rule["expr"] for rule in RULES)])
def test_what_is_asked_for_is_counted_with_these_labels_and_values(expression: str) -> None:
    known = labels_by_name()
    spoken_of = set(re.findall(r"(?:by|on) \(([^)]*)\)", expression))
    named = {one for names in spoken_of for one in re.split(r",\s*", names)}
    of_all: set[str] = set()

    for name, labels in selectors(expression):
        assert name in known or name in FOREIGN
        of_all |= known.get(name, set())
        for label, values in re.findall(r'(\w+)=~?"([^"]*)"', labels):
            assert label in known.get(name, set()) | GENERAL
            if label in VALUES:
                assert set(values.split("|")) <= VALUES[label]
    assert named <= of_all | GENERAL


def test_every_figure_of_ours_is_on_the_dashboard_or_in_an_alert() -> None:
    asked = {name for text in [*QUERIES, *(rule["expr"] for rule in RULES)] for name, _ in selectors(text)}
    ours = {name for name in Metrics().render().decode().split() if name.startswith("policybot_")}
    names = {name.split("{")[0] for name in ours}
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in names if not name.endswith("_created")}
    asked = {re.sub(r"_(bucket|sum|count)$", "", name) for name in asked}

    assert families <= asked


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_what_is_wrong_and_leads_to_what_to_do(rule: Mapping[str, Any]) -> None:
    file, _, anchor = rule["annotations"]["runbook"].partition("#")

    assert rule["labels"]["severity"] in {"critical", "warning", "info"}
    assert re.search(r"[\u4e00-\u9fff]", rule["annotations"]["summary"])
    assert rule["alert"].lower() == anchor
    for language in (file, file.replace(".zh-CN", "")):
        assert anchor in anchors_of(ROOT / language)


def test_every_alert_of_the_run_book_exists() -> None:
    alerts = {rule["alert"] for rule in RULES}

    for language in ("docs/operation.md", "docs/operation.zh-CN.md"):
        told = set(re.findall(r"^### (Policybot\w+)$", (ROOT / language).read_text(encoding="utf-8"), re.MULTILINE))
        assert told == alerts


def test_panels_have_names_of_their_own_and_a_place_each() -> None:
    panels = DASHBOARD["panels"]
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}

    assert len({panel["id"] for panel in panels}) == len({panel["title"] for panel in panels}) == len(places)
    assert all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in panels)
    assert all(target["datasource"]["uid"] == "${datasource}" for panel in panels for target in panel["targets"])


def test_the_rules_file_is_the_one_that_prometheus_reads() -> None:
    scraping = read_yaml(DEPLOY / "prometheus/prometheus.yaml")
    (job,) = scraping["scrape_configs"]

    assert all((DEPLOY / "prometheus" / name).is_file() for name in scraping["rule_files"])
    assert {f'job="{job["job_name"]}"' for _ in QUERIES} == {'job="policybot"'}
    services = read_yaml(DEPLOY / "compose.yaml")["services"]
    assert {target.partition(":")[0] for one in job["static_configs"] for target in one["targets"]} <= set(services)


def test_a_label_has_no_more_values_than_are_known() -> None:
    """What users, platforms or staff write never becomes a label."""
    assert set(labels_by_name()) >= {"policybot_turn_endings_total", "policybot_platform_errors_total"}
    labels = set[str]().union(*labels_by_name().values())
    assert labels <= {
        "call", "channel", "code", "door", "ending", "kind", "mark", "outcome", "part", "platform", "rating", "stage",
        "version",
    } | {"implementation", "major", "minor", "patchlevel"}  # fmt: skip
