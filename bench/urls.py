"""The pages of an installation, and a reference page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.models import Division
from config import urls
from config.urls import handler400, handler500

__all__ = ["handler400", "handler500", "urlpatterns"]

REFERENCE_PAGE = "/reference/"


@login_not_required
def reference(_request: HttpRequest) -> HttpResponse:
    """A page with one query and almost no content: the least that any page of the site takes."""
    return HttpResponse(str(Division.objects.count()), content_type="text/plain")


urlpatterns = [path(REFERENCE_PAGE.removeprefix("/"), reference), *urls.urlpatterns]
