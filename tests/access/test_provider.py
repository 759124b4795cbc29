"""Single sign-on against a real OpenID Connect provider: another process, its own keys, real HTTP."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from gongkai.access import provider
from gongkai.access.models import SignIn
from gongkai.agencies.models import Staff
from tests.county import code, person, with_factor

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    people = [{"sub": f"s-{name}", "preferred_username": name} for name in ("lin.he", "luo.ping", "not.here", "")]
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "oidc_provider_mock",
        "--port",
        str(port),
        "--require-nonce",
        "true",
    ]
    for one in people:
        command += ["--user-claims", json.dumps(one)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                requests.get(address + "/.well-known/openid-configuration", timeout=1)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(autouse=True)
def configured(issuer: str, settings: object) -> Iterator[None]:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = issuer, "gongkai", "secret"  # type: ignore[attr-defined]
    provider._client.cache_clear()
    yield
    provider._client.cache_clear()


def at_provider(client: Client, sub: str, action: str = "allow") -> str:
    """Go to the provider and answer its form; returns the address it sends the browser back to."""
    answer = client.get("/office/oidc/?next=/office/guide/")
    assert answer.status_code == 302
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["nonce"]
    back = requests.post(answer["Location"], data={"sub": sub, "action": action}, allow_redirects=False, timeout=5)
    assert back.status_code == 302, back.text
    parts = urlsplit(back.headers["Location"])
    return f"{parts.path}?{parts.query}"


def test_the_provider_signs_in_an_account_of_ours() -> None:
    client = Client()
    answer = client.get(at_provider(client, "s-lin.he"))
    assert answer["Location"] == "/office/guide/"
    assert client.get("/office/guide/").status_code == 200
    assert SignIn.objects.get().by_provider


def test_the_page_offers_it_only_where_it_is_set_up(settings: object) -> None:
    assert "单位统一身份登录" in Client().get("/office/login/").content.decode()
    settings.OIDC_ISSUER = ""  # type: ignore[attr-defined]
    assert "单位统一身份登录" not in Client().get("/office/login/").content.decode()
    assert Client().get("/office/oidc/").status_code == 302


def test_a_post_that_decides_still_proves_its_second_factor() -> None:
    client = Client()
    device = with_factor(person("luo.ping"))
    client.get(at_provider(client, "s-luo.ping"))
    assert client.get("/office/agencies/")["Location"].startswith("/office/second-factor/")
    client.post("/office/second-factor/", {"code": code(device)})
    assert client.get("/office/agencies/").status_code == 200


@pytest.mark.parametrize("sub", ["s-not.here", "s-", "stranger"])
def test_accounts_are_never_made_by_the_provider(sub: str) -> None:
    client, before = Client(), Staff.objects.count()
    page = client.get(at_provider(client, sub))
    assert page.status_code == 422
    assert "在本系统没有对应的账号" in page.content.decode()
    assert Staff.objects.count() == before
    assert not SignIn.objects.exists()


def test_a_suspended_account_is_not_let_in() -> None:
    Staff.objects.filter(username="lin.he").update(is_active=False)
    client = Client()
    assert client.get(at_provider(client, "s-lin.he")).status_code == 422


def test_who_refuses_at_the_provider_is_told() -> None:
    client = Client()
    page = client.get(at_provider(client, "s-lin.he", "deny"))
    assert page.status_code == 422
    assert "单点登录没有完成" in page.content.decode()


def test_an_answer_serves_once_and_only_the_browser_that_asked() -> None:
    client = Client()
    back = at_provider(client, "s-lin.he")
    assert Client().get(back).status_code == 422
    assert client.get(back).status_code == 302
    client.post("/office/logout/")
    assert client.get(back).status_code == 422


@pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=y", "?state=y", "?error=server_error&state=z"])
def test_nonsense_from_outside_is_refused(query: str) -> None:
    assert Client().get("/office/oidc/back/" + query).status_code == 422


def test_a_provider_that_is_away_leaves_the_password(settings: object) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9"  # type: ignore[attr-defined]
    provider._client.cache_clear()
    page = Client().get("/office/oidc/")
    assert page.status_code == 422
    assert "暂时连不上" in page.content.decode()
    assert 'name="password"' in page.content.decode()
