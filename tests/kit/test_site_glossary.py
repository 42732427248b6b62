"""Terms on a page: the first use of each leads to its meaning."""

import re
from types import SimpleNamespace

import pytest
from markdown import Markdown

from labs.kit.site.glossary import Terms

GLOSSARY = """# Glossary

What this is.

## Page { .common }

An alert that *wakes* somebody.

Taught in [it](oncall/it.md).

## Retry budget

A [limit](x.md) on `retries`.

Taught in [it](networking/it.md). Also: budget of retries.

## SLI

A share.

Taught in [it](it.md).
"""


@pytest.fixture
def html(tmp_path):
    """`html("text", page="a/b.md")`: the HTML of a page of a site with this glossary."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "glossary.md").write_text(GLOSSARY)

    def convert(text, page="networking/retries.md"):
        md = Markdown(extensions=["attr_list", "admonition"])
        if page is not None:
            # As MkDocs tells which page this is.
            relpath = SimpleNamespace(file=SimpleNamespace(src_uri=page), run=lambda root: None)
            md.treeprocessors.register(relpath, "relpath", 0)
        md.treeprocessors.register(Terms(tmp_path, md), "terms", 12)
        return md.convert(text)

    return convert


def terms(html):
    return re.findall(r'<a class="term" href="([^"]+)" title="[^"]+">([^<]+)</a>', html)


def test_the_first_use_leads_to_the_glossary_and_has_the_meaning(html):
    found = html("One retry budget, and another retry budget.")

    assert found == (
        '<p>One <a class="term" href="../glossary.md#retry-budget" title="A limit on retries.">'
        "retry budget</a>, and another retry budget.</p>"
    )


def test_the_bold_use_is_the_one_that_is_marked(html):
    found = html("A retry budget is a limit.\n\nA **retry budget** is a share.")

    assert found.index("<strong><a") > found.index("limit")
    assert len(terms(found)) == 1


@pytest.mark.parametrize("text", ["Retry budgets help.", "A budget of retries.", "(retry budget)"])
def test_a_term_is_found_in_its_other_forms(html, text):
    assert len(terms(html(text))) == 1


@pytest.mark.parametrize("text", ["A retry budgetary.", "The sli.", "A pre-retry budget-x."])
def test_a_part_of_another_word_is_no_term(html, text):
    assert terms(html(text)) == []


def test_a_common_word_is_a_term_only_where_it_is_bold(html):
    assert terms(html("This page.")) == []
    assert terms(html("This page, and a **page**.")) == [("../glossary.md#page", "page")]


@pytest.mark.parametrize(
    "text",
    ["# Retry budget", "[retry budget](x.md)", "`retry budget`", "    retry budget", "*[x]*"],
)
def test_a_title_a_link_and_code_are_left_alone(html, text):
    assert terms(html(text)) == []


def test_text_after_a_link_or_code_is_looked_at(html):
    assert terms(html("`code` and a retry budget")) != []
    assert terms(html("- an *odd* [link](x.md) to a retry budget")) != []


def test_two_terms_in_one_sentence_are_both_marked(html):
    found = html("The SLI of a retry budget, after the SLI.")

    assert [words for _, words in terms(found)] == ["SLI", "retry budget"]


def test_the_link_is_right_at_any_depth(html):
    assert terms(html("An SLI.", page="index.md"))[0][0] == "glossary.md#sli"
    assert terms(html("An SLI.", page="a/b/c.md"))[0][0] == "../../glossary.md#sli"


def test_the_glossary_explains_nothing_by_itself(html):
    assert terms(html("An SLI.", page="glossary.md")) == []


def test_text_that_is_no_page_is_left_alone(html):
    assert terms(html("An SLI.", page=None)) == []
