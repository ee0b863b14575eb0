import pytest

from tests.support import browser as browsers

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("size", [browsers.PHONE, browsers.DESK])
def test_welcome_page_is_clean_for_a_stranger(browser_page, size, javascript):
    page = browser_page(size, javascript=javascript)

    page.goto("/")

    assert page.get_by_role("link", name="Sign in").first.is_visible()
    browsers.clean(page)


def test_page_for_the_signed_in_leads_a_stranger_to_signing_in(browser_page):
    page = browser_page()

    page.goto("/accounts/email/")

    assert page.url.endswith("/accounts/login/?next=/accounts/email/")


def test_missing_page_is_clean(browser_page):
    page = browser_page()

    answer = page.goto("/no/such/page/")

    assert answer.status == 404
    browsers.clean(page)
