"""The receiving end of the national exchange, a program of its own: `dauchan exchange receive`. Starlette and psycopg, no Django.

It is the reference national centre: what tests send to, what exercises use, and what a country without a centre may run.
"""
