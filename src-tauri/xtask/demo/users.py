"""Makes the demo's leaders at its server: `users.py PORT SECRET`, and a line `name password` each."""

import hashlib
import hmac
import json
import sys
import time
import urllib.error
import urllib.request

port, secret = sys.argv[1:]
path = f"http://127.0.0.1:{port}/_synapse/admin/v1/register"


def ask(body=None):
    request = urllib.request.Request(path, body and json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def nonce():
    for _ in range(900):
        try:
            return ask()["nonce"]
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit("the server does not come up")


for line in sys.stdin:
    name, password = line.split()
    user = {"nonce": nonce(), "username": name.lower(), "displayname": name, "password": password}
    user |= {"admin": False, "inhibit_login": True}
    signed = [user["nonce"], user["username"], password, "notadmin"]
    user["mac"] = hmac.new(secret.encode(), "\0".join(signed).encode(), hashlib.sha1).hexdigest()
    ask(user)
