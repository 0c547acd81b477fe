#!/usr/bin/env python3
"""Verifies an exported Countersign journal, independently of the program that wrote it.

    countersign audit replay DIR --raw > records.jsonl
    countersign audit keys DIR > keys.txt            # or keys that were kept elsewhere, which is better
    verify_journal.py records.jsonl --keys keys.txt [--checkpoints FILE]... [--no-signatures]

Written from docs/journal-format.md alone, with nothing but Python 3's standard library. Reads one JSON object a line,
of which it believes only "record": the bytes of a record. Checks sequences, lives, policies, intents and outcomes, the
Merkle tree (RFC 6962), every seal (C2SP tlog-checkpoint) and every signature by a public key: Ed25519, ECDSA on P-256
and secp256k1, RSA. Signatures by MAC keys cannot be verified without their token; they are counted.

Exit code: 0 sound, 1 broken (the first bad record is named), 2 cannot tell.
"""
import argparse
import base64
import collections
import functools
import hashlib
import json
import multiprocessing
import struct
import sys

SCHEMA, MAX_LAG = 2602, 262_144
STARTED, POLICY, INTENT, OUTCOME, DENIAL, INTERRUPTED, STOPPED, SEAL = 1, 2, 10, 11, 12, 14, 20, 21
NAMES = {STARTED: "GatewayStarted", POLICY: "PolicyInForce", INTENT: "Intent", OUTCOME: "Outcome", DENIAL: "Denial",
         INTERRUPTED: "Interrupted", STOPPED: "GatewayStopped", SEAL: "Seal"}


class Broken(Exception):
    pass


class CannotTell(Exception):
    pass


