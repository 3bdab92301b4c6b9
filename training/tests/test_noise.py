import json
import math
from pathlib import Path

import numpy as np
import pytest

from golden_noise import golden
from snowglobe.noise import bits, log_uniform, normals, turn, uniforms

# Known answers published with the generator (Random123, kat_vectors). `bits` fixes the counter's upper half at 0, so only
# the first applies to it as it stands; the other two check the plain reference that it is then compared with.
ZERO = [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]


def test_published_known_answer():
    assert bits(0, 0, np.array([0]))[0].tolist() == ZERO


def test_same_as_a_plain_reference_that_gives_the_published_answers():

    def philox(counter, key):
        (a, b, c, d), (k0, k1) = counter, key
        for _ in range(10):
            p, q = 0xD2511F53 * a, 0xCD9E8D57 * c
            a, b, c, d = (q >> 32) ^ b ^ k0, q % 2**32, (p >> 32) ^ d ^ k1, p % 2**32
            k0, k1 = (k0 + 0x9E3779B9) % 2**32, (k1 + 0xBB67AE85) % 2**32
        return [a, b, c, d]

    full = 0xFFFFFFFF
    assert philox([full] * 4, [full] * 2) == [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]
    pi = [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344]
    assert philox(pi, [0xA4093822, 0x299F31D0]) == [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]
    for seed, stream, index in [(1, 2, 3), (full, full, full), (7, 0, 2**40 + 5)]:
        assert bits(seed, stream, np.array([index]))[0].tolist() == philox([index % 2**32, index >> 32, 0, 0], [seed, stream])


def test_log_and_turn_are_the_functions_they_claim_to_be():
    words = np.concatenate([bits(5, 0, np.arange(2000)).reshape(-1), [0, 1, 2**32 - 1, 2**31, 2**29, 2**29 - 1, 7 * 2**29]])
    words = words.astype(np.uint32)
    expected = np.array([math.log((int(w) + 0.5) / 2**32) for w in words])
    np.testing.assert_allclose(log_uniform(words), expected, rtol=1e-14, atol=0)
    cos, sin = turn(words)
    angles = words.astype(np.float64) / 2**32 * 2 * math.pi
    np.testing.assert_allclose(cos, np.cos(angles), atol=2e-15)
    np.testing.assert_allclose(sin, np.sin(angles), atol=2e-15)


def test_distributions():
    n = 400_000
    u, z = uniforms(1, 0, n), normals(1, 0, n).astype(np.float64)
    assert u.min() >= 0 and u.max() < 1
    assert abs(u.mean() - 0.5) < 4 * math.sqrt(1 / 12 / n)
    assert abs(z.mean()) < 4 / math.sqrt(n) and abs(z.var() - 1) < 4 * math.sqrt(2 / n)
    assert abs((z**4).mean() - 3) < 4 * math.sqrt(96 / n)
    assert abs((z[::2] * z[1::2]).mean()) < 4 / math.sqrt(n / 2)  # the two of a pair


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 64])
def test_a_shorter_draw_is_the_start_of_a_longer_one(count):
    assert normals(3, 1, count).tolist() == normals(3, 1, 100)[:count].tolist()
    assert uniforms(3, 1, count).tolist() == uniforms(3, 1, 100)[:count].tolist()


def test_committed_golden_file_is_what_this_source_makes():
    path = Path(__file__).parents[2] / "tests/golden/noise.json"
    assert json.loads(path.read_text()) == golden()
