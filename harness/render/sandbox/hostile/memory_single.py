"""Takes memory until there is none."""

blocks = []
while True:
    blocks.append(bytearray(b"x") * 20_000_000)