# Arithmetic: Ed25519 (RFC 8032), ECDSA (FIPS 186-5), RSASSA-PKCS1-v1_5 (RFC 8017)
ED_P = 2**255 - 19
ED_L = 2**252 + 27742317777372353535851937790883648493
ED_D = -121665 * pow(121666, -1, ED_P) % ED_P
ED_I = pow(2, (ED_P - 1) // 4, ED_P)


def ed_point(encoded):
    sign, y = divmod(int.from_bytes(encoded, "little"), 2**255)
    if y >= ED_P:
        return None
    u, v = (y * y - 1) % ED_P, (ED_D * y * y + 1) % ED_P
    x = u * pow(v, 3, ED_P) * pow(u * pow(v, 7, ED_P), (ED_P - 5) // 8, ED_P) % ED_P
    if (v * x * x - u) % ED_P:
        x = x * ED_I % ED_P
    if (v * x * x - u) % ED_P or (x == 0 and sign):
        return None
    x = ED_P - x if x & 1 != sign else x
    return x, y, 1, x * y % ED_P


def ed_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % ED_P, (p[1] + p[0]) * (q[1] + q[0]) % ED_P
    c, d = 2 * p[3] * q[3] * ED_D % ED_P, 2 * p[2] * q[2] % ED_P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % ED_P, g * h % ED_P, f * g % ED_P, e * h % ED_P


def times(n, p, zero, add):
    q = zero
    for bit in bin(n)[2:]:
        q = add(q, q)
        q = add(q, p) if bit == "1" else q
    return q


ED_ZERO, ED_BASE = (0, 1, 1, 0), ed_point(bytes([0x58] + [0x66] * 31))


def ed25519(public, message, signature):
    if len(signature) != 64 or len(public) != 32:
        return False
    a, r, s = ed_point(public), ed_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ED_L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ED_L
    p, q = times(s, ED_BASE, ED_ZERO, ed_add), ed_add(r, times(h, a, ED_ZERO, ed_add))
    return (p[0] * q[2] - q[0] * p[2]) % ED_P == 0 and (p[1] * q[2] - q[1] * p[2]) % ED_P == 0


P256 = (2**256 - 2**224 + 2**192 + 2**96 - 1, -3, 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551,
        (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
         0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5))
SECP256K1 = (2**256 - 2**32 - 977, 0, 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141,
             (0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798,
              0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8))


def ec_add(curve, p, q):
    prime, a = curve[0], curve[1]
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        if (p[1] + q[1]) % prime == 0:
            return None
        slope = (3 * p[0] * p[0] + a) * pow(2 * p[1], -1, prime)
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, prime)
    x = (slope * slope - p[0] - q[0]) % prime
    return x, (slope * (p[0] - x) - p[1]) % prime


def ecdsa(curve, public, digest, signature):
    order, r, s = curve[2], int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if len(signature) != 64 or not (0 < r < order and 0 < s < order):
        return False
    inverse, point = pow(s, -1, order), (int.from_bytes(public[-64:-32], "big"), int.from_bytes(public[-32:], "big"))
    u, v = int.from_bytes(digest, "big") * inverse % order, r * inverse % order
    add = functools.partial(ec_add, curve)
    total = add(times(u, curve[3], None, add), times(v, point, None, add))
    return total is not None and total[0] % order == r


def der(data):
    """Tag, content and what follows of the first DER element."""
    length, start = data[1], 2
    if length & 0x80:
        start += length & 0x7f
        length = int.from_bytes(data[2:start], "big")
    return data[0], data[start:start + length], data[start + length:]


def rsa(info, message, signature):
    bits = der(der(der(info)[1])[2])[1][1:]
    _, modulus, rest = der(der(bits)[1])
    n, e = int.from_bytes(modulus, "big"), int.from_bytes(der(rest)[1], "big")
    size = (n.bit_length() + 7) // 8
    digest = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(message).digest()
    padded = b"\0\1" + b"\xff" * (size - len(digest) - 3) + b"\0" + digest
    return len(signature) == size and pow(int.from_bytes(signature, "big"), e, n).to_bytes(size, "big") == padded


def verifies(task):
    """Whether one signature is right: algorithm, public key as SubjectPublicKeyInfo, message, signature."""
    algorithm, info, message, signature = task
    if algorithm == "Ed25519":
        return ed25519(info[-32:], message, signature)
    if algorithm.startswith("RSA"):
        return rsa(info, message, signature)
    digest = message if algorithm.endswith("Keccak256") else hashlib.sha256(message).digest()
    return ecdsa(P256 if "P256" in algorithm else SECP256K1, info, digest, signature)


class Tree:
    """RFC 6962, section 2.1: the roots of the perfect subtrees, the largest first."""

    def __init__(self):
        self.size, self.roots = 0, []

    def add(self, leaf_hash):
        size, self.size = self.size, self.size + 1
        while size & 1:
            leaf_hash = hashlib.sha256(b"\1" + self.roots.pop() + leaf_hash).digest()
            size >>= 1
        self.roots.append(leaf_hash)

    def root(self):
        if not self.roots:
            return hashlib.sha256(b"").digest()
        root = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            root = hashlib.sha256(b"\1" + left + root).digest()
        return root


class NoteKey:
    """NAME+KEYID+BASE64(type, public key) of C2SP signed-note: type 1 is Ed25519, 2 is ECDSA on P-256."""

    def __init__(self, line):
        self.name, key_id, encoded = line.split("+", 2)
        key = base64.b64decode(encoded, validate=True)
        self.type, self.public = key[0], key[1:]
        hashed = self.public if self.type == 2 else self.name.encode() + b"\n" + key
        self.id = hashlib.sha256(hashed).digest()[:4]
        if self.id.hex() != key_id or self.type not in (1, 2):
            raise CannotTell(f"the key of {self.name} cannot be used: its type is {self.type}, its id {self.id.hex()}")

    def verifies(self, text, signature):
        if self.type == 1:
            return ed25519(self.public, text.encode(), signature)
        r, s = der(der(signature)[1])[1], der(der(der(signature)[1])[2])[1]
        plain = int.from_bytes(r, "big").to_bytes(32, "big") + int.from_bytes(s, "big").to_bytes(32, "big")
        return ecdsa(P256, self.public, hashlib.sha256(text.encode()).digest(), plain)


def checkpoint(note, keys):
    """Size and root that a note states, once one of the keys has signed it; others' signatures are passed over."""
    text, _, lines = note.rpartition("\n\n")
    text, fields, signed = text + "\n", text.split("\n"), 0
    if len(fields) < 3:
        raise Broken("the checkpoint is no signed note")
    for line in lines.splitlines():
        dash, name, encoded = line.split(" ", 2)
        signature = base64.b64decode(encoded, validate=True)
        for key in keys:
            if (dash, name, signature[:4]) == ("\u2014", key.name, key.id):
                if not key.verifies(text, signature[4:]):
                    raise Broken(f"the signature of {name} does not verify")
                signed += 1
    if not signed or fields[0] not in [key.name for key in keys]:
        raise Broken(f"the checkpoint of {fields[0]} is signed by none of the keys given")
    return int(fields[1]), base64.b64decode(fields[2], validate=True)


def read_checkpoints(paths, keys):
    """Files of notes, each followed by an empty line: roots by sizes."""
    stated = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            blocks = [block for block in file.read().split("\n\n") if block.strip()]
        for text, lines in zip(blocks[::2], blocks[1::2]):
            size, root = checkpoint(text.lstrip("\n") + "\n\n" + lines.strip("\n") + "\n", keys)
            if stated.setdefault(size, root) != root:
                raise Broken(f"{path}: two checkpoints of {size} records have different roots")
    return stated


def texts(record, offset, *widths):
    """Variable data behind a block: each a length of so many bytes, and content."""
    fields = []
    for width in widths:
        length = int.from_bytes(record[offset:offset + width], "little")
        fields.append(record[offset + width:offset + width + length])
        if len(fields[-1]) != length:
            raise Broken("it ends within a field")
        offset += width + length
    return fields


class Verifier:
    def __init__(self, keys, note_keys, stated, is_signed):
        self.keys, self.note_keys, self.stated, self.is_signed = keys, note_keys, stated, is_signed
        self.sequence = self.life = self.stopped = self.sealed = self.seals = self.macs = 0
        self.tree, self.recent, self.roots = Tree(), collections.deque(), {}
        self.open, self.policy, self.tasks, self.unknown = {}, None, [], set()

    def add(self, record, line):
        block, template, schema, version = struct.unpack_from("<4H", record)
        sequence, utc_ns, _ = struct.unpack_from("<3q", record, 8)
        if schema != SCHEMA or version > 3:
            raise CannotTell(f"schema {schema} version {version} is not known here")
        if sequence != self.sequence + 1:
            raise Broken(f"sequence {sequence} follows {self.sequence}")
        if (line["sequence"], line["utcNs"], line["type"]) != (sequence, utc_ns, NAMES.get(template, line["type"])):
            raise Broken("the line says something else than the record in it")
        if sequence == 1 and template != STARTED:
            raise Broken("the first record is no GatewayStarted")
        if self.stopped and template not in (STARTED, SEAL):
            raise Broken("it follows GatewayStopped")
        self.sequence = sequence
        {STARTED: self.started, POLICY: self.in_force, INTENT: self.intent, OUTCOME: self.outcome, DENIAL: self.decided,
         INTERRUPTED: self.interrupted, STOPPED: self.end, SEAL: self.seal}.get(template, lambda *_: None)(
             record, 8 + block)
        self.recent.append(hashlib.sha256(b"\0" + record).digest())
        if len(self.recent) > MAX_LAG:
            self.grow()

    def grow(self):
        self.tree.add(self.recent.popleft())
        if self.tree.size in self.stated:
            self.roots[self.tree.size] = self.tree.root()

    def started(self, record, _):
        last, _, interrupted = struct.unpack_from("<2qi", record, 40)
        if last != self.sequence - 1 or interrupted != len(self.open):
            raise Broken(f"it found {last} records and {interrupted} open intents; there are {self.sequence - 1} and "
                         f"{len(self.open)}")
        self.life, self.stopped, self.due = self.sequence, 0, set(self.open)

    def end(self, record, _):
        if struct.unpack_from("<q", record, 32)[0] != self.life or self.open:
            raise Broken("it ends another life, or leaves an intent open")
        self.stopped = self.sequence

    def in_force(self, record, offset):
        version, digest = struct.unpack_from("<q32s", record, 32)
        text = hashlib.sha256(texts(record, offset, 1, 4)[1]).digest()
        if text != digest or struct.unpack(">q", digest[:8])[0] != version:
            raise Broken("the policy's text does not have the digest stated")
        self.policy = version

    def decided(self, record, _=None):
        if struct.unpack_from("<q", record, 48)[0] != self.policy:
            raise Broken("it was decided by another policy than the one in force")

    def intent(self, record, offset):
        self.decided(record)
        _, key, _, _, payload = texts(record, offset, 1, 1, 1, 2, 2)
        self.open[self.sequence] = (key.decode(), struct.unpack_from("<i", record, 64)[0], payload)

    def interrupted(self, record, _):
        intent = struct.unpack_from("<q", record, 32)[0]
        if intent not in self.due or self.open.pop(intent, None) is None:
            raise Broken(f"no intent {intent} was left open")

    def outcome(self, record, offset):
        intent, result = struct.unpack_from("<q", record, 32)[0], record[72]
        _, key, signature = texts(record, offset, 1, 1, 2)
        if intent not in self.open:
            raise Broken(f"it has no intent {intent}")
        alias, version, payload = self.open.pop(intent)
        if alias != key.decode():
            raise Broken("its intent names another key")
        if result == 1 and self.is_signed:
            algorithm, info = self.keys.get((alias, version), (None, None))
            if algorithm is None:
                self.unknown.add(f"{alias} version {version}")
            elif algorithm.startswith("HMAC"):
                self.macs += 1
            else:
                self.tasks.append((self.sequence, (algorithm, info, payload, signature)))

    def seal(self, record, offset):
        size, root = struct.unpack_from("<q32s", record, 32)
        _, frontier, note = texts(record, offset, 1, 2, 2)
        if not max(self.sealed, self.sequence - MAX_LAG - 1) < size < self.sequence:
            raise Broken(f"it seals {size} records, after a seal of {self.sealed}")
        while self.tree.size < size:
            self.grow()
        if self.tree.root() != root or b"".join(self.tree.roots) != frontier:
            raise Broken(f"its root is not that of the {size} records before it")
        if checkpoint(note.decode(), self.note_keys) != (size, root):
            raise Broken("its checkpoint states something else")
        self.sealed = size
        self.seals += 1

    def check_stated(self):
        while self.recent:
            self.grow()
        for size, root in self.stated.items():
            if size > self.sequence:
                raise Broken(f"a checkpoint has {size} records, the journal {self.sequence}: it was cut off")
            if self.roots[size] != root:
                raise Broken(f"the checkpoint of {size} records has another root than the journal")

    def check_signatures(self):
        with multiprocessing.Pool() as pool:
            results = pool.imap(verifies, [task for _, task in self.tasks], 64)
            for (sequence, _), is_right in zip(self.tasks, results):
                if not is_right:
                    self.sequence = sequence - 1
                    raise Broken("the signature does not verify")


def read_keys(path):
    """Lines NAME+KEYID+BASE64 of audit keys, and ALIAS VERSION ALGORITHM BASE64 of signing keys; # is a comment."""
    keys, note_keys = {}, []
    with open(path, encoding="utf-8") as file:
        for words in filter(None, (line.split("#")[0].split() for line in file)):
            if len(words) == 1:
                note_keys.append(NoteKey(words[0]))
            else:
                keys[words[0], int(words[1])] = (words[2], b"" if words[3] == "-" else base64.b64decode(words[3]))
    return keys, note_keys


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", help="JSON lines of 'countersign audit replay DIR --raw', - for standard input")
    parser.add_argument("--keys", required=True, help="lines of 'countersign audit keys'")
    parser.add_argument("--checkpoints", action="append", default=[], help="an exported file; may be repeated")
    parser.add_argument("--no-signatures", action="store_true", help="tree, seals and records only")
    options = parser.parse_args()
    verifier = None
    try:
        keys, note_keys = read_keys(options.keys)
        stated = read_checkpoints(options.checkpoints, note_keys)
        verifier = Verifier(keys, note_keys, stated, not options.no_signatures)
        try:
            with sys.stdin if options.records == "-" else open(options.records, encoding="utf-8") as file:
                for line in map(json.loads, file):
                    verifier.add(base64.b64decode(line["record"], validate=True), line)
        finally:
            verifier.check_signatures()  # A record before the one that ended the loop may be worse.
        verifier.check_stated()
        if verifier.unknown:
            raise CannotTell("no public key is given of " + ", ".join(sorted(verifier.unknown)))
    except Broken as ex:
        print(f"broken at record {verifier.sequence + 1}: {ex}" if verifier else f"broken: {ex}")
        return 1
    except (CannotTell, OSError, KeyError, ValueError, IndexError, struct.error) as ex:
        print(f"cannot tell: {type(ex).__name__}: {ex}", file=sys.stderr)
        return 2
    print(f"sound: records {verifier.sequence}, seals {verifier.seals}, sealed {verifier.sealed}, "
          f"after the last seal {verifier.sequence - verifier.sealed}, signatures verified {len(verifier.tasks)}, "
          f"by MAC keys {verifier.macs}, open intents {len(verifier.open)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
