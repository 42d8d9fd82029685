"""PDF responses: file names in Japanese, and 304 for a copy that the client has cached."""

import re
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags, quote_etag

from core.file_names import file_name
from evaluations.models import Sheet
from evaluations.paper.issued_pdf import StoredPdf

# Cache-Control: revalidate each time. Private caches only, or shared ones as well.
FOR_ONE_PERSON = "private, no-cache"
FOR_EVERYBODY = "public, no-cache"
_ETAG = re.compile(r'(?:W/)?"([0-9a-f]{64})"')


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Return ``pdf``, just rendered for one person, as a download called ``name``."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": disposition_of(name), "Cache-Control": FOR_ONE_PERSON},
    )


def stored_response(
    request: HttpRequest, stored: StoredPdf, *, cache_control: str
) -> HttpResponseBase:
    """Return the stored PDF, or 304 if the client has it; see ``cached_hashes``."""
    etag, since = quote_etag(stored.sha256), int(stored.since.timestamp())
    validators = {
        "ETag": etag,
        "Last-Modified": http_date(since),
        "Cache-Control": cache_control,
    }
    answer = get_conditional_response(request, etag=etag, last_modified=since)
    if answer is None:
        answer = HttpResponse(
            b"" if request.method == "HEAD" else stored.content(),
            content_type="application/pdf",
            headers={
                "Content-Disposition": disposition_of(_named(stored.title, stored.contribution)),
                "Content-Length": str(stored.size),
            },
        )
    for name, value in validators.items():
        answer.headers[name] = value
    return answer


def cached_hashes(request: HttpRequest) -> set[str] | None:
    """Return the sha256 hashes in If-None-Match, of the files that the client has cached.

    None if the response will hardly need the content: HEAD, If-Modified-Since, or ``*``.
    """
    given = request.headers.get("If-None-Match", "")
    if request.method == "HEAD" or given.strip() == "*" or "If-Modified-Since" in request.headers:
        return None
    return {found[1] for tag in parse_etags(given) if (found := _ETAG.fullmatch(tag))}


def pdf_name(sheet: Sheet, mark: str = "") -> str:
    """Return the download's name: 「平成30年度シート_〇〇拠出金.pdf」."""
    return _named(sheet.edition.title + mark, sheet.name)


def _named(title: str, contribution: str) -> str:
    return file_name(f"{title}_{contribution}", ".pdf")


def disposition_of(name: str) -> str:
    """Return the Content-Disposition header for a download called ``name`` (RFC 6266).

    For a Japanese name Django writes ``filename*`` only. Clients that do not read it would take
    the name from the URL, so they get ``sheet.pdf`` (or ``.zip``) as ``filename``.
    """
    plain = f"sheet.{name.rpartition('.')[2]}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
