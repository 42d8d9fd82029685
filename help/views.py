"""Help pages (使い方), open to everybody, without sign-in."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from PIL import Image

from accounts.roles import Roles
from help.pages import HELP_PAGES, HelpPage

PICTURES = settings.BASE_DIR / "static" / "help"


@dataclass(frozen=True)
class Picture:
    """A static image with its size in pixels, to avoid layout shifts."""

    path: str
    width: int
    height: int


@cache
def pictures() -> dict[str, Picture]:
    """Return the pictures of the help pages by name. Reads the image headers once."""
    found = {}
    for file in PICTURES.glob("*.webp"):
        with Image.open(file) as image:
            found[file.stem] = Picture(f"help/{file.name}", *image.size)
    return found


@login_not_required
@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    """List the pages with their tasks, those for the person's roles first."""
    roles = getattr(request.user, "roles", Roles())
    own = [page for page in HELP_PAGES if page.is_for and page.is_for(roles)]
    return render(
        request,
        "help/index.html",
        {
            "own": own,
            "shared": [page for page in HELP_PAGES if page.is_for is None],
            "others": [page for page in HELP_PAGES if page.is_for and page not in own],
        },
    )


@login_not_required
@require_safe
def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one page."""
    page = _page_or_404(slug)
    return render(
        request,
        "help/page.html",
        {
            "help_page": page,
            "pictures": pictures(),
            "breadcrumbs": [("使い方", reverse("help_index")), (page.title, "")],
        },
    )


def _page_or_404(slug: str) -> HelpPage:
    for page in HELP_PAGES:
        if page.slug == slug:
            return page
    raise Http404(slug)
