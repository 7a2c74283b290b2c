from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from bot.content.loading import KINDS, shipped_content
from bot.dialog.acts import Act, Notice
from bot.policy.attributes import Profile
from bot.policy.clauses import Contact
from bot.rendering.samples import sample_views
from bot.rendering.templates import Templates, template_name
from bot.rendering.viewing import Scene, view_of
from bot.rendering.views import VIEWS, NoticeView, View, WelcomeView

FOLDER = shipped_content() / "templates"


@pytest.mark.parametrize("kind", KINDS)
def test_each_shipped_template_uses_just_the_fields_of_its_view(kind: str) -> None:
    assert Templates(FOLDER, kind).problems() == []


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_each_view_has_a_template_in_text(view: type[View]) -> None:
    assert (FOLDER / "text" / template_name(view)).is_file()


@pytest.mark.parametrize("act", get_args(Act), ids=lambda act: act.__name__)
def test_each_kind_of_act_has_a_view(act: type[object]) -> None:
    default = view_of.dispatch(object)

    assert view_of.dispatch(act) is not default


def test_a_thing_that_is_no_act_has_no_view() -> None:
    notices: Mapping[Notice, str] = {}
    scene = Scene(Profile(), notices, Contact("h", "热线"), 30)

    with pytest.raises(TypeError, match="no view"):
        view_of(object(), scene)


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    for view in VIEWS:
        body = " ".join("{{ " + field.name + " }}" for field in fields(view))
        (tmp_path / "text" / template_name(view)).write_text(body, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param(
            "{{ core_count }}", ("welcome.txt", 1, "模板没有用到字段 retention_days"), id="a field is left out"
        ),
        pytest.param(
            "{{ core_count }}{{ retention_days }}{{ x }}",
            ("welcome.txt", 1, "模板用了没有的字段 x"),
            id="unknown field",
        ),
        pytest.param("甲\n{% if %}", ("welcome.txt", 2, "模板写法有误"), id="syntax"),
    ],
)
def test_a_template_that_does_not_fit_its_view_is_found(
    templates: Path, body: str, problem: tuple[str, int, str]
) -> None:
    (templates / "text/welcome.txt").write_text(body, encoding="utf-8")

    assert Templates(templates).problems() == [problem]


def test_a_missing_template_is_found(templates: Path) -> None:
    (templates / "text/welcome.txt").unlink()

    assert Templates(templates).problems() == [("welcome.txt", 1, "找不到或读不了这个模板")]


@pytest.mark.parametrize(
    ("name", "body", "line", "problem"),
    [
        pytest.param("set_day.txt", "{{ day }}\n{{ day + 1 }}", 2, "模板把文字和数字混着算，或用错了过滤器", id="sum"),
        pytest.param("set_day.txt", "{{ 1 // (day | int) }}", 1, "模板里除以了 0", id="division by zero"),
        pytest.param("set_day.txt", "{{ day.year }}", 1, "模板用了没有的字段 year", id="attribute of a text"),
        pytest.param("set_day.txt", "{{ day[9] }}", 1, "模板用了没有的字段 9", id="a place that is not there"),
        pytest.param("set_day.txt", "{{ day }}{% for n in range(999999) %}{% endfor %}", 1, "出错", id="endless"),
        pytest.param("set_day.txt", "{{ day.__class__.__mro__ }}", 1, "模板不能用程序内部的东西", id="the program"),
        pytest.param(
            "record.txt",
            "{% if noted %}{{ changed }}{% elif left_open %}\n{{ left_open + 1 }}{% endif %}",
            2,
            "模板把文字和数字混着算，或用错了过滤器",
            id="in a branch",
        ),
        pytest.param("set_day.txt", "{% for a in day %}" * 30 + "{% endfor %}" * 30, 1, "嵌套太深", id="nesting"),
    ],
)
def test_a_template_that_would_fail_in_a_turn_is_found(
    templates: Path, name: str, body: str, line: int, problem: str
) -> None:
    (templates / "text" / name).write_text(body, encoding="utf-8")

    found = Templates(templates).problems()

    assert [(file, place) for file, place, _ in found] == [(name, line)]
    assert problem in found[0][2]


@pytest.mark.parametrize(
    "body",
    [
        "{% include 'ask.txt' %}{{ day }}",
        "{% extends 'ask.txt' %}{{ day }}",
        "{% import 'ask.txt' as ask %}{{ day }}",
        "{% from 'ask.txt' import ask %}{{ day }}",
    ],
)
def test_a_template_stands_alone(templates: Path, body: str) -> None:
    (templates / "text/set_day.txt").write_text(body, encoding="utf-8")

    assert Templates(templates).problems() == [
        ("set_day.txt", 1, "模板里不能引用别的模板；把那一段直接写进来"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_changes_on_disk_counts_from_the_next_load(templates: Path, kind: str) -> None:
    loaded = Templates(templates, kind)
    assert loaded.problems() == []

    (templates / "text/notice.txt").write_text("{{ say }}！{% if", encoding="utf-8")
    (templates / "text/welcome.txt").unlink()

    assert loaded.render(NoticeView("好")) == "好"
    assert loaded.render(WelcomeView("6", "30")) == "6 30"
    assert Templates(templates).problems() == [
        ("welcome.txt", 1, "找不到或读不了这个模板"),
        ("notice.txt", 1, "模板写法有误"),
    ]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_samples_show_each_flag_both_ways_and_each_field_empty_and_filled(view: type[View]) -> None:
    samples = list(sample_views(view))

    for field in fields(view):
        assert {bool(getattr(sample, field.name)) for sample in samples} == {True, False}


def test_what_a_user_wrote_is_never_read_as_a_template() -> None:
    rendered = Templates(FOLDER).render(NoticeView("{{ 7 * 7 }} <b>{% raw %}"))

    assert rendered == "{{ 7 * 7 }} <b>{% raw %}"


def test_a_template_can_not_reach_into_the_program(templates: Path) -> None:
    (templates / "text/welcome.txt").write_text(
        "{{ core_count.__class__.__mro__ }}{{ retention_days }}", encoding="utf-8"
    )

    with pytest.raises(Exception, match="unsafe"):
        Templates(templates).render(WelcomeView("6", "30"))


def test_every_field_of_a_view_is_text() -> None:
    allowed = {str, bool, tuple}

    for view in VIEWS:
        kinds = {getattr(hint, "__origin__", hint) for hint in get_type_hints(view).values()}
        assert kinds <= allowed, view
