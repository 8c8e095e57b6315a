"""Build the binary samples: `python -m evals.samples`."""

from __future__ import annotations

from pathlib import Path

from evals.samples.paged import pdf_bytes
from evals.samples.source import parse_source
from evals.samples.word import docx_bytes

_HERE = Path(__file__).parent
_SAMPLES = _HERE.parent.parent / "corpus" / "samples"
_PDF_HEADER = "Exempelköpings kommun och Myndigheten för fiktiva frågor · Dnr MFF 2025-00412"


def build_samples(sources: Path, samples: Path) -> tuple[Path, ...]:
    """Write the DOCX and the PDF below `samples`; returns the files written."""
    partnership = parse_source((sources / "trollhattan-hogskolan-vast.md").read_text(encoding="utf-8"))
    processor = parse_source((sources / "personuppgiftsbitrade-e-tjanster.md").read_text(encoding="utf-8"))
    written = {
        samples / "larosaten" / "trollhattan-hogskolan-vast.docx": docx_bytes(partnership),
        samples / "kommunalt" / "personuppgiftsbitrade-e-tjanster.pdf": pdf_bytes(processor, _PDF_HEADER),
    }
    for path, data in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tuple(written)


if __name__ == "__main__":
    for made in build_samples(_HERE / "sources", _SAMPLES):
        print(f"{made.name}: {made.stat().st_size} byte")
