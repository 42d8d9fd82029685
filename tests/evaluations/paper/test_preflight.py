"""A second opinion on the archive's rules: Apache PDFBox, which knows nothing of ours.

Its preflight validates PDF/A-1b. What PDF/A-3 allows and PDF/A-1 does not is listed below, with the
clause that allows it; anything else is a fault. A PDF that passes is *checked*, not certified.
"""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.booklets.paper.bound import booklet
from tests.evaluations.paper.papers import PAPERS, paper

HERE = Path(__file__).with_name("preflight")
JARS = [
    Path("/usr/share/java", f"{name}.jar")
    for name in ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging")
]
needs_java = pytest.mark.skipif(
    not shutil.which("javac") or not all(map(Path.exists, JARS)),
    reason="Java（javac）又は PDFBox（libpdfbox2-java）がこの環境にありません",
)
# The database only lends the words that are printed.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database, needs_java]

# Code and words of what only PDF/A-1 forbids, with the reason (clauses of ISO 19005-3).
ALLOWED = {
    # Attachments are what part 3 was made for (6.8).
    ("1.4.7", r"EmbeddedFile entry is present in the Names dictionary"),
    ("1.2.9", r"EmbeddedFile entry is present in a FileSpecification dictionary"),
    # Part 3 is built on PDF 1.7, which has cross-reference streams (6.1.4).
    ("1.4", r"/XRef cross reference streams are not allowed"),
    # A CIDSet is optional, and has to be right where there is one (6.2.11.4.2).
    ("3.1.11", r"\S+: The CIDSet entry is missing for the Composite Subset"),
    # Transparency is allowed since part 2, where an output intent says how to blend (6.2.10). The
    # rule of a column that goes on to the foot of the page is painted through a group.
    ("4.1.2", r"ca entry in a ExtGState is invalid"),
    ("2.2.1", r"Group has a transparency S entry or the S entry is null \[.*"),
    # The file says that it follows part 3, which it does (6.6.4).
    ("7.11.2", r"Error on MetaData, part must be 1"),
}


@pytest.fixture(scope="module")
def preflight(tmp_path_factory):
    """Return a function that checks files, by name, and says what is wrong with each."""
    folder = tmp_path_factory.mktemp("preflight")
    jars = ":".join(map(str, JARS))
    sources = sorted(HERE.rglob("*.java"))
    subprocess.run(["javac", "-cp", jars, "-d", folder, *sources], check=True)

    def check(files):
        for name, content in files.items():
            (folder / name).write_bytes(content)
        command = ["java", "-cp", f"{folder}:{jars}", "Preflight", *files]
        done = subprocess.run(command, check=True, cwd=folder, capture_output=True, text=True)
        faults = {}
        for line in done.stdout.splitlines():
            name, code, words = line.split("\t")
            faults.setdefault(name, []).append((code, words))
        return faults

    return check


def is_allowed(code, words):
    """Whether the fault is in ``ALLOWED``; PDFBox puts the kind of fault before its words."""
    return any(code == each and re.search(rf"(, |^){said}$", words) for each, said in ALLOWED)


def spoilt(change):
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper("empty sheet").pdf)) as pdf:
        change(pdf)
        pdf.save(made, fix_metadata_version=False)
    return made.getvalue()


def without_profile(pdf):
    del pdf.Root.OutputIntents


def without_fonts(pdf):
    for font in pdf.pages[0].Resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor.FontFile2


def with_another_title(pdf):
    pdf.trailer.Info.Title = "別の題"


SPOILT = {
    "no-profile": (without_profile, "2.4.3"),
    "no-fonts": (without_fonts, "3.1.3"),
    "another-title": (with_another_title, "7.2"),
}


def test_every_paper_passes_and_spoilt_ones_do_not(preflight):
    """All in one run: starting Java takes longer than checking."""
    papers = {f"{name.replace(' ', '-')}.pdf": paper(name).pdf for name in PAPERS}
    papers["booklet.pdf"] = booklet()
    bad = {name: spoilt(change) for name, (change, _) in SPOILT.items()}
    found = preflight(papers | bad)
    assert {name: faults[-1][0] for name, faults in found.items()} == dict.fromkeys(
        papers | bad, "checked"
    )
    left = {
        name: [fault for fault in faults[:-1] if not is_allowed(*fault)]
        for name, faults in found.items()
    }
    assert {name: left[name] for name in papers if left[name]} == {}
    for name, (_, code) in SPOILT.items():
        assert code in {found for found, _ in left[name]}, left[name]
