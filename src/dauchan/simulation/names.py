"""Invented names. Given names are words that nobody is called, so that no row can be taken for a real person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Tôn Thất", "Dương")
MIDDLE = ("Văn", "Thị", "Hữu", "Ngọc", "Đình", "Thanh", "Quang", "Xuân", "Diệu", "Bảo")
GIVEN = (
    "Thử", "Mẫu", "Nháp", "Diễn", "Tập", "Phỏng", "Giả", "Ví", "Dụ", "Tạm", "Minh Họa", "Trình", "Bày", "Mô", "Kiểm",
)  # fmt: skip

SHOP_WORDS = (
    "Hoa Sen", "Ngự Bình", "Sông Hương", "Bến Xuân", "Thiên An", "Cầu Ngói", "Phá Tam Giang", "Vọng Cảnh", "Bạch Mã",
    "Tràng Tiền", "Kim Long", "Nguyệt Biều", "Mộc Lan", "Hoàng Mai", "Cây Đa", "Bến Ngự", "An Hiên", "Lá Dâu",
)  # fmt: skip
STREETS = ("Đường Thử Nghiệm", "Đường Ví Dụ", "Đường Minh Họa", "Đường Diễn Tập", "Thôn Mẫu", "Tổ dân phố Thử")


def person_name(random: np.random.Generator) -> str:
    return f"{random.choice(FAMILY)} {random.choice(MIDDLE)} {random.choice(GIVEN)}"


def venue_name(category: str, random: np.random.Generator) -> str:
    return f"{category.split(',', maxsplit=1)[0].split('(', maxsplit=1)[0].strip()} {random.choice(SHOP_WORDS)}"


def street_address(random: np.random.Generator) -> str:
    return f"{random.integers(1, 300)} {random.choice(STREETS)}"
