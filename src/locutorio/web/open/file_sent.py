"""The file that a form of an open page sends: an upload, or the text that stands on the page."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from locutorio.kernel.texts import BYTES_MAX

TEXT_LENGTH_MAX = 100_000


def file_sent(request: HttpRequest) -> tuple[str, str]:
    """Give the text of the file, an upload in place of what stands on the page, and what is wrong with it.

    The second is the name of a sentence, empty where nothing is wrong; a file that is too large is not given.
    """
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    problem = ""
    upload = request.FILES.get("file")
    if isinstance(upload, UploadedFile) and upload.size:
        try:
            text = upload.read(BYTES_MAX + 1).decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            problem = "file_problem_utf8"
    return ("", "file_problem_large") if len(text) > TEXT_LENGTH_MAX else (text, problem)
