"""Codes that people carry: every kind, every trap seen in other people's parsers. All persons are invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.qr import (
    CarriedCode,
    CarriedKind,
    CodeRefusal,
    CodeRefused,
    Keyring,
    Sex,
    SigningRing,
    make_card_code,
    make_person_token,
    make_personal_code,
    make_venue_code,
    read_carried_code,
    venue_url,
)

RING = Keyring(1, {1: b"k" * 32})
SIGNER = SigningRing(1, {1: b"k" * 32})
NATIONAL = "001093029317|NGUYEN LE KHA HAN|1987-01-18|0|162979388586171100|<1<<<"
ADDRESS = "12 Lê Lợi, Vĩnh Ninh, Thành phố Huế, Thừa Thiên Huế"
CARD = f"046090012345|191234567|Trần Thị Thử|02091990|Nữ|{ADDRESS}|15042021"
NAME_HEX = "5472e1baa76e205468e1bb8b205468e1bbad"
ADDRESS_HEX = "5068c6b0e1bb9d6e672056c4a96e68204e696e682c205468c3a06e68207068e1bb91204875e1babf"
BHYT_OLD = (
    f"GD4464600000001|{NAME_HEX}|02/09/1990|2|{ADDRESS_HEX}|46 - 001|01/01/2021|-|05/01/2021|46014600000001|-|4|"
    " 01/01/2025|0123456789abcdef-7102|$"
)
BHYT_NEW = (
    f"4600000001|{NAME_HEX}|02/09/1990|2|-|46 - 001|01/05/2021|-|05/05/2021|46014600000001|-|4|"
    f" 01/01/2025|0123456789abcdef-7102|4|{ADDRESS_HEX}|$"
)

EXPECTED = CarriedCode(
    kind=CarriedKind.IDENTITY_CARD_2021,
    number="046090012345",
    full_name="Trần Thị Thử",
    born_on=date(1990, 9, 2),
    birth_year=1990,
    sex=Sex.FEMALE,
    address=ADDRESS,
    issued_on=date(2021, 4, 15),
)


def reason(text: str) -> CodeRefusal:
    with pytest.raises(CodeRefused) as refused:
        read_carried_code(text)
    return refused.value.reason


def alt_typed(text: str) -> str:
    """As a keyboard scanner types it when nobody holds Alt."""
    return "".join(c if c.isascii() else "".join(f"0{byte:03}" for byte in c.encode()) for c in text)


def test_the_national_code() -> None:
    assert read_carried_code(NATIONAL) == CarriedCode(
        kind=CarriedKind.NATIONAL_CODE,
        number="001093029317",
        full_name="NGUYEN LE KHA HAN",
        born_on=date(1987, 1, 18),
        birth_year=1987,
    )
    assert read_carried_code(NATIONAL.replace("|0|", "|1|")).proxy


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        CARD + "\x00",
        "\ufeff" + CARD + "\x00\x00\r\n",
        CARD.encode().decode("latin-1"),
        CARD.encode().decode("latin-1").encode().decode("latin-1"),
        "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in CARD.encode()),
        CARD.replace("|191234567|", "||"),
        CARD.replace("|191234567|", "|"),
        CARD.replace("|Nữ|", "|Nu|"),
        CARD.replace("Trần Thị Thử", "Trần  Thị Thử "),
        alt_typed(CARD),
    ],
)
def test_an_identity_card_through_every_trap(text: str) -> None:
    assert read_carried_code(text) == EXPECTED


def test_the_hand_scanner_s_typed_bytes() -> None:
    typed = read_carried_code("046090012345||Tr0198017601980161ng Văn Thử|02091990|Nam|kiệt 01980176 Lê Lợi|15042021")
    assert typed.full_name == "Trương Văn Thử"
    assert typed.sex is Sex.MALE
    assert alt_typed("Trương") == "Tr0198017601980161ng"


def test_digits_of_an_address_are_left_alone() -> None:
    address = "Số 0198 đường 0176, 01980012"
    assert read_carried_code(CARD.replace(ADDRESS, address)).address == address


@given(st.text("AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYaăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệốồổỗộớờởỡợứừửữự ", min_size=1))
def test_any_vietnamese_name_survives_both_garblings(name: str) -> None:
    clean = " ".join(name.split())
    if not clean:
        return
    card = f"046090012345||{clean}|02091990|Nam|Huế|15042021"
    assert read_carried_code(card).full_name == clean
    assert read_carried_code(alt_typed(card)).full_name == clean
    assert read_carried_code(card.encode().decode("latin-1")).full_name == clean


@pytest.mark.parametrize("trailing", ["||", "|0|x|Tên Cha|Tên Mẹ", "|191234567|Trần Văn Một|Lê Thị Hai|"])
def test_the_card_of_2024_has_more_fields_which_are_discarded(trailing: str) -> None:
    read = read_carried_code(CARD.replace("191234567", "") + trailing)
    assert read.kind is CarriedKind.IDENTITY_CARD_2024
    assert (read.full_name, read.issued_on) == (EXPECTED.full_name, EXPECTED.issued_on)
    assert "Một" not in str(vars(read) if hasattr(read, "__dict__") else read)


def test_a_card_without_issue_date_or_known_sex_is_read() -> None:
    read = read_carried_code("046090012345||Trần Thị Thử|00001950|?|Huế")
    assert (read.born_on, read.birth_year, read.sex, read.issued_on) == (None, 1950, None, None)


@pytest.mark.parametrize("text", [BHYT_OLD, BHYT_NEW, BHYT_OLD.upper(), BHYT_NEW + "\x00"])
def test_insurance_cards(text: str) -> None:
    read = read_carried_code(text)
    assert (read.full_name, read.born_on, read.sex) == ("Trần Thị Thử", date(1990, 9, 2), Sex.FEMALE)
    assert read.address == "Phường Vĩnh Ninh, Thành phố Huế"
    assert read.subject == "insured:4600000001"
    assert (read.kind is CarriedKind.INSURANCE_CARD_OLD) == text.startswith("GD")


def test_an_insurance_card_with_a_year_of_birth() -> None:
    read = read_carried_code(BHYT_OLD.replace("02/09/1990", "1950"))
    assert (read.born_on, read.birth_year) == (None, 1950)


def test_the_same_person_number_is_the_same_subject_on_code_and_card() -> None:
    assert (
        read_carried_code(NATIONAL.replace("001093029317", "046090012345")).subject == read_carried_code(CARD).subject
    )


def test_our_own_codes_are_handed_on() -> None:
    personal, card = make_personal_code(7, 1_628_000_000, SIGNER), make_card_code(7, SIGNER)
    assert read_carried_code(personal.lower() + "\r\n") == CarriedCode(CarriedKind.PERSONAL_CODE, personal)
    assert read_carried_code(card) == CarriedCode(CarriedKind.CONTROL_CARD, card)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", CodeRefusal.EMPTY),
        ("\x00 \n", CodeRefusal.EMPTY),
        ("hello", CodeRefusal.UNKNOWN_CARD),
        ("https://example.vn/", CodeRefusal.UNKNOWN_CARD),
        (venue_url(make_venue_code(1, 1, RING), "https://quet.example.vn"), CodeRefusal.WRONG_KIND),
        (make_person_token(1, 2**31, RING), CodeRefusal.WRONG_KIND),
        ("HC1:NCFOXN%TSMAHN-H", CodeRefusal.EU_CERTIFICATE),
        ("https://vneid.example.vn/x", CodeRefusal.VNEID),
        (CARD.replace("02091990", "31022000"), CodeRefusal.IMPOSSIBLE_DATE),
        (CARD.replace("02091990", "02090090"), CodeRefusal.IMPOSSIBLE_DATE),
        (CARD.replace("15042021", "31042021"), CodeRefusal.IMPOSSIBLE_DATE),
        (CARD.replace("02091990", "2/9/1990"), CodeRefusal.BROKEN_CARD),
        (CARD.replace("Trần Thị Thử", ""), CodeRefusal.BROKEN_CARD),
        (CARD.replace("Trần", "Tr\ufffdn"), CodeRefusal.BROKEN_LETTERS),
        (CARD.replace("Trần", "Tr?n"), CodeRefusal.BROKEN_LETTERS),
        (CARD.replace("Trần Thị", "Tráº§n HÃ  Th"), CodeRefusal.BROKEN_LETTERS),
        ("046090012345|", CodeRefusal.BROKEN_CARD),
        (NATIONAL.replace("1987-01-18", "1987-02-31"), CodeRefusal.IMPOSSIBLE_DATE),
        (NATIONAL.replace("001093", "******"), CodeRefusal.MASKED),
        (NATIONAL.replace("1987-01-18", "1987-**-**"), CodeRefusal.MASKED),
        (NATIONAL.replace("|0|", "|7|"), CodeRefusal.BROKEN_CARD),
        (BHYT_OLD.replace(NAME_HEX, "5472e1"), CodeRefusal.BROKEN_LETTERS),
        (BHYT_OLD.replace(NAME_HEX, "xyz"), CodeRefusal.BROKEN_LETTERS),
        (BHYT_OLD.replace(NAME_HEX, "-"), CodeRefusal.BROKEN_CARD),
        (BHYT_OLD.replace("02/09/1990", "31/02/2000"), CodeRefusal.IMPOSSIBLE_DATE),
        (BHYT_OLD.replace("GD4464600000001", "?"), CodeRefusal.BROKEN_CARD),
        ("a|$", CodeRefusal.BROKEN_CARD),
    ],
)
def test_refusals(text: str, expected: CodeRefusal) -> None:
    assert reason(text) is expected


def test_refusals_at_a_gate_name_the_way_on() -> None:
    for text in ("", "hello", "HC1:x", "vneid", CARD.replace("02091990", "31022000"), "046090012345|", "a|$"):
        assert "bằng tay" in reason(text).sentence_vi
        assert "by hand" in reason(text).sentence_en


def test_nothing_personal_is_in_the_representation_or_the_refusal() -> None:
    read = read_carried_code(CARD)
    for secret in ("046090012345", "Trần", "1990", "Lê Lợi"):
        assert secret not in repr(read)
    with pytest.raises(CodeRefused) as refused:
        read_carried_code(CARD.replace("02091990", "31022000"))
    assert "046090012345" not in repr(refused.value) + str(refused.value.args)
    assert read.masked_number == "••••••012345"


fields = st.one_of(
    st.text(max_size=12), st.from_regex(r"\d{8}|\d{12}|\d{4}-\d\d-\d\d|[0-9a-f]{0,12}|0\d{3}", fullmatch=True)
)


@given(
    st.one_of(
        st.text(), st.builds("|".join, st.lists(fields, max_size=20)), st.binary().map(lambda b: b.decode("latin-1"))
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    for ending in ("", "|$"):
        try:
            assert read_carried_code(text + ending).number
        except CodeRefused as refused:
            assert refused.reason in CodeRefusal  # noqa: PT017 - either outcome is right, a crash is not


@given(st.lists(fields, min_size=1, max_size=12))
def test_a_card_with_any_fields_is_read_or_refused(parts: list[str]) -> None:
    try:
        assert read_carried_code("|".join(["046090012345", *parts])).number == "046090012345"
    except CodeRefused as refused:
        assert refused.reason in CodeRefusal  # noqa: PT017 - as above
