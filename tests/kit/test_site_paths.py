"""What the fences of paths make of a small course: true for all, and readable by a script."""

import re

from test_site_fences import fence, page, text_of

__all__ = ["page"]

STOP = 'data-lab="networking/retries" data-minutes="30" data-exercises="backoff budget"'


def test_a_path_says_for_whom_it_is_how_long_it_takes_and_what_for(page):
    words = text_of(page(fence("path", "first-week")))

    for sentence in ("You are new.", "2 labs, 2 exercises, 50 minutes", "Say what a retry costs."):
        assert sentence in words


def test_a_path_shows_its_labs_in_its_order(page):
    html = page(fence("path", "first-week"))

    stops = re.findall(r'<h2><a href="([^"]+)">(.*?)</a></h2>', html)
    assert stops == [
        ("../../datastores/locks/", "Locks"),
        ("../../networking/retries/", "A retry is load"),
    ]


def test_who_knows_a_lab_is_led_to_its_exercises(page):
    html = page(fence("path", "first-week"))

    assert 'href="../../networking/retries/#exercise-backoff">backoff</a>' in html
    assert 'href="../../networking/retries/#exercise-budget">budget</a>' in html


def test_a_lab_without_exercises_offers_none_to_try(page):
    locks = page(fence("path", "first-week")).split('data-lab="networking/retries"')[0]

    assert "Know this already" not in locks


def test_a_path_from_a_runbook_names_those_that_lead_to_its_labs(page):
    html = page(fence("path", "first-week"))

    assert html.count('href="../../runbooks/storm/">Retries overflow</a>') == 1


def test_a_script_finds_minutes_and_exercises_on_every_page_that_counts(page):
    for kind, body in (("path", "first-week"), ("paths", ""), ("progress", "")):
        assert STOP in page(fence(kind, body)), kind


def test_without_a_script_nobody_is_told_how_far_they_are(page):
    for kind, body in (("path", "first-week"), ("paths", ""), ("here", "")):
        html = page(fence(kind, body))
        assert '<div class="standing" hidden></div>' in html, kind
        assert "exercises passed" not in text_of(html), kind


def test_the_home_page_knows_every_path_and_the_labs_on_it(page):
    html = page(fence("here", ""))

    labs = 'data-labs="datastores/locks networking/retries"'
    assert f'<a data-path="first-week" {labs} href="paths/first-week/">First week</a>' in html


def test_a_path_that_nobody_has_is_a_fault_with_the_nearest(page):
    assert "The nearest is `first-week`." in page(fence("path", "first-weak"))
