"""The screens of exposure notices, and what phones fetch of them."""
