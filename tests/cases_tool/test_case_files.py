"""Cases as a clerk writes them: what comes out otherwise or is misspelt is told at its line, with the reason."""

from pathlib import Path

import pytest

from bot.cases.given import NO_SUM
from bot.cases.running import Report, Suite, read_suite, run_suite
from bot.errors import RequestError
from tests.content_fixture import shipped_bundle, shipped_suite

LISTING = "{region: 丰台区, first_listing: true, listing_amount: 100万, listing_service_fee: 30万}"
ZONE = "region: 经开区, last_major_penalty: none, criminal_record: false, dishonest_listed: false"
PREMIUM = f"{{{ZONE}, specialized_tier: little_giant, high_tech: true, insurance_premium: 90万}}"
TIERS = "none、innovative、specialized、little_giant；是不是想写 little_giant"
VOUCHER = f"{{{ZONE}, purchase_amount: 1347万, purchase_venue: compliant_platform}}"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def suite_of(folder: Path, *lines: str) -> Suite:
    path = folder / "tests" / "cases" / "x.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_suite([folder / "tests"], shipped_bundle().guide)


def case(given: str, *expected: str, on: str = "2026-06-01") -> list[str]:
    return ["- name: 试试", f"  on: {on}", f"  given: {given}", *(f"  {line}" for line in expected)]


def report_of(folder: Path, *lines: str) -> Report:
    return run_suite(suite_of(folder, *lines), shipped_bundle())


def failures(folder: Path, *lines: str) -> list[str]:
    report = report_of(folder, *lines)
    assert report.suite.problems == ()
    return [str(failure) for failure in report.failures]


def test_a_wrong_verdict_is_told_at_its_line_with_the_condition_that_fails(here: Path) -> None:
    lines = case(LISTING, "expect:", "  digest-2024/1.1-2: eligible", on="2023-10-01")

    (failure,) = failures(here, *lines)

    assert failure.startswith(
        "tests/cases/x.yaml:5:5: 用例「试试」: digest-2024/1.1-2 应为符合（eligible），实际是不符合"
    )
    assert failure.endswith("；原因：入表金额大于 100 万元（等于 100 万元不算）：未满足（100 万元）")


def test_an_open_verdict_names_what_is_not_known(here: Path) -> None:
    lines = case("{region: 丰台区}", "expect: {digest-2024/1.1-2: eligible}", on="2023-10-01")

    (failure,) = failures(here, *lines)

    assert "实际是待定（needs_info）" in failure
    assert "入表金额大于 100 万元（等于 100 万元不算）：还不知道" in failure


def test_a_wrong_sum_shows_how_it_is_worked_out(here: Path) -> None:
    lines = case(PREMIUM, "expect: {bda-data-industry/1/premium-60: {exact: 54万}}")

    (failure,) = failures(here, *lines)

    assert "确定金额应为 54 万元，实际是 50 万元" in failure
    assert "90 万元 × 60% = 54 万元，超过上限，按每家企业每年最高 50 万元算" in failure


def test_a_wrong_availability_tells_the_term(here: Path) -> None:
    lines = case(VOUCHER, "expect: {bda-data-industry/8/data-voucher: {availability: closed}}")

    (failure,) = failures(here, *lines)

    assert "应为已截止（closed），实际是可申领（open）" in failure
    assert "执行期从 2025-01-01 到 2027-12-31；按 2026-06-01 算" in failure


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        (
            "totals: {fixed: 1万}",
            "能算准的合计应为 1 万元，实际是 50 万元；原因：计入的是 bda-data-industry/1/premium-60",
        ),
        ("totals: {ceiling: 1万}", "最多的合计应为 1 万元，实际是"),
        ("chosen: [bda-data-industry/1/premium-50]", "计入合计的条款应为 bda-data-industry/1/premium-50，实际是 bda-"),
        ("chosen: []", "计入合计的条款应为一条也没有，实际是 bda-data-industry/1/premium-60"),
        ("excluded: [bda-data-industry/1/premium-60]", "bda-data-industry/1/premium-60 应当不计入合计，实际不是这样"),
        ("excluded: {bda-data-industry/1/premium-50: {because: 没这话}}", "不计入的原因应有「没这话」，实际是「同一笔"),
        (
            "excluded: {bda-data-industry/1/premium-50: bda-data-industry/4/tech}",
            "没有条款 bda-data-industry/4/tech",
        ),
        (
            "waits_for: high_tech",
            "接下来问的应为国家高新技术企业（high_tech），实际是首次数据资产登记（first_registration）",
        ),
    ],
    ids=["fixed", "ceiling", "chosen", "nothing chosen", "excluded", "because", "no such clause", "waits_for"],
)
def test_what_is_said_of_the_whole_is_held_up_too(here: Path, expected: str, told: str) -> None:
    report = report_of(here, *case(PREMIUM, expected))

    said = [str(problem) for problem in (*report.suite.problems, *report.failures)]
    assert any(told in line for line in said), said


def test_all_that_may_be_expected_passes_when_it_is_so(here: Path) -> None:
    report = report_of(
        here,
        *case(
            PREMIUM,
            "expect:",
            "  bda-data-industry/1/premium-60: {standing: eligible, availability: open, exact: 50万, low: 50万}",
            "  digest-2024/1.1-1: {exact: , high: }",
            "  bda-data-industry/1/premium-50: {high: 45万}",
            "totals: {fixed: 50万}",
            "chosen: [bda-data-industry/1/premium-60]",
            "excluded:",
            "  bda-data-industry/1/premium-50: {because: 一档, instead_of: bda-data-industry/1/premium-60}",
            "waits_for: first_registration",
        ),
        *case("{insurance_premium: '[200000..300000)'}", "waits_for: region"),
    )

    assert [str(failure) for failure in report.failures] == []
    assert report.suite.problems[0].what == "名字「试试」这个文件里已经有了"


