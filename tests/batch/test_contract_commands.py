"""The four verbs of the contract, driven as scripts drive them: a process, lines in, lines out."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

Answer = Mapping[str, Any]


def run(verb: str, *options: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", verb, *options]
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, check=False)


def ask(verb: str, cases: Sequence[Mapping[str, Any]]) -> tuple[list[Answer], int]:
    text = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    done = run(verb, "--jsonl", text=text)
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


def test_match_answers_each_profile_in_order() -> None:
    zone = {"region": "经开区", "dishonest_listed": False, "criminal_record": False, "last_major_penalty": "none"}
    premium = {**zone, "specialized_tier": "little_giant", "insurance_premium": 862000}

    answers, status = ask("match", [{"id": "a", "as_of": "2026-07-15", "profile": premium}, {"id": "b", "profile": {}}])

    assert status == 0
    assert [answer["id"] for answer in answers] == ["a", "b"]
    by_id = {clause["id"]: clause for clause in answers[0]["clauses"]}
    assert by_id["bda-data-industry/1/premium-60"]["amount"] == {"exact": 500000, "min": 500000, "max": 500000}
    assert answers[0]["plan"]["fixed_total"] == 500000
    assert answers[0]["plan"]["chosen"] == ["bda-data-industry/1/premium-60"]
    left = {item["id"]: item for item in answers[0]["plan"]["excluded"]}
    assert left["bda-data-industry/1/premium-50"]["instead_of"] == "bda-data-industry/1/premium-60"


def test_an_invalid_line_gets_an_error_and_the_others_are_still_answered() -> None:
    lines = [
        '{"id": 1, "profile": {"regoin": "经开区"}}',
        "{",
        "[]",
        '{"id": 2, "profile": {}}',
        '{"id": 3, "as_of": "x"}',
    ]

    done = run("match", "--jsonl", text="\n".join(lines))

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [answer["id"] for answer in answers] == [1, None, None, 2, 3]
    assert ["error" in answer for answer in answers] == [True, True, True, False, True]
    assert "regoin" in answers[0]["error"]
    assert "Traceback" not in done.stderr


def test_search_ranks_clauses_and_refuses_what_is_out_of_scope() -> None:
    answers, status = ask(
        "search", [{"id": 1, "query": "经开区买科技保险能报销百分之多少"}, {"id": 2, "query": "今天亦庄下雨吗"}]
    )

    assert status == 0
    first = answers[0]["results"][0]
    assert (first["document"], first["article"]) == ("bda-data-industry", "1")
    assert set(first) == {"document", "article", "clause", "title", "score"}
    assert len(answers[0]["results"]) <= 10
    assert answers[1]["results"] == []


def test_understand_reads_answers_and_commands() -> None:
    cases = [
        {"id": 1, "question": "region", "prompt": "贵公司的注册地在哪个区？", "text": "不是海淀,是朝阳"},
        {"id": 2, "question": "amount", "prompt": "金额大约是多少？（元）", "text": "不到一百万"},
        {"id": 3, "question": "amount", "prompt": "金额大约是多少？（元）", "text": "1.2亿"},
        {"id": 4, "question": "first_listing", "prompt": "贵公司是否首次数据资产入表？", "text": "记不清了"},
        {"id": 5, "text": "注册地改成通州"},
        {"id": 6, "text": "重新登记的数据可以补贴吗"},
        {"id": 7, "question": "no_such_question", "prompt": "", "text": "x"},
    ]

    answers, status = ask("understand", cases)

    assert status == 1
    assert answers[0] == {"id": 1, "outcome": "value", "value": "朝阳区"}
    assert answers[1]["outcome"] == "interval"
    assert answers[1]["max"] == 1_000_000
    assert answers[2] == {"id": 3, "outcome": "value", "value": 120_000_000}
    assert answers[3]["outcome"] == "unknown"
    assert answers[4] == {"id": 5, "intent": "change_answer", "slot": "region", "value": "通州区"}
    assert answers[5]["intent"] == "none"
    assert "error" in answers[6]


def test_replay_plays_a_conversation_to_its_result() -> None:
    turns = ["亦庄的，国家级小巨人", "科技保险今年交了53万", "没有处罚，没有失信，没有刑事记录"]

    answers, status = ask("replay", [{"id": "r", "as_of": "2026-10-12", "turns": turns}])

    assert status == 0
    assert answers[0]["profile"]["insurance_premium"] == 530_000
    offered = {item["clause"]: item for item in answers[0]["offered"]}
    assert offered["bda-data-industry/1/premium-60"]["amount_yuan"] == 318_000
    assert answers[0]["turns"][-1]["user"] == "看结果"


def test_replay_ignores_others_in_a_group() -> None:
    turns = [
        "@政策小助手 我们在经开区",
        "[[other:老周]] 保费七十多万",
        "[[silence:48h]]",
        "@政策小助手 科技保险保费53万",
    ]

    answers, _ = ask("replay", [{"id": "g", "as_of": "2026-10-12", "channel": "wecom_group", "turns": turns}])

    assert answers[0]["profile"]["insurance_premium"] == 530_000
    assert "老周" not in json.dumps(answers[0]["turns"], ensure_ascii=False)


@pytest.mark.parametrize(
    "case",
    [{"id": 1}, {"id": 1, "turns": "x"}, {"id": 1, "turns": [], "channel": "fax"}, {"id": 1, "turns": [], "as_of": 5}],
    ids=["no turns", "turns are text", "unknown channel", "day is no text"],
)
def test_replay_says_what_is_wrong_with_a_case(case: Mapping[str, Any]) -> None:
    answers, status = ask("replay", [case])

    assert status == 1
    assert set(answers[0]) == {"id", "error"}


@pytest.mark.parametrize(
    ("verb", "options", "shown"),
    [
        ("match", ["--profile", '{"region": "经开区"}', "--as-of", "2026-07-15"], "最多"),
        ("search", ["数据券怎么补"], "bda-data-industry"),
        ("understand", ["看结果"], "results"),
        ("understand", ["五十万", "--question", "amount"], "500000"),
        ("replay", ["亦庄的", "--as-of", "2026-07-15"], "最后的结果"),
        ("check", [], "没有问题"),
        ("serve", ["--help"], "POLICYBOT_PORT"),
    ],
    ids=["match", "search", "understand a command", "understand an answer", "replay", "check", "serve help"],
)
def test_a_single_case_is_printed_for_people(verb: str, options: list[str], shown: str) -> None:
    done = run(verb, *options)

    assert done.returncode == 0, done.stderr
    assert shown in done.stdout


def test_a_broken_profile_option_is_said_without_a_stack_trace() -> None:
    done = run("match", "--profile", "{")

    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_a_line_ends_only_at_a_line_feed_and_odd_characters_do_not_stop_the_run() -> None:
    lines = [
        '{"id": "a\u2028b", "text": "看结果"}',
        '{"id": "\\ud800", "text": "看结果"}',
        '{"id": 3, "text": "看结果"}',
    ]

    done = run("understand", "--jsonl", text="\n".join(lines))

    answers = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert [answer["intent"] for answer in answers] == ["results"] * 3
    assert answers[0]["id"] == "a\u2028b"


def test_a_silence_beyond_the_calendar_is_an_error_of_that_line_alone() -> None:
    answers, status = ask("replay", [{"id": 1, "turns": ["[[silence:99999999999h]]"]}, {"id": 2, "turns": ["亦庄"]}])

    assert status == 1
    assert "error" in answers[0]
    assert answers[1]["profile"] == {"region": "经开区"}


def test_what_is_offered_is_in_the_order_of_the_pages() -> None:
    turns = ["经开区", "小巨人", "是", "不是", "不是", "不是", "都没有", "都没有"]

    answers, _ = ask("replay", [{"id": 1, "as_of": "2026-10-12", "turns": turns}])

    first = answers[0]["offered"][0]["clause"]
    assert not first.startswith("bda-data-industry/1/")
