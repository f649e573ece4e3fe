"""The headings of case lists as teams write them, Vietnamese and English, folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.vietnamese import headings

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADINGS: dict[str, set[str]] = {
    "full_name": {"ho ten", "ho va ten", "ten", "ten benh nhan", "ho ten benh nhan", "ho va ten benh nhan", "benh nhan",
                  "full name", "name", "patient name", "patient"},
    "phone": {"dien thoai", "so dien thoai", "sdt", "dt", "so dt", "so dien thoai lien he", "dien thoai lien he", "phone",
              "phone number", "mobile", "telephone", "tel"},
    "birth": {"nam sinh", "ngay sinh", "ngay thang nam sinh", "sinh nam", "year of birth", "birth year", "yob",
              "date of birth", "dob", "birth date"},
    "document": {"cccd", "so cccd", "cmnd", "so cmnd", "cccd cmnd", "cmnd cccd", "so cmnd cccd", "so cccd cmnd", "can cuoc",
                 "so can cuoc", "so dinh danh", "bhyt", "so bhyt", "ma bhyt", "so the bhyt", "id", "id number", "national id",
                 "identity number", "health insurance"},
    "disease": {"benh", "ten benh", "chan doan", "tac nhan", "disease", "diagnosis"},
    "sampled_on": {"ngay lay mau", "lay mau", "ngay lay mau xet nghiem", "ngay xet nghiem", "ngay gio lay mau",
                   "sample date", "date of sample", "sampled", "sampled on", "date sampled", "specimen date", "test date"},
    "resulted_at": {"ngay co ket qua", "ngay ket qua", "gio co ket qua", "ngay tra ket qua", "thoi gian co ket qua",
                    "result date", "date of result", "resulted at"},
    "lab_kind": {"loai xet nghiem", "phuong phap xet nghiem", "ky thuat xet nghiem", "phuong phap", "test type", "test kind",
                 "test", "kind of test", "method"},
    "result": {"ket qua", "ket qua xet nghiem", "kqxn", "result", "test result", "lab result"},
    "laboratory": {"noi xet nghiem", "phong xet nghiem", "co so xet nghiem", "don vi xet nghiem", "laboratory", "lab"},
    "ct": {"ct", "gia tri ct", "ct value"},
    "onset_on": {"ngay khoi phat", "khoi phat", "ngay khoi phat trieu chung", "ngay khoi benh", "ngay co trieu chung",
                 "onset", "onset date", "date of onset", "symptom onset"},
    "symptoms": {"trieu chung", "bieu hien", "symptoms", "signs and symptoms"},
    "isolated_at": {"ngay cach ly", "thoi diem cach ly", "ngay nhap vien", "cach ly tu ngay", "isolated", "isolation date",
                    "date of isolation", "admission date", "hospitalisation date"},
    "isolated_where": {"noi dieu tri", "noi cach ly", "co so dieu tri", "benh vien", "noi dieu tri cach ly", "hospital",
                       "place of isolation", "isolated where", "facility"},
    "commune": {"xa", "phuong", "phuong xa", "xa phuong", "phuong xa thi tran", "xa phuong thi tran", "dia ban", "commune",
                "ward", "ward commune", "commune ward"},
    "address": {"dia chi", "noi o", "cho o", "dia chi noi o", "noi o hien nay", "dia chi cu the", "thon", "to dan pho",
                "thon to", "address", "residence", "street"},
    "note": {"ghi chu", "note", "notes", "comment", "comments"},
    "place": {"place in file", "vi tri trong tep"},
}  # fmt: skip
#: Without these there is no case.
NEEDED = ("sampled_on",)


def heading_of(cell: str) -> str:
    """Which fact a heading names, "" for none."""
    return headings.heading_of(cell, HEADINGS)


def columns_of(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    """Where each fact stands, and the number of the row of headings; see `dauchan.vietnamese.headings`."""
    return headings.columns_of(rows, HEADINGS, ("full_name", "phone"))
