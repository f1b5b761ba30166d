"""Sign-in with the accounts of an organisation: OpenID Connect, where settings name a provider.

allauth speaks the protocol. What follows is stricter than it: the identity token is checked by its
signature, whatever the connection, and by its nonce; the provider is the one of the settings to the
letter; and of a person nothing is kept but a print of who they are there. Rules: OpenID Connect
Core 1.0, section 3.1.3.7, and RFC 9700.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from typing import Any

import jwt
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from requests import RequestException

from claims.actions import entrance
from claims.actions import invitation as invitations
from claims.models import User

ID = "oidc"
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures by a key pair alone: with a shared secret, or none, anybody could be anybody."""
NEEDED = ("iss", "sub", "aud", "exp", "iat")
LEEWAY = 30
"""Seconds by which two clocks may differ."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")

logger = logging.getLogger(__name__)


class Unproven(OAuth2Error):  # type: ignore[misc]
    """What the provider says does not hold; the words are for the log, and name nobody."""


class Strict(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Asks the provider, and believes what is proven. Raises Unproven for anything else."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, if it is the one of the settings."""
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != settings.OIDC_ISSUER:
            raise Unproven("The provider calls itself something else than OIDC_ISSUER.")
        encrypted = settings.OIDC_ISSUER.startswith("https://")
        asked = [config.get(name, "https://") for name in ENDPOINTS]
        if encrypted and not all(str(address).startswith("https://") for address in asked):
            raise Unproven("The provider has an address without TLS.")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("oidc-callback"))

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> SocialLogin:
        told = self._proven(app, kwargs["response"].get("id_token"))
        if "email" not in told and "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != told["sub"]:
                raise Unproven("What the provider tells is of somebody else.")
            told = more | told
        return self.get_provider().sociallogin_from_response(request, told)

    def _proven(self, app: SocialApp, token: Any) -> dict[str, Any]:
        """What the identity token says, for this site and this sign-in."""
        try:
            told: dict[str, Any] = jwt.decode(
                token,
                self._key(token),
                algorithms=SIGNED_BY,
                audience=app.client_id,
                issuer=settings.OIDC_ISSUER,
                leeway=LEEWAY,
                options={"require": list(NEEDED)},
            )
        except (jwt.PyJWTError, AttributeError, TypeError, ValueError) as error:
            raise Unproven(f"The identity token does not hold: {type(error).__name__}") from error
        if told.get("azp", app.client_id) != app.client_id:
            raise Unproven("The identity token was made for another site.")
        if not self.nonce or told.get("nonce") != self.nonce:
            raise Unproven("The identity token is of another sign-in.")
        return told

    def _key(self, token: Any) -> jwt.PyJWK:
        """The provider's key that the token names; where it names none, the only one."""
        name = jwt.get_unverified_header(token).get("kid")
        with self._session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(response.json()).keys
        found = [key for key in keys if name in (None, key.key_id)]
        if len(found) != 1:
            raise jwt.InvalidKeyError
        return found[0]

    def _session(self) -> Any:
        return Adapter(self.request).get_requests_session()


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """The one provider of the settings."""

    oauth2_adapter_class = Strict

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, **kwargs: Any
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(24)
        sent = {"auth_params": {"nonce": nonce}, "nonce": nonce}
        answer: HttpResponse = super().redirect(request, process, next_url, **sent)
        return answer

    def extract_uid(self, data: dict[str, Any]) -> str:
        """A print of who they are and at which provider: another one may number people alike."""
        return hashlib.sha256(f"{data['iss']} {data['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        verified = data.get("email_verified") in (True, "true")  # some write it as a word
        return [EmailAddress(email=data["email"], verified=verified)] if data.get("email") else []


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who gets in: whoever has been here, has an account with that e-mail, or is invited."""

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> Provider:
        return Provider(
            request,
            SocialApp(
                provider=Provider.id,
                provider_id=ID,
                name=settings.OIDC_NAME,
                client_id=settings.OIDC_CLIENT_ID,
                secret=settings.OIDC_CLIENT_SECRET,
                settings={
                    "server_url": settings.OIDC_ISSUER.rstrip("/"),
                    "oauth_pkce_enabled": True,
                },
            ),
        )

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any
    ) -> None:
        """One page, whatever is wrong; the log says more, and nothing of the person."""
        raise ImmediateHttpResponse(shut(request, kwargs.get("exception")))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Gives the sign-in its account, or ends it."""
        if sociallogin.account.pk:
            return
        emails = [one.email for one in sociallogin.email_addresses if one.verified]
        try:
            user = entrance.by_email(emails)
            if user is not None:
                user = entrance.connect(user, sociallogin.account)
                messages.info(request, f"From now on you sign in with {settings.OIDC_NAME}. {LOST}")
            else:
                user = _invited(request, sociallogin, emails)
        except (invitations.Over, IntegrityError) as error:
            raise ImmediateHttpResponse(shut(request, error)) from error
        sociallogin.user = user


LOST = "The password, the tokens and the other sign-ins of before work no more."


def _invited(request: HttpRequest, sociallogin: SocialLogin, emails: list[str]) -> User:
    """A new account for who has opened the link of an invitation. Raises Over without one."""
    invitation = invitations.find(request.session.get(invitations.KEPT_AS, ""))
    name = sociallogin.user.get_full_name() or sociallogin.user.username
    user = invitations.join_from(invitation, name, emails, sociallogin.account)
    sociallogin.state["next"] = invitation.workspace.get_absolute_url()
    del request.session[invitations.KEPT_AS]
    messages.success(request, f"You have a seat at {invitation.workspace}.")
    return user


def shut(request: HttpRequest, error: BaseException | None = None) -> HttpResponse:
    """The page for who is not let in; another one where the provider can't be asked."""
    away = isinstance(error, RequestException)
    why = error if isinstance(error, Unproven) else type(error).__name__ if error else "no state"
    logger.warning("Nobody was signed in by the provider: %s", why)
    name = "oidc/away.html" if away else "oidc/shut.html"
    return render(request, name, status=503 if away else 403)
