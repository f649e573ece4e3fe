"""Vietnamese text: folding for search, sorting, phone numbers. Pure: no Django, no clock."""