def test_everything_misspelt_is_told_at_once_with_what_was_meant(here: Path) -> None:
    suite = suite_of(
        here,
        "- name: 写坏",
        "  on: 2023-13-01",
        "  given: {regoin: 丰台区, first_listing: yes, listing_amount: 一百, specialized_tier: litle_giant, size: }",
        "  expect:",
        "    digest-2025/1.1-2: eligible",
        "    digest-2024/1.1-22: {standing: eligable, exat: 3}",
        "  total: {fixed: 5万}",
        "  waits_for: listing_amout",
        "- 随便",
        "- name: 没写结果",
        "  on: 2023-10-01",
        "  given: {}",
    )

    said = [str(problem).removeprefix("tests/cases/x.yaml:") for problem in suite.problems]
    assert said == [
        "2:3: 0.on: 日期应写成 2027-12-31 这样，而且那一天要有",
        "3:11: 0.given.regoin: 没有属性 regoin；是不是想写 region",
        "3:24: 0.given.first_listing: first_listing 应为 true 或 false",
        f"3:44: 0.given.listing_amount: listing_amount {NO_SUM}",
        "3:64: 0.given.specialized_tier: specialized_tier 应为以下之一：" + TIERS,
        "3:95: 0.given.size: 这一项是空的；写上值；不知道的属性就不要写这一行",
        "5:5: 0.expect.digest-2025/1.1-2: 没有文件 digest-2025；是不是想写 digest-2024",
        "6:5: 0.expect.digest-2024/1.1-22: 没有条款 digest-2024/1.1-22；是不是想写 digest-2024/1.1-2",
        "6:26: 0.expect.digest-2024/1.1-22.standing: 不能是「eligable」；是不是想写 eligible",
        "6:46: 0.expect.digest-2024/1.1-22.exat: 不认识的键；是不是想写 exact",
        "7:3: 0.total: 不认识的键；是不是想写 totals",
        "8:3: 0.waits_for: 没有问题 listing_amout；是不是想写 listing_amount",
        "9:3: 1: 应为「键: 值」",
        "10:3: 2: 没有写应当得出什么；写上 expect、totals、chosen、excluded 或 waits_for",
    ]
    assert suite.cases == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "文件是空的"),
        ("name: 一个", "应为用例或对话的列表"),
        ("- name: [", "方括号或花括号没有写完"),
        ("- {name: 甲, on: 2026-01-01, given: 随便, totals: {fixed: 0}}", "应为「属性: 值」"),
        ("- {name: 甲, on: 2026-01-01, given: {}, expect: [a]}", "应为「键: 值」"),
        ("- {name: 甲, on: 2026-01-01, given: {}, totals: {fixed: }}", "这一项是空的"),
        ("- {name: 甲, on: 2026-01-01, given: {}, totals: 5}", "应为「键: 值」"),
        ("- {name: 甲, given: {}, totals: {fixed: 0}}", "缺少 on"),
        ("- {on: 2026-01-01, given: {}, waits_for: region}", "缺少 name"),
    ],
)
def test_a_file_that_is_no_list_of_cases_says_so_in_chinese(here: Path, text: str, told: str) -> None:
    suite = suite_of(here, text)

    assert any(told in str(problem) for problem in suite.problems), suite.problems
    assert all("Input" not in str(problem) for problem in suite.problems)


def test_a_file_with_another_ending_is_not_passed_over(here: Path) -> None:
    suite_of(here, *case(LISTING, "waits_for: specialized_tier"))
    (here / "tests" / "cases" / "more.yml").write_text("- name: 甲", encoding="utf-8")
    (here / "tests" / "cases" / ".hidden").touch()
    (here / "tests" / "cases" / "README.md").touch()

    suite = read_suite([here / "tests"], shipped_bundle().guide)

    assert [str(problem) for problem in suite.problems] == [
        "tests/cases/more.yml:1:1: 没有用到的文件；用例和对话的文件名要以 .yaml 结尾"
    ]


def test_a_path_that_is_not_there_is_said() -> None:
    with pytest.raises(RequestError, match="找不到 nowhere"):
        read_suite([Path("nowhere")], shipped_bundle().guide)


def test_all_cases_and_conversations_take_a_few_seconds_only() -> None:
    report = run_suite(shipped_suite(), shipped_bundle())

    assert report.summary().endswith("全部通过")
    assert len(report.suite.cases) >= 150
    assert len(report.suite.conversations) >= 30


def test_a_mistake_in_what_is_expected_is_told_once_and_alone(here: Path) -> None:
    suite = suite_of(here, *case("{region: 经开区}", "expect: {digest-2024/1.1-2: eligibl}"))

    (problem,) = suite.problems

    assert str(problem).endswith("expect.digest-2024/1.1-2: 不能是「eligibl」；是不是想写 eligible")


def test_a_list_where_a_clause_should_stand_is_told_in_plain_words(here: Path) -> None:
    suite = suite_of(here, *case("{region: 经开区}", "excluded: [[a]]", "chosen: [[b]]"))

    assert [str(problem).partition(": ")[2] for problem in suite.problems] == [
        "0.excluded.0: 应为条款的编号；例如 digest-2024/1.1-2",
        "0.chosen.0: 应为文字",
    ]
