"""The evidence of a sign in one Vietnamese sentence, as a commune's officer reads it."""

from datetime import date

from dauchan.screening.places_seen import Whereabouts


def number(value: float) -> str:
    """A count as it is written in Vietnamese: 1.234 or 2,5."""
    return f"{value:.1f}".replace(".", ",") if value < 10 else f"{value:,.0f}".replace(",", ".")  # noqa: PLR2004 one decimal for small ones


def share(part: float, whole: float) -> str:
    """A share as a whole percentage."""
    return f"{100 * part / max(whole, 1e-9):.0f}%"


def silent(since: date, days: int, before: float, expected: float) -> str:
    """Nothing since then; `before` scans a day until then, 0 for never."""
    if not before:
        return (
            f"Chưa có lượt quét nào từ {since:%d/%m/%Y} ({days} ngày); so với các địa điểm cùng loại, "
            f"dự kiến khoảng {number(expected)} lượt."
        )
    return (
        f"Không còn lượt quét nào từ {since:%d/%m/%Y} ({days} ngày); trước đó trung bình {number(before)} lượt mỗi ngày, "
        f"theo nhịp của các địa điểm cùng loại dự kiến khoảng {number(expected)} lượt."
    )


def fallen(since: date, expected: float, observed: int) -> str:
    """Fewer since then than its own past says."""
    return (
        f"Từ {since:%d/%m/%Y} chỉ còn {number(observed)} lượt quét, bằng {share(observed, expected)} so với mức trước đó "
        f"(dự kiến khoảng {number(expected)} lượt); các địa điểm cùng loại không giảm như vậy."
    )


def underused(since: date, expected: float, observed: int, footfall: float, staff: float) -> str:
    """Fewer than peers of its size have."""
    size = (
        f"{number(footfall)} khách mỗi ngày" if footfall > 0 else f"{number(staff)} người làm việc" if staff > 0 else ""
    )
    beside = f"các địa điểm cùng loại có quy mô tương đương ({size})" if size else "các địa điểm cùng loại"
    return (
        f"Từ {since:%d/%m/%Y} có {number(observed)} lượt quét, bằng {share(observed, expected)} so với {beside} "
        f"(dự kiến khoảng {number(expected)} lượt)."
    )


def unreadable(since: date, failed: int, scans: int) -> str:
    """Many try and fail."""
    return (
        f"Từ {since:%d/%m/%Y} có {number(failed)} lần không đọc được mã so với {number(scans)} lượt quét được: "
        f"bảng mã có thể mờ, rách, bị che hoặc quá nhỏ."
    )


def desk_scanned(since: date, from_desk: int, scans: int) -> str:
    """Scans of a list of names."""
    return (
        f"Từ {since:%d/%m/%Y}, {share(from_desk, scans)} trong {number(scans)} lượt quét có vẻ do một vài máy quét hàng loạt "
        f"(cùng máy, cùng một điểm hoặc cách đều vài giây), không giống khách ra vào."
    )


def misplaced(found: Whereabouts) -> str:
    """Scanned elsewhere."""
    heap = found.heaps[0]
    return (
        f"{share(heap.scans, found.scans)} trong {found.scans} lượt quét có vị trí tập trung cách nơi đăng ký khoảng "
        f"{distance(heap.away)}: bảng mã đặt sai chỗ hoặc địa điểm đăng ký sai vị trí."
    )


def duplicated(found: Whereabouts) -> str:
    """Scanned at two places."""
    first, second = found.heaps
    apart = ((first.north - second.north) ** 2 + (first.east - second.east) ** 2) ** 0.5
    return (
        f"{found.scans} lượt quét có vị trí tập trung ở hai nơi cách nhau khoảng {distance(apart)} "
        f"({share(first.scans, found.scans)} và {share(second.scans, found.scans)}): một mã có thể được dán ở hai chỗ."
    )


def distance(metres: float) -> str:
    """Metres, or kilometres from 1,000 on."""
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:.1f} km".replace(".", ",")  # noqa: PLR2004 a kilometre
