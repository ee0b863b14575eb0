import pytest
from django.urls import reverse

from contacts.devices import device_of
from tests.support.factors import sign_in

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (f"{WINDOWS} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "Edge on Windows"),
        (f"{ANDROID} Chrome/130.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        (f"{ANDROID} SamsungBrowser/26.0 Chrome/122 Safari/537.36", "Samsung Internet on Android"),
        (f"{PHONE} Version/18.1 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
            "Firefox on Linux",
        ),
        ("Firefox/132.0", "Firefox"),
        ("curl/8.5", "A browser"),
        ("", "A browser"),
    ],
)
def test_device_of_names_the_common_ones(user_agent, device):
    assert device_of(user_agent) == device


@pytest.mark.django_db
def test_sessions_page_names_the_device_in_words_and_no_network_address(client, world):
    agent = f"{WINDOWS} Chrome/130.0.0.0 Safari/537.36"
    client.defaults["HTTP_USER_AGENT"] = agent
    sign_in(client, world.imam)

    page = client.get(reverse("usersessions_list")).text

    assert "Chrome on Windows" in page
    assert "AppleWebKit" not in page
    assert "127.0.0.1" not in page
