"""A small identity provider in a thread of the tests: authorisation code with PKCE, RS256."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class IdentityProvider:
    """``claims`` is what its tokens say of whoever signs in next, ``asked`` how it was asked."""

    def __init__(self):
        self.claims, self.asked, self._codes = {}, {}, {}
        provider = self

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self):  # noqa: N802 - http.server's name
                self.reply(provider.about())

            def do_POST(self):  # noqa: N802 - http.server's name
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, answer = provider.token(dict(parse_qsl(body)))
                self.reply(answer, status)

            def reply(self, answer, status=200):
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def about(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def sign_in(self, address: str) -> str:
        """Do what a person does there, and return the address that they are sent back to."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe()
        self._codes[code] = self.asked
        back = {"code": code, "state": self.asked["state"]}
        return f"{self.asked['redirect_uri']}?{urlencode(back)}"

    def token(self, sent):
        asked = self._codes.pop(sent["code"], None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        standing = {"iss": self.issuer, "aud": asked["client_id"], "iat": now, "exp": now + 300}
        standing |= {"nonce": asked["nonce"]}
        token = jwt.encode(standing | self.claims, KEY, "RS256", headers={"kid": "one"})
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": token}
