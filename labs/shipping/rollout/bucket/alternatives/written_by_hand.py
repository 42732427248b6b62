"""FNV-1a and a last stirring, as the apps can do it too, where there is no hashlib."""

FOLD = (1 << 64) - 1


def bucket(rider, salt):
    state = 0xCBF29CE484222325
    for byte in (salt + "\0" + str(rider)).encode():
        state = (state ^ byte) * 0x100000001B3 & FOLD
    for shift in (33, 29, 32):
        state ^= state >> shift
        state = state * 0xFF51AFD7ED558CCD & FOLD
    return (state >> 20) % 1000


def in_rollout(rider, percent, salt):
    return 10 * percent > bucket(rider, salt)
