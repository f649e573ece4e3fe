"""Refusals of the access functions, and of reference data.

AccessRefused
├── NoSuchThing      answered with 404: outside one's area a thing does not exist
└── RoleMissing      answered with 403: the thing is in sight, the act is not allowed
ReferenceRefused     a file of units, categories or doctrine does not say what it must
"""

from __future__ import annotations


class AccessRefused(Exception):
    """Truy cập bị từ chối."""


class NoSuchThing(AccessRefused):
    """Không tìm thấy trong phạm vi phụ trách của bạn."""


class RoleMissing(AccessRefused):
    """Tài khoản của bạn không có quyền thực hiện việc này."""


class ReferenceRefused(Exception):
    """A file of reference data cannot be taken; nothing of it was kept. `message` names the file, the line and the fault."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
