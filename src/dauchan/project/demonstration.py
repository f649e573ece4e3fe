"""The accounts of a demonstration, told on the terminal."""

from rich.console import Console
from rich.table import Table

from dauchan.simulation.accounts import TOTP_SECRET, DemonstrationAccount, demonstration_accounts

WIDTH = 100


def accounts_table() -> str:
    """The demonstration accounts as a table for a terminal."""
    table = Table(
        "Vai trò / Role", "Tên đăng nhập / Sign in", "Mật khẩu / Password", title="Tài khoản dùng thử / Accounts"
    )
    for account in demonstration_accounts():
        table.add_row(f"{account.title} ({account.role})", account.sign_in, _password(account))
    console = Console(width=WIDTH)
    with console.capture() as capture:
        console.print(table)
        console.print(f"* Khóa cho ứng dụng xác thực / Secret for an authenticator app: {TOTP_SECRET}", highlight=False)
    return capture.get()


def _password(account: DemonstrationAccount) -> str:
    if not account.password:
        return "mã hiện trên màn hình / code is shown on screen"
    return f"{account.password} *" if account.second_factor else account.password
