"""The back door of a superuser: sees people, desks and seats; keeps accounts, and nothing else.

All other writes would go past the journal. Seats are given on a desk's own page of members.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.admin import EmailAddressAdmin  # noqa: F401  (it is to register first)
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.admin import AuthenticatorAdmin  # noqa: F401  (the same)
from allauth.mfa.models import Authenticator
from allauth.socialaccount.admin import SocialAccountAdmin  # noqa: F401  (the same)
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.admin import UserSessionAdmin  # noqa: F401  (the same)
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest

from claims.models import Membership, User, Workspace

if TYPE_CHECKING:
    ReadOnlyBase = admin.ModelAdmin[models.Model]
    PeopleBase = UserAdmin[User]
else:
    ReadOnlyBase = admin.ModelAdmin
    PeopleBase = UserAdmin

admin.site.unregister([Group, EmailAddress, Authenticator, UserSession])
admin.site.unregister([SocialAccount, SocialApp, SocialToken])
admin.site.site_header = admin.site.site_title = "Counterclaim"


def is_superuser(request: HttpRequest) -> bool:
    """Staff alone are not let in: rights on single models are not used here."""
    return request.user.is_active and request.user.is_superuser


admin.site.has_permission = is_superuser  # type: ignore[method-assign]
# One door for all: the sign-in page, which counts failed attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class ReadOnly(ReadOnlyBase):
    """Lists and shows, and changes nothing."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class People(PeopleBase):
    """Accounts: made here, given a new password here; switched off, but never deleted."""

    list_display = ("username", "email", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Access", {"fields": ("is_active", "is_superuser", "last_login", "date_joined")}),
    )
    readonly_fields = (
        "username",
        "first_name",
        "last_name",
        "email",
        "is_superuser",
        "last_login",
        "date_joined",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # A new account is the one thing that is written here.
        return self.readonly_fields if obj else ("last_login", "date_joined")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Workspace)
class Desks(ReadOnly):
    """The desks; they are opened and named on their own pages."""

    list_display = ("name", "slug", "created_at")
    search_fields = ("name", "slug")


@admin.register(Membership)
class Seats(ReadOnly):
    """Who sits where, and as what."""

    list_display = ("user", "role", "workspace", "created_at")
    list_filter = ("role",)
    list_select_related = ("user", "workspace")
