"""Memory on a CPU: kept when a tensor is freed, for the next one.

What it is: two settings of glibc's allocator. What it is not: a limit; nothing here frees anything.
"""

from __future__ import annotations

import ctypes
import sys

MMAP_THRESHOLD, TRIM_THRESHOLD, TOP_PAD = -3, -1, -2  # names of malloc.h
LARGE = 2**31 - 1


def keep_memory() -> None:
    """Without this every tensor of some MB is fetched from the system, page by page, and given back: of sampling that was five
    sixths of the time. Where there is no glibc, nothing happens."""
    mallopt = None if sys.platform == "win32" else getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for name, value in ((MMAP_THRESHOLD, LARGE), (TRIM_THRESHOLD, LARGE), (TOP_PAD, 2**28)):
            mallopt(name, value)
