"""The evidence of a sign in one sentence, as a commune's officer reads it, in Vietnamese and in English.

The figures are scans, shares and distances; no sentence names or counts people (CASES 15 and 16).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dauchan.screening.kinds import SignKind

#: Of each sentence the Vietnamese and the English; what stands in braces is written by `_Figures`.
SENTENCES = {
    "silent_always": (
        "Chưa có lượt quét nào từ {since} ({days} ngày); so với các địa điểm cùng loại, dự kiến khoảng {expected} lượt.",
        "Not one scan since {since} ({days} days); going by places of its kind, about {expected} were to be expected.",
    ),
    "silent": (
        (
            "Không còn lượt quét nào từ {since} ({days} ngày); trước đó trung bình {before} lượt mỗi ngày, "
            "theo nhịp của các địa điểm cùng loại dự kiến khoảng {expected} lượt."
        ),
        (
            "No more scans since {since} ({days} days); before that there were {before} a day, and by the rhythm of places of its "
            "kind about {expected} were to be expected."
        ),
    ),
    "fallen": (
        (
            "Từ {since} chỉ còn {observed} lượt quét, bằng {kept} so với mức trước đó "
            "(dự kiến khoảng {expected} lượt); các địa điểm cùng loại không giảm như vậy."
        ),
        (
            "Since {since} only {observed} scans are left, {kept} of what was usual before "
            "(about {expected} were to be expected); places of its kind did not fall like that."
        ),
    ),
    "underused": (
        (
            "Từ {since} có {observed} lượt quét, bằng {kept} so với các địa điểm cùng loại{size}{again} "
            "(dự kiến khoảng {expected} lượt)."
        ),
        (
            "Since {since} there were {observed} scans, {kept} of what places of its kind have{size}{again} "
            "(about {expected} were to be expected)."
        ),
    ),
    "unreadable": (
        (
            "Từ {since} có {failed} lần không đọc được mã so với {observed} lượt quét được: "
            "bảng mã có thể mờ, rách, bị che hoặc quá nhỏ."
        ),
        (
            "Since {since} the code could not be read {failed} times, beside {observed} scans that succeeded: "
            "the poster may be faded, torn, covered or too small."
        ),
    ),
    "desk_scanned": (
        (
            "Từ {since}, {from_desk} trong {observed} lượt quét có vẻ do một vài máy quét hàng loạt "
            "(cùng máy, cùng một điểm hoặc cách đều vài giây), không giống khách ra vào."
        ),
        (
            "Since {since}, {from_desk} of {observed} scans look as if a few devices made them one after another "
            "(same device, same spot, or seconds apart at an even pace), unlike visitors who come and go."
        ),
    ),
    "misplaced": (
        (
            "{there} trong {located} lượt quét có vị trí tập trung cách nơi đăng ký khoảng {away}: "
            "bảng mã đặt sai chỗ hoặc địa điểm đăng ký sai vị trí."
        ),
        (
            "{there} of the {located} scans that told their position lie together about {away} from the registered place: "
            "the poster hangs at the wrong place, or the place is registered at the wrong point."
        ),
    ),
    "duplicated": (
        (
            "{located} lượt quét có vị trí tập trung ở hai nơi cách nhau khoảng {apart} "
            "({first} và {second}): một mã có thể được dán ở hai chỗ."
        ),
        (
            "The {located} scans that told their position lie at two places about {apart} apart "
            "({first} and {second}): one code may hang at both."
        ),
    ),
}
FOOTFALL = " có quy mô tương đương ({size} khách mỗi ngày)", " at the same size ({size} visitors a day)"
STAFF = " có quy mô tương đương ({size} người làm việc)", " at the same size ({size} people who work there)"
AGAIN = (
    "; người đã quét quay lại quét tiếp chỉ bằng {again} so với nơi cùng loại",
    "; those who scanned come back and scan again only {again} as often as elsewhere",
)
VIETNAMESE, ENGLISH = 0, 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sign rests on; `facts` are the figures that only its kind has."""

    kind: SignKind
    since_on: date
    expected: float
    observed: int
    facts: Mapping[str, float]

    @property
    def vietnamese(self) -> str:
        return self._in(VIETNAMESE)

    @property
    def english(self) -> str:
        return self._in(ENGLISH)

    def _in(self, language: int) -> str:
        is_new = self.kind is SignKind.SILENT and not self.facts["before"]
        template = SENTENCES["silent_always" if is_new else self.kind.value][language]
        return template.format_map(self._figures(language))

    def _figures(self, language: int) -> dict[str, str]:
        facts = self.facts
        figures = {
            "since": f"{self.since_on:%d/%m/%Y}",
            "expected": number(self.expected, language),
            "observed": number(self.observed, language),
            "kept": share(self.observed, self.expected),
        }
        figures |= {
            name: number(facts[name], language) for name in ("days", "before", "failed", "located") if name in facts
        }
        figures |= {name: distance(facts[name], language) for name in ("away", "apart") if name in facts}
        for name in ("from_desk", "there", "first", "second"):
            if name in facts:
                figures[name] = share(facts[name], facts.get("located", self.observed))
        again = AGAIN[language].format(again=share(facts["again"], 1)) if "again" in facts else ""
        return figures | {"size": self._size(language), "again": again}

    def _size(self, language: int) -> str:
        for name, words in (("footfall", FOOTFALL), ("staff", STAFF)):
            if self.facts.get(name):
                return words[language].format(size=number(self.facts[name], language))
        return ""


def number(value: float, language: int) -> str:
    """A count as it is written: 1.234 or 2,5 in Vietnamese, 1,234 or 2.5 in English; whole numbers without a fraction."""
    small = 10
    written = f"{value:,.1f}" if value < small and value != int(value) else f"{value:,.0f}"
    return written.translate(str.maketrans(",.", ".,")) if language == VIETNAMESE else written


def share(part: float, whole: float) -> str:
    """A share as a whole percentage."""
    return f"{100 * part / max(whole, 1e-9):.0f}%"


def distance(metres: float, language: int) -> str:
    """Metres, or kilometres from 1,000 on."""
    kilometre = 1000
    return f"{metres:.0f} m" if metres < kilometre else f"{number(round(metres / kilometre, 1), language)} km"
