"""A stand-in for the console: says what reached it. `/count` counts a body, `/long` answers in many pieces; tells its gauges to
the door only.
"""

import json

from dauchan.door.http import Receive, Scope, Send

PIECES, PIECE = 200, b"x" * 10_000


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    if scope["path"] == "/officer/exchange/gauges.txt" and (b"x-forwarded-metrics", b"exchange") in scope["headers"]:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"dauchan_exchange_backlog_records 7\n"})
        return
    headers = [(key.decode("latin-1"), value.decode("latin-1")) for key, value in scope["headers"]]
    said = {"method": scope["method"], "path": scope["raw_path"].decode(), "query": scope["query_string"].decode()}
    body = json.dumps(said | {"headers": headers, "size": size}).encode()
    answer_headers = [(b"content-type", b"application/json"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]
    await send({"type": "http.response.start", "status": 299, "headers": answer_headers})
    if scope["path"] != "/long":
        await send({"type": "http.response.body", "body": body})
        return
    for _ in range(PIECES):
        await send({"type": "http.response.body", "body": PIECE, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
