"""Looks for bytes in every cell of an SQLite database, where pages cannot cut them in two.

Arguments: the database. Standard input: a JSON list of pairs: a name, and the bytes in hexadecimal.
Standard output: a line for each cell that holds one.
"""

import json
import sqlite3
import sys
from urllib.parse import quote

wanted = [(name, bytes.fromhex(text)) for name, text in json.load(sys.stdin)]
database = sqlite3.connect(f"file:{quote(sys.argv[1])}?mode=ro", uri=True, isolation_level=None)
database.text_factory = bytes
database.execute("BEGIN")  # as it is at one moment: the server drops tables of its own meanwhile
tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
for (table,) in tables:
    table = table.decode()
    rows = database.execute(f'SELECT * FROM "{table}"')
    columns = [column[0] for column in rows.description]
    for row in rows:
        for column, cell in zip(columns, row):
            if isinstance(cell, bytes):
                for name, text in wanted:
                    if text in cell:
                        print(f"{table}.{column} as {name}")
