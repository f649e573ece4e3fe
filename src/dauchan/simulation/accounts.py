"""The accounts of the demonstration: one for every role. Their passwords are public, so production never has them."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "dau-chan-trinh-dien"  # noqa: S105 - public by intent, of the demonstration only
#: Base32 secret of the demonstration's authenticator, the same for all accounts that need a second factor.
TOTP_SECRET = "DAUCHANTRINHDIENHUE7253KIEMDICH2"  # noqa: S105 - public by intent, of the demonstration only


@dataclass(frozen=True)
class DemonstrationAccount:
    """Attributes:
    role: code name of the role, as in `units.models.Role`, or visitor / owner for those who sign in by phone.
    title: what the role is called, in Vietnamese.
    sign_in: user name, or phone number.
    full_name: an invented name.
    unit_code: the unit in which an officer is appointed; empty for visitor and owner.
    second_factor: whether signing in asks for a six-digit code too.
    """

    role: str
    title: str
    sign_in: str
    full_name: str
    unit_code: str = ""
    second_factor: bool = False

    @property
    def password(self) -> str:
        return PASSWORD if self.unit_code else ""


PROVINCE = "46"
#: Phường Thuận Hóa and phường An Cựu of the map of 1/7/2025.
COMMUNE, OTHER_COMMUNE = "19789", "19815"


def demonstration_accounts() -> list[DemonstrationAccount]:
    """In the order of the story: who registers, approves, scans, traces, approves the trace, and the others."""
    return [
        DemonstrationAccount("owner", "Chủ địa điểm", "0900 000 001", "Trần Thị Mẫu"),
        DemonstrationAccount("officer", "Cán bộ phường", "canbo", "Lê Văn Diễn", COMMUNE),
        DemonstrationAccount("officer", "Cán bộ phường khác", "canbo2", "Phạm Thị Tập", OTHER_COMMUNE),
        DemonstrationAccount("head", "Người đứng đầu phường", "chutich", "Hoàng Đình Bày", COMMUNE),
        DemonstrationAccount("visitor", "Người dân", "0900 000 002", "Nguyễn Văn Thử"),
        DemonstrationAccount("tracer", "Cán bộ truy vết (CDC)", "truyvet", "Võ Ngọc Mô", PROVINCE, second_factor=True),
        DemonstrationAccount(
            "approver", "Người phê duyệt", "pheduyet", "Đặng Thanh Kiểm", PROVINCE, second_factor=True
        ),
        DemonstrationAccount("head", "Người đứng đầu thành phố", "chutichtp", "Phan Thị Giả", PROVINCE),
        DemonstrationAccount("monitor", "Cán bộ giám sát", "giamsat", "Bùi Quang Phỏng", PROVINCE),
        DemonstrationAccount("leader", "Lãnh đạo", "lanhdao", "Đỗ Xuân Trình", PROVINCE),
        DemonstrationAccount("agent", "Điện thoại viên", "hotro", "Hồ Diệu Ví", PROVINCE),
        DemonstrationAccount(
            "privacy", "Cán bộ bảo vệ dữ liệu", "baovedl", "Dương Thị Kín", PROVINCE, second_factor=True
        ),
        DemonstrationAccount("operator", "Người vận hành", "vanhanh", "Ngô Bảo Tạm", PROVINCE, second_factor=True),
    ]
