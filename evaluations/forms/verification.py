"""The form of the public verification page."""

from typing import Any

from django import forms
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload

# A sheet's PDF is a few hundred kilobytes.
MAX_UPLOAD_BYTES = 5_000_000
_AROUND_THE_FILE = 10_000  # what a form adds to its file, in bytes


class InMemory(MemoryFileUploadHandler):
    """Keeps an upload in memory, never on disk; one that is too large is discarded."""

    is_too_large = False  # until the request is read

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 -- the library's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.is_too_large = content_length > MAX_UPLOAD_BYTES
        self.activated = content_length <= MAX_UPLOAD_BYTES + _AROUND_THE_FILE
        # A file that is only somewhat too large is read and discarded, so that the browser gets the
        # answer.
        self.is_flood = content_length > 5 * MAX_UPLOAD_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if not self.activated:
            raise StopUpload(connection_reset=self.is_flood)
        super().new_file(*args, **kwargs)


class VerifyForm(forms.Form):
    """One file. Whether it is too large follows from the length of the request."""

    pdf = forms.FileField(
        label="PDFのファイル",
        help_text="5MBまで。ファイルは確かめるためにだけ読み、保存しません。",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={
            "required": "確かめるPDFのファイルを選んでください。",
            "missing": "確かめるPDFのファイルを選んでください。",
            "invalid": "確かめるPDFのファイルを選んでください。",
            "empty": "ファイルが空です。取得したPDFを選んでください。",
            "max_length": "ファイル名が長すぎます。短い名前に変えて選んでください。",
        },
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_too_large:
            # The file was discarded, so that the field reports it as missing.
            message = "ファイルが5MBを超えています。評価シートのPDFを一つ選んでください。"
            self.fields["pdf"].error_messages["required"] = message
