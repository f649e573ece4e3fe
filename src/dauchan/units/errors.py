"""Refusals of the access functions.

AccessRefused
├── NoSuchThing      answered with 404: outside one's area a thing does not exist
└── RoleMissing      answered with 403: the thing is in sight, the act is not allowed
"""

from __future__ import annotations


class AccessRefused(Exception):
    """Truy cập bị từ chối."""


class NoSuchThing(AccessRefused):
    """Không tìm thấy trong phạm vi phụ trách của bạn."""


class RoleMissing(AccessRefused):
    """Tài khoản của bạn không có quyền thực hiện việc này."""
