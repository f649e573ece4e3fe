"""What each refusal rests on: a closed list, in the words of the letter."""

from __future__ import annotations

from dataclasses import dataclass

from dauchan.privacy.rights.request_models import Refusal
from dauchan.units.languages import reads_english


@dataclass(frozen=True)
class Basis:
    """A legal basis; *is_verified* says whether article and clause were read in the gazette."""

    vi: str
    en: str
    is_verified: bool = False

    @property
    def text(self) -> str:
        return self.en if reads_english() else self.vi


_DUTY = Basis(
    "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 19 (xử lý không cần đồng ý trong tình trạng khẩn cấp, nhiệm vụ của cơ quan nhà nước)",
    "Law 91/2025/QH15, Article 19 (processing without consent in an emergency or a state body's duty)",
)
BASES = {
    Refusal.DUTY: _DUTY,
    Refusal.CASE_HOLD: _DUTY,
    Refusal.RECORD: Basis(
        "Luật Lưu trữ 33/2024/QH15 (hồ sơ của cơ quan nhà nước phải lưu đủ thời hạn)",
        "Law on Archives 33/2024/QH15 (records of state bodies are kept for their term)",
    ),
    Refusal.NOT_FOUND: Basis(
        "Luật 91/2025/QH15, Điều 4 (quyền đối với dữ liệu đang được xử lý)",
        "Law 91/2025/QH15, Article 4 (rights over data that is processed)",
    ),
    Refusal.IDENTITY: Basis(
        "Nghị định 356/2025/NĐ-CP (yêu cầu phải do chủ thể dữ liệu hoặc người được ủy quyền đưa ra)",
        "Decree 356/2025/NĐ-CP (requests come from the data subject or somebody authorised)",
    ),
    Refusal.OTHERS: Basis(
        "Luật 91/2025/QH15, Điều 4 (thực hiện quyền không xâm phạm quyền, lợi ích của người khác)",
        "Law 91/2025/QH15, Article 4 (no right is exercised against the rights of others)",
    ),
    Refusal.REPEATED: Basis(
        "Nghị định 356/2025/NĐ-CP (trình tự thực hiện yêu cầu)",
        "Decree 356/2025/NĐ-CP (how requests are carried out)",
    ),
}


def basis_of(refusal: str) -> Basis:
    return BASES[Refusal(refusal)]
