"""Which of our facts an attribute or data element of a DHIS2 installation holds, by what it is called there."""

from __future__ import annotations

from dauchan.vietnamese import fold

#: Our facts, by words that an attribute's name consists of.
WORDS = {
    "first_name": {"first name", "given name", "ten"},
    "last_name": {"last name", "surname", "family name", "ho", "ho va ten dem"},
    "full_name": {"full name", "name", "ho ten", "ho va ten"},
    "born": {"date of birth", "birth date", "dob", "year of birth", "ngay sinh", "nam sinh"},
    "sex": {"sex", "gender", "gioi tinh"},
    "phone": {"phone", "phone number", "telephone", "mobile", "mobile number", "contact number", "local phone number", "so dien thoai"},
    "document": {"national id", "identity number", "id number", "passport number", "cccd", "so cccd"},
    "address": {"address", "home address", "street", "dia chi"},
    "onset_on": {"onset", "date of onset", "symptom onset", "date of symptom onset", "onset date", "date of symptoms onset", "ngay khoi phat"},
    "sampled_on": {"date of sample", "sample date", "date sample collected", "date of specimen collection", "specimen date", "ngay lay mau"},
    "result": {"result", "test result", "lab result", "final lab result", "ket qua"},
    "classification": {"classification", "case classification", "final classification", "phan loai"},
    "isolated_on": {"date of admission", "admission date", "date of isolation", "ngay cach ly", "ngay nhap vien"},
    "disease": {"disease", "diagnosis", "benh"},
    "last_on": {"date of last contact", "last contact date", "last contact", "date of contact", "contact date", "ngay tiep xuc lan cuoi"},
    "note": {"comment", "comments", "note", "notes", "ghi chu"},
}  # fmt: skip
_BY_WORD = {word: fact for fact, words in WORDS.items() for word in words}
#: Prefixes with which installations mark whose attribute it is.
_PREFIXES = ("ta ", "gen ", "pib ", "covid 19 ", "who ")


def fact_of(name: str) -> str:
    """Our fact; empty for a name that tells of none."""
    words = " ".join(fold(name).replace("_", " ").replace("-", " ").split())
    for prefix in _PREFIXES:
        words = words.removeprefix(prefix)
    return _BY_WORD.get(words, "")
