"""The structure of an empty database in one file, so that a first start need not repeat every migration since the beginning.

`structure.sql` is what the migrations lead to (`make schema` writes it, a test compares). Migrations that it does not know yet run after it.
"""
