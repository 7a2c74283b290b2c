"""Questions in the words of the street: what an owner says for what the texts name otherwise."""

from dataclasses import replace

import pytest

from bot.policy.clauses import Knowledge
from bot.search.index import SearchIndex
from bot.search.words import SearchWords
from tests.search.measuring import articles_found
from tests.search.samples import ZONE, make_clause


def test_a_clause_is_found_by_a_word_in_which_it_is_asked_for(words: SearchWords) -> None:
    voucher, sandbox = make_clause(ZONE, "8", "数据券"), make_clause(ZONE, "3", "监管沙盒")
    clauses = (sandbox, replace(voucher, asked_as=("买素材",)))

    hits = SearchIndex.build(clauses, (), words).search("亦庄买素材有补贴吗")

    assert [hit.clause.article for hit in hits] == ["8"]


def test_a_title_counts_more_than_an_everyday_word(words: SearchWords) -> None:
    named, called = make_clause(ZONE, "8", "数据券"), replace(make_clause(ZONE, "3", "监管沙盒"), asked_as=("数据券",))

    hits = SearchIndex.build((called, named), (), words).search("数据券")

    assert hits[0].clause.article == "8"


def test_an_everyday_word_is_no_name_of_the_knowledge(words: SearchWords) -> None:
    clause = replace(make_clause(ZONE, "8", "数据券"), asked_as=("奶茶店开业",))

    assert SearchIndex.build((clause,), (), words).search("奶茶") == ()


def test_nearly_every_clause_says_how_it_is_asked_for(knowledge: Knowledge) -> None:
    without = [clause.id for clause in knowledge.clauses if not clause.asked_as]

    assert len(without) <= len(knowledge.clauses) / 10


def test_everyday_words_are_not_those_that_the_labels_have_already(knowledge: Knowledge) -> None:
    labels = {clause.id: "\n".join((clause.title, *clause.tags)) for clause in knowledge.clauses}

    assert [(each.id, word) for each in knowledge.clauses for word in each.asked_as if word in labels[each.id]] == []


@pytest.mark.parametrize(
    ("query", "article"),
    [
        pytest.param("再过三年经开区这个还管用吗", "bda-data-industry/supplementary-2", id="how long it holds"),
        pytest.param("经开区中途改政策怎么办", "bda-data-industry/supplementary-2", id="what if it changes"),
        pytest.param(
            "通州细则从什么时候开始施行", "tongzhou-data-industry-draft/closing", id="the rule of the place named"
        ),
        pytest.param("上了黑名单亦庄还给钱吗", "bda-data-industry/supplementary-1", id="who is left out"),
        pytest.param("亦庄的小公司也够格进雁阵计划吗", "bda-data-industry/14", id="who may have it"),
        pytest.param("旧楼翻新固投补助封顶多少", "digest-2024/2.1.2-6", id="a word cut short"),
        pytest.param("显卡太贵，亦庄有便宜算力吗", "bda-data-industry/17", id="a thing for what it does"),
        pytest.param("机械臂样机刚给客户试上有奖吗", "digest-2024/2.2.4-8", id="a kind for the whole"),
        pytest.param("市里奖了八十万，亦庄首登记再配多少", "bda-data-industry/11", id="a sum that somebody has"),
        pytest.param("新基建的项目怎么才算进了市级的库", "digest-2024/3.3-1", id="how to get on the list"),
        pytest.param("tongzhou mai shuju chanpin bu tie", "tongzhou-data-industry-draft/6", id="a place in pinyin"),
    ],
)
def test_words_of_the_street_find_the_article(index: SearchIndex, query: str, article: str) -> None:
    assert article in articles_found(index, query)[:2]


def test_a_city_that_has_given_already_is_not_what_is_asked_about(index: SearchIndex) -> None:
    assert index.read("首登记市里奖过了，亦庄再配多少").targets == {"经开区"}
    assert index.read("首登记市里和亦庄各奖多少").targets == {"经开区", "municipal"}
