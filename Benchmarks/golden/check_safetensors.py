"""Opens files with the safetensors package itself and prints what it sees: the proof that ours are of that format.

Usage: python check_safetensors.py FILE...     (needs: pip install safetensors numpy)
Exit status 1 when a file cannot be opened, is without metadata, or its checksum does not fit.
"""

import hashlib
import struct
import sys

from safetensors import safe_open


def check(path):
    with safe_open(path, framework="numpy") as file:
        metadata = file.metadata() or {}
        print(path)
        for name in file.keys():
            tensor = file.get_tensor(name)
            print(f"  {name}  {tensor.dtype}  {list(tensor.shape)}")
    for key in sorted(metadata):
        print(f"  {key} = {metadata[key]}")
    with open(path, "rb") as raw:
        (length,) = struct.unpack("<Q", raw.read(8))
        raw.seek(8 + length)
        digest = hashlib.sha256(raw.read()).hexdigest()
    if metadata.get("sha256") != digest:
        raise ValueError(f"the data's SHA-256 is {digest}, the metadata says {metadata.get('sha256')}")
    if length % 8 != 0:
        raise ValueError(f"the header's length, {length}, is not a multiple of 8")


def main(paths):
    if not paths:
        print(__doc__, file=sys.stderr)
        return 64
    status = 0
    for path in paths:
        try:
            check(path)
        except Exception as error:
            print(f"{path}: {error}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
