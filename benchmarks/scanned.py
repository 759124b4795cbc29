"""Pages as a scanner gives them: pixels, slightly turned, on grey paper, with noise, as JPEG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from PIL import Image


@dataclass(frozen=True, slots=True)
class Scanner:
    """One way of scanning. `skew` in degrees, `paper` the grey of white paper (0–255), `quality` of the JPEG."""

    dpi: int
    skew: float
    quality: int
    paper: int

    def __str__(self) -> str:
        return f"{self.dpi} dpi，斜 {self.skew:+g}°，JPEG {self.quality}，底灰 {self.paper}"


SCANNERS = (Scanner(150, 1.3, 60, 225), Scanner(200, -2.0, 70, 235))


def scan(pdf: bytes, scanner: Scanner, seed: int = 1) -> list[bytes]:
    """Each page of a PDF as a scanned JPEG."""
    rng = np.random.default_rng(seed)
    document = pdfium.PdfDocument(pdf)
    try:
        return [_scan_page(page.render(scale=scanner.dpi / 72).to_pil(), scanner, rng) for page in document]
    finally:
        document.close()


def _scan_page(page: Image.Image, scanner: Scanner, rng: np.random.Generator) -> bytes:
    turned = page.convert("L").rotate(scanner.skew, Image.Resampling.BILINEAR, fillcolor=255)
    ink = np.asarray(turned, dtype=np.float32) * (scanner.paper / 255)
    ink += np.linspace(0, 12, ink.shape[1])[None, :]  # the lamp is brighter on one side
    ink += rng.normal(0, 6, ink.shape)
    out = io.BytesIO()
    Image.fromarray(np.clip(ink, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=scanner.quality)
    return out.getvalue()


def as_pdf(pages: Sequence[bytes], dpi: int) -> bytes:
    """Scanned pages as a PDF without any text, as office scanners write it."""
    first, *others = (Image.open(io.BytesIO(page)) for page in pages)
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=dpi)
    return out.getvalue()
