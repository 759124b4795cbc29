"""Pictures of pages made readable: grey background and shadow removed, turned upright, rulings found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from gongkai.annual_report.reading.sources.rulings import Lattice, Segment, lattices

Array = Any  # numpy arrays of uint8

MOST_SKEW = 4.0  # degrees
_SMALL = 700  # pixels of the longer side that the skew is measured on


@dataclass(slots=True)
class CleanPage:
    """A page as black ink on white. `ink` is 255 where there is ink; `rules` the same for ruling lines only."""

    grey: Array
    ink: Array
    rules: Array
    tables: list[Lattice]
    angle: float

    @property
    def height(self) -> int:
        return int(self.grey.shape[0])

    @property
    def width(self) -> int:
        return int(self.grey.shape[1])


def clean(grey: Array) -> CleanPage:
    """A page from a grey-level picture (height × width, uint8)."""
    grey = _even(grey)
    angle = skew(grey)
    if abs(angle) > 0.05:
        grey = _turned(grey, angle)
    ink = _ink(grey)
    across, down, rules = _rules(ink)
    unit = max(grey.shape) / 2300  # 1 at 200 dpi
    tables = lattices(across, down, near=max(5.0 * unit, 3.0))
    return CleanPage(grey, ink, rules, [t for t in tables if _is_table(t, unit)], angle)


def _even(grey: Array) -> Array:
    """Background to white: every pixel measured against the brightest around it."""
    size = max(15, (max(grey.shape) // 60) | 1)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    kernel = np.ones((max(3, size // 4) | 1,) * 2, np.uint8)
    background = cv2.medianBlur(cv2.dilate(small, kernel), 2 * (size // 4) + 1)
    background = cv2.resize(background, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(background, 1), scale=255)


def _ink(grey: Array) -> Array:
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    level, _ = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    return cv2.threshold(smooth, min(max(level, 120), 200), 255, cv2.THRESH_BINARY_INV)[1]


def skew(grey: Array) -> float:
    """Degrees by which the page must be turned: where its rows of ink are sharpest."""
    scale = _SMALL / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    ink = 255 - small

    def sharpness(angle: float) -> float:
        rows = _turned(ink, angle, border=0).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = 0.0
    for step, reach in ((0.5, MOST_SKEW), (0.1, 0.5), (0.03, 0.09)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=sharpness))
    return best if sharpness(best) > 1.02 * sharpness(0.0) else 0.0


def _turned(grey: Array, angle: float, border: int = 255) -> Array:
    height, width = grey.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=border)


def _rules(ink: Array) -> tuple[list[Segment], list[Segment], Array]:
    """Horizontal and vertical ruling lines, and a picture of them."""
    long = max(ink.shape) // 50
    across_ink = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    down_ink = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((long * 2 // 3, 1), np.uint8))
    across, down = [], []
    for x, y, w, h in _boxes(across_ink):
        if h <= long // 3:
            across.append(Segment(y + h / 2, x, x + w))
    for x, y, w, h in _boxes(down_ink):
        if w <= long // 3 and h >= long // 2:
            down.append(Segment(x + w / 2, y, y + h))
    rules = cv2.dilate(cv2.bitwise_or(across_ink, down_ink), np.ones((3, 3), np.uint8))
    return across, down, rules


def _boxes(ink: Array) -> list[tuple[int, int, int, int]]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return [tuple(int(v) for v in stats[i, :4]) for i in range(1, count)]  # type: ignore[misc]


def _is_table(table: Lattice, unit: float) -> bool:
    return table.right - table.left > 150 * unit and table.bottom - table.top > 40 * unit
