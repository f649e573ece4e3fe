"""One reader of bench/posters.py, in its own environment: `poster_peers.py READER FOLDER…`.

Prints a JSON object: for each picture below the folders the texts that were read and the milliseconds it took, decoding
included, on one core.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

Reader = Callable[[Any], list[str]]
PICTURES = {".png", ".jpg", ".jpeg", ".webp"}


def zxing() -> Reader:
    """As its documentation recommends: rotated, downscaled and inverted as well."""
    import zxingcpp

    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
    return lambda grey: [found.text for found in zxingcpp.read_barcodes(grey, formats)]


def zxing_all() -> Reader:
    """The same with each of its binarizers in turn, until one reads something."""
    import zxingcpp

    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
    ways = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram, zxingcpp.Binarizer.FixedThreshold)

    def read(grey: Any) -> list[str]:  # noqa: ANN401 - an array
        found = (zxingcpp.read_barcodes(grey, formats, binarizer=way) for way in ways)
        return next(([code.text for code in codes] for codes in found if codes), [])

    return read


def opencv() -> Reader:
    import cv2

    detector = cv2.QRCodeDetector()
    return lambda grey: [text for text in detector.detectAndDecodeMulti(grey)[1] if text]


def opencv_aruco() -> Reader:
    import cv2

    detector = cv2.QRCodeDetectorAruco()
    return lambda grey: [text for text in detector.detectAndDecodeMulti(grey)[1] if text]


def zbar() -> Reader:
    """Its decoder of QR codes, as the library deqr carries it."""
    import deqr

    return _deqr(deqr.QRdecDecoder())


def quirc() -> Reader:
    import deqr

    return _deqr(deqr.QuircDecoder())


def _deqr(decoder: Any) -> Reader:  # noqa: ANN401 - of either kind
    def read(grey: Any) -> list[str]:  # noqa: ANN401 - an array
        found = decoder.decode(np.array(grey), convert_data=True)
        return ["".join(str(entry.data) for entry in code.data_entries) for code in found]

    return read


READERS = {
    "zxing-cpp": zxing,
    "zxing-cpp, all binarizers": zxing_all,
    "OpenCV": opencv,
    "OpenCV, ArUco": opencv_aruco,
    "zbar (deqr)": zbar,
    "quirc (deqr)": quirc,
}


def grey_of(path: Path) -> Any:  # noqa: ANN401 - an array
    with Image.open(path) as picture:
        return np.asarray(picture.convert("L"))


def measured(read: Callable[[Path], list[str]], folders: list[Path]) -> dict[str, Any]:
    """Texts and milliseconds of every picture below *folders*, by path, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    told = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in PICTURES):
        began = time.process_time()
        try:
            texts = read(path)
        except Exception:  # noqa: BLE001 - a peer that breaks on a picture has not read it
            texts = []
        told[str(path)] = {"texts": texts, "ms": (time.process_time() - began) * 1000}
    return told


if __name__ == "__main__":
    reader = READERS[sys.argv[1]]()
    print(json.dumps(measured(lambda path: reader(grey_of(path)), [Path(name) for name in sys.argv[2:]])))
