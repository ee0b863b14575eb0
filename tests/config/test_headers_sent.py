"""What leaves the web server, read from the wire: files and errors too, and each header once."""

import http.client
from collections import Counter
from urllib.parse import urlsplit

import pytest

from tests.support.headers import EXPECTED, faults_of

ONCE = {*EXPECTED, "Content-Security-Policy", "Permissions-Policy", "Cache-Control", "Content-Type"}
# Whoever asks: the method, the address, the host named, and the status that is answered.
ASKED = {
    "a style": ("GET", "/static/css/site.css", None, 200),
    "an image": ("GET", "/static/img/favicon.svg", None, 200),
    "no file": ("GET", "/static/no-such-file.css", None, 404),
    "the service worker": ("GET", "/sw.js", None, 200),
    "the manifest": ("GET", "/manifest.webmanifest", None, 200),
    "the sign-in page": ("GET", "/accounts/login/", None, 200),
    "a head": ("HEAD", "/accounts/login/", None, 200),
    "a page for the signed-in": ("GET", "/visits/", None, 302),
    "no page": ("GET", "/no-such-page/", None, 404),
    "a form without its token": ("POST", "/accounts/login/", None, 403),
    "another host": ("GET", "/", "elsewhere.example", 400),
    "the load balancer's word": ("GET", "/healthz", None, 200),
}


def ask(url, method, path, host):
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request(method, path, headers={"Host": host} if host else {})
    response = connection.getresponse()
    connection.close()
    return response.status, response.getheaders()


@pytest.mark.parametrize("what", ASKED)
def test_each_answer_carries_each_header_once(live_portal, what):
    method, path, host, expected = ASKED[what]
    status, headers = ask(live_portal.url, method, path, host)
    counted = Counter(name.title() for name, _value in headers)

    assert status == expected
    assert faults_of(dict(headers)) == []
    assert {name for name in ONCE if counted[name.title()] > 1} == set()
