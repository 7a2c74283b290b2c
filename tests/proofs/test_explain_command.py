"""`policybot explain`: one clause for one enterprise, condition by condition, as a clerk would write it."""

import json
from pathlib import Path

import pytest

from tests.commands import Done, run

DAY = ("--on", "2026-07-15")
ZONE = {"region": "经开区", "last_major_penalty": "none", "criminal_record": False, "dishonest_listed": False}
GIANT = json.dumps({**ZONE, "specialized_tier": "little_giant", "insurance_premium": 862000}, ensure_ascii=False)
PREMIUM, VOUCHER = "bda-data-industry/1/premium-60", "bda-data-industry/8/data-voucher"


def explain(*words: str, text: str = "") -> Done:
    done = run("explain", *words, *(() if "--on" in words else DAY), text=text)
    assert (done.status, done.err) == (0, "")
    return done


def test_the_answer_the_document_and_the_day_come_first() -> None:
    lines = explain(GIANT, PREMIUM).lines

    assert lines[0] == f"科技保险保费补贴（“小巨人” 60% 一档）（{PREMIUM}）"
    assert lines[1] == "依据：经开区数据产业措施第 1 条，北京经济技术开发区管理委员会"
    assert "按 2026-07-15 算。" in lines
    assert "结论：符合。" in lines
    assert "能不能申领：可申领。执行期从 2025-01-01 到 2027-12-31" in lines


def test_every_condition_stands_in_the_tree_with_the_answer() -> None:
    lines = explain(GIANT, PREMIUM).lines

    assert "这一条自己的条件：满足" in lines
    assert "  ✓ 满足：有国家级专精特新“小巨人”认定（国家级专精特新“小巨人”）" in lines
    assert "      ✓ 满足：实际经营地为经开区（没说，先按经开区算）" in lines
    assert "  ✓ 满足：没有刑事犯罪记录（没有）" in lines


def test_the_sum_is_worked_out_with_its_numbers_and_its_limit() -> None:
    lines = explain(GIANT, PREMIUM).lines

    assert "金额：50 万元" in lines
    working = "当年科技保险实际保费 86.2 万元 × 60% = 51.72 万元，超过上限，按每家企业每年最高 50 万元算"
    assert f"  算法：{working}" in lines


def test_the_rules_of_combining_and_whom_to_ask_are_told() -> None:
    out = explain(GIANT, PREMIUM).out

    assert "合计不超过 50 万元：科技保险补贴每家企业每年合计最高 50 万元（经开区数据产业措施第 1 条）" in out
    assert "只取一样：同一笔科技保险保费只能按一档补贴，取高的一档" in out
    assert "  结果：计入合计 50 万元" in out
    assert "找谁：经开区信息技术局、经开区营商环境局、经开区商务金融局（没有公布电话，可拨 12345 转接）" in out


def test_what_gives_way_names_what_goes_before_it() -> None:
    assert "没有计入合计：同一笔" in explain(GIANT, "bda-data-industry/1/premium-50").out


def test_pairs_may_be_written_as_one_speaks() -> None:
    out = explain("注册地=经开区", "年度数据产品采购额=347万", VOUCHER, "--set", "采购平台=合规的数据流通交易平台").out

    assert "年度数据产品采购额 347 万元 × 10% = 34.7 万元，没有超过每家企业每年 100 万元的上限" in out
    assert "  ？还不知道：近三年没有公示过重大行政处罚" in out
    assert "金额：34.7 万元（条件都满足的话）" in out


@pytest.mark.parametrize("kind", ["file", "stdin", "match line"])
def test_the_profile_may_come_from_a_file_or_the_standard_input(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(GIANT, encoding="utf-8")

    match kind:
        case "file":
            done = explain(f"@{path}", PREMIUM)
        case "stdin":
            done = explain("-", PREMIUM, text=GIANT)
        case _:
            line = json.dumps({"id": 1, "as_of": "2026-07-15", "profile": json.loads(GIANT)})
            done = run("explain", line, PREMIUM)

    assert "金额：50 万元" in done.lines
    assert "按 2026-07-15 算。" in done.lines


def test_a_draft_is_told_as_a_draft() -> None:
    out = explain('{"region": "通州区", "loan_interest": 1000000}', "tongzhou-data-industry-draft/8/loan-interest").out

    assert "能不能申领：征求意见稿。征求意见稿，还没有生效" in out
    assert "没有计入合计：还是征求意见稿" in out


def test_what_is_not_met_gets_no_sum_but_the_working_if_it_were() -> None:
    lines = explain('{"region": "丰台区", "purchase_amount": 100000}', VOUCHER).lines

    assert "金额：不符合，没有金额" in lines
    assert any(line.startswith("  假如符合：年度数据产品采购额 10 万元 × 10% = 1 万元") for line in lines)


def test_machines_get_the_fields_of_match_and_the_tree() -> None:
    answer = json.loads(explain(GIANT, PREMIUM, "--json").out)

    assert answer["verdict"] == "eligible"
    assert answer["amount"] == {"exact": 500000, "min": 500000, "max": 500000}
    assert [part["state"] for part in answer["conditions"]["all"]] == ["met", "met"]
    assert answer["premises"]["all"][0]["attribute"] == "last_major_penalty"
    assert answer["working"][0].endswith("按每家企业每年最高 50 万元算")
    assert {rule["source"] for rule in answer["combining"]} == {"经开区数据产业措施第 1 条"}
    assert answer["contacts"][-1]["phone"] == "12345"


@pytest.mark.parametrize("clause", ["digest-2024/1.1-1", "bda-data-industry/11/match", "bda-data-industry/18/scenario"])
def test_any_kind_of_clause_can_be_explained_of_anybody(clause: str) -> None:
    assert explain("{}", clause).lines[-1] == "结果仅供参考，以主管部门答复为准。"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("{}", "bda-data-industry/8/data-vouche"), "没有条款 bda-data-industry/8/data-vouche；是不是想写 " + VOUCHER),
        (("{}", "bda-data-industy/8"), "没有文件 bda-data-industy；是不是想写 bda-data-industry"),
        (("{", VOUCHER), "「{」不是 JSON"),
        (("[" * 1000, VOUCHER), f"「{'[' * 60}……」不是 JSON"),
        (("@nowhere.json", VOUCHER), "读不了文件 nowhere.json"),
        (('{"regoin": "经开区"}', VOUCHER), "没有属性 regoin"),
        (("regoin=经开区", VOUCHER), "没有属性 regoin；是不是想写 region"),
        (("专精特新梯度=小巨人", VOUCHER), "是不是想写 国家级专精特新“小巨人”"),
        (("region=", VOUCHER), "应写成 属性=值"),
        (("{}",), "要写企业情况和一个条款编号"),
        (("{}", VOUCHER, PREMIUM), "要写企业情况和一个条款编号"),
        (("{}", VOUCHER, "--on", "明天"), "as_of 应为 YYYY-MM-DD 格式的日期"),
    ],
)
def test_what_is_not_understood_is_said_in_chinese(words: tuple[str, ...], told: str) -> None:
    done = run("explain", *words)

    assert (done.status, done.out) == (1, "")
    assert told in done.err


def test_a_clause_may_be_named_by_its_title() -> None:
    assert explain("{}", "数据券（采购数据产品补贴）").lines[0].endswith(f"（{VOUCHER}）")
