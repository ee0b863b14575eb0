import datetime as dt

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from config.web.paging import Page

pytestmark = pytest.mark.urls("config.web.urls")


def render(template, request=None, **context):
    return engines["django"].from_string(template).render(context, request)


@pytest.mark.parametrize(
    ("template", "value", "text"),
    [
        ("{{ v|day }}", dt.date(2026, 3, 3), "Tuesday 3 March 2026"),
        ("{{ v|moment }}", dt.date(2026, 3, 3), "Tuesday 3 March 2026"),
        ("{{ v|day }}", dt.datetime(2026, 6, 9, 23, 30, tzinfo=dt.UTC), "Wednesday 10 June 2026"),
        (
            "{{ v|moment }}",
            dt.datetime(2026, 6, 9, 23, 30, tzinfo=dt.UTC),
            "Wednesday 10 June 2026, 00:30",
        ),
        ("{{ v|clock }}", dt.time(7, 5), "07:05"),
        ("{{ v|iso }}", dt.datetime(2026, 1, 9, 9, tzinfo=dt.UTC), "2026-01-09T09:00:00+00:00"),
        ("{{ v|day }}{{ v|moment }}{{ v|clock }}{{ v|in_days }}", None, ""),
        ("{{ v|number }}", 1234, "1,234"),
    ],
)
def test_dates_are_written_in_londons_day(template, value, text):
    assert render(template, v=value) == text


@pytest.mark.parametrize(
    ("away", "text"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (-1, "yesterday"),
        (-3, "3 days ago"),
    ],
)
def test_in_days_says_how_far_away_a_day_is(away, text):
    value = timezone.localdate() + dt.timedelta(days=away)

    assert render("{{ v|in_days }} {% in_days v %}", v=value) == f"{text} {text}"


def test_query_keeps_the_other_parameters():
    request = RequestFactory().get("/visits/?state=open&after=abc")

    assert render("{% query after='x y' %}", request) == "?state=open&amp;after=x+y"
    assert render("{% query after='' %}", request) == "?state=open"


def test_pagination_says_which_part_this_is():
    request = RequestFactory().get("/visits/?state=open")
    page = Page(list(range(25)), 312, False, 1, "abc", True)

    html = render("{% include 'components/_pagination.html' %}", request, page=page)

    assert "1 to 25 of 312<" in html
    assert 'href="?state=open&amp;after=abc"' in html
    assert "First page" not in html


def test_pagination_counts_no_further_than_a_thousand():
    request = RequestFactory().get("/visits/?after=abc")
    page = Page(list(range(25)), 1000, True, 1001, "", False)

    html = render("{% include 'components/_pagination.html' %}", request, page=page)

    assert "1,001 to 1,025 of 1,000+<" in html
    assert "Next page" not in html
    assert "First page" in html
