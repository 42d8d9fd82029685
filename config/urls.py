"""Root URLconf."""

from allauth.account import urls as allauth_urls
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from accounts.views import token
from config.resubmission import ResubmissionSignInView

# Django's own sign-in page has no rate limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Only some pages of allauth, since people cannot add mail addresses or accounts. (The URL of the
# disabled sign-up is needed by another page of allauth.)
SIGN_IN = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_reauthenticate",
    "account_inactive",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns = [
    path("accounts/", include([url for url in allauth_urls.urlpatterns if url.name in SIGN_IN])),
    path("accounts/token/", token, name="token"),
    path("accounts/send/", ResubmissionSignInView.as_view(), name="account_send"),
    path("", include("accounts.urls")),
    path("", include("notices.urls")),
    path("admin/", admin.site.urls),
    path("", include("evaluations.urls")),
    path("", include("booklets.urls")),
    path("", include("bulk_steps.urls")),
    path("", include("help.urls")),
]

handler400 = "config.errors.bad_request"
handler500 = "config.resubmission.server_error"
