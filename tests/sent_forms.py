"""Reads the form that a page gives back, as a browser would send it."""

from html.parser import HTMLParser

from django.http import HttpResponse


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str | None], list[tuple[str, str]]]] = []
        self.is_in_form = False
        self.box = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.is_in_form = True
            self.found.append((told, []))
        elif tag in ("input", "textarea") and self.is_in_form and told.get("name"):
            self.found[-1][1].append((told["name"] or "", told.get("value") or ""))
            self.box = told["name"] or "" if tag == "textarea" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.box:
            fields = self.found[-1][1]
            # The first line feed of a box is none of its text.
            fields[-1] = (self.box, fields[-1][1].removeprefix("\n"))
            self.box = ""
        elif tag == "form":
            self.is_in_form = False

    def handle_data(self, data: str) -> None:
        if self.box:
            fields = self.found[-1][1]
            fields[-1] = (self.box, fields[-1][1] + data)


def given_back(answer: HttpResponse) -> tuple[str, dict[str, str]] | None:
    """Return the URL and the fields of the form that a page gives back; None without one."""
    forms = _Forms()
    forms.feed(answer.content.decode())
    return next(
        (
            (told["action"] or "", dict(fields))
            for told, fields in forms.found
            if "data-unsent" in told
        ),
        None,
    )
