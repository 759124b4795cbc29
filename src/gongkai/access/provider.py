"""Single sign-on by OpenID Connect, as a client of the provider named in the settings."""

from __future__ import annotations

from functools import cache
from typing import Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest
from joserfc.errors import JoseError
from requests.exceptions import RequestException

from gongkai.agencies.doer import Refused
from gongkai.agencies.models import Staff

_AWAY = "单点登录服务暂时连不上，请稍后再试，或者用账号密码登录。"


def is_offered() -> bool:
    """Whether an installation names a provider."""
    return bool(settings.OIDC_ISSUER)


@cache
def _client() -> Any:
    registry = OAuth()
    return registry.register(
        "provider",
        client_id=settings.OIDC_CLIENT,
        client_secret=settings.OIDC_SECRET or None,
        server_metadata_url=settings.OIDC_ISSUER.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": 10},
    )


def redirect_to(request: HttpRequest, back_to: str) -> Any:
    """Send the visitor to the provider. Refused where it does not answer."""
    try:
        return _client().authorize_redirect(request, back_to)
    except (RequestException, OAuthError, ValueError) as error:
        raise Refused([_AWAY]) from error


def person_of(request: HttpRequest) -> Staff:
    """Who came back from the provider: an active account of ours with the name the provider vouches for.

    State, nonce, PKCE, signature, issuer, audience and times are checked by Authlib. Accounts are never made here.
    """
    try:
        token = _client().authorize_access_token(request)
    except (OAuthError, JoseError, KeyError, ValueError) as error:
        raise Refused(["单点登录没有完成，请重新登录。"]) from error
    except RequestException as error:
        raise Refused([_AWAY]) from error
    name = str((token.get("userinfo") or {}).get(settings.OIDC_CLAIM) or "")
    staff = Staff.objects.filter(username=name, is_active=True).first() if name else None
    if staff is None:
        raise Refused([f"单点登录的账号“{name}”在本系统没有对应的账号，请联系本机关管理员。"])
    return staff
