"""Vietnamese text: folding for search, sorting, phone numbers. Pure: no Django, no clock."""

from dauchan.vietnamese.collation import name_sort_key, sort_key
from dauchan.vietnamese.folding import clean_text, fold, plain_words
from dauchan.vietnamese.masking import mask_name, mask_phone
from dauchan.vietnamese.phones import PhoneRefusal, PhoneRefused, read_phone, show_phone

__all__ = [
    "PhoneRefusal",
    "PhoneRefused",
    "clean_text",
    "fold",
    "mask_name",
    "mask_phone",
    "name_sort_key",
    "plain_words",
    "read_phone",
    "show_phone",
    "sort_key",
]
