"""Opens a store file with what the README says of it: read_store.py FILE (password PASSWORD_FILE | key-file KEY_FILE)."""

import base64
import hashlib
import hmac
import json
import sys

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = "model-secrets-store/1"


def unseal(key, sealed, context):
    data = base64.b64decode(sealed)
    return AESGCM(key).decrypt(data[:12], data[12:], context.encode())


def derive(key, use):
    return hmac.new(key, f"{FORMAT} {use}".encode(), hashlib.sha256).digest()


def main(path, kind, key_path):
    raw = open(path, "rb").read()
    store = json.loads(raw)
    assert store["format"] == FORMAT

    slot = next(slot for slot in store["slots"] if slot["kind"] == kind)
    key = open(key_path, "rb").read()
    if kind == "password":
        key = hashlib.pbkdf2_hmac(
            "sha256", key.rstrip(b"\r\n"), base64.b64decode(slot["salt"]), int(slot["rounds"]), 32)
    data_key = unseal(key, slot["wrapped"], f"{FORMAT}\nslot\n{kind}")

    signed = raw[: raw.rindex(b'"mac":')]
    mac = hmac.new(derive(data_key, "file"), signed, hashlib.sha256).digest()
    assert hmac.compare_digest(mac, base64.b64decode(store["mac"])), "altered"

    values_key = derive(data_key, "values")
    secrets = {}
    for name, secret in store["secrets"].items():
        if "deleted" in secret:
            continue
        context = f"{FORMAT}\n{name}\n"
        secrets[name] = {
            "description": unseal(values_key, secret["description"], f"{context}\n{secret['version']}").decode()
            if "description" in secret else "",
            "values": {
                key: unseal(values_key, secret["values"][key][str(version)], f"{context}{key}\n{version}").decode()
                for key, version in secret["keys"].items()
            },
        }
    print(json.dumps(secrets, sort_keys=True))


main(*sys.argv[1:])
