"""The figures for Prometheus."""

import pytest

from bot.channels.platform_errors import Kind, count_errors
from bot.metrics import Metrics


def test_errors_and_content_are_shown() -> None:
    metrics = Metrics()
    metrics.count_error("store_unavailable")
    metrics.set_content_version("2026.10")
    metrics.set_content_version("2026.11", 1_800_000_000.5)

    shown = metrics.render().decode()

    assert 'policybot_errors_total{kind="store_unavailable"} 1.0' in shown
    assert 'policybot_content_info{version="2026.11"} 1.0' in shown
    assert "2026.10" not in shown
    assert "policybot_content_loaded_timestamp_seconds 1.8000000005e+09" in shown


@pytest.mark.parametrize(("problems", "refused", "count"), [(None, "0.0", "0.0"), (3, "1.0", "3.0")])
def test_refused_content_is_shown(problems: int | None, refused: str, count: str) -> None:
    metrics = Metrics()
    metrics.set_refused_problems(problems)

    shown = metrics.render().decode().splitlines()

    assert f"policybot_content_refused {refused}" in shown
    assert f"policybot_content_problems {count}" in shown


def test_call_that_a_platform_did_not_do_is_shown_by_kind_and_by_code() -> None:
    metrics = Metrics()
    count = count_errors(metrics, "wecom")

    count("message/send", "60020", Kind.CONFIG)

    shown = metrics.render().decode()
    assert 'policybot_platform_errors_total{kind="config",platform="wecom"} 1.0' in shown
    assert 'policybot_platform_errors_total{kind="bug",platform="wecom"} 0.0' in shown
    assert 'policybot_platform_codes_total{call="message/send",code="60020",platform="wecom"} 1.0' in shown


def test_counts_are_read_by_one_label_whatever_the_others_are() -> None:
    metrics = Metrics()
    for platform, kind in (("wecom", "bug"), ("wecom", "retry"), ("dingtalk", "bug")):
        metrics.count_platform_error(platform, "send", "1", kind)

    assert metrics.totals("policybot_platform_errors_total", "kind") == {"bug": 2, "retry": 1}
    assert metrics.totals("policybot_ratings_total", "rating") == {}


def test_two_programs_have_figures_of_their_own() -> None:
    first, second = Metrics(), Metrics()
    first.count_error("turn_failed")

    assert "policybot_errors_total{" not in second.render().decode()
