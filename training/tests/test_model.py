"""What the network's last line promises, and its attention written out."""

import torch
import torch.nn.functional as F

from snowglobe.model import ModelConfig, Transformer, attend, weigh


def test_a_guess_weighed_against_the_noisy_pixel_is_the_mean_of_all_clean_ones_that_could_have_made_it():
    """Bayes' rule, summed over a fine grid of clean values, for a normal belief and normal noise."""
    clean = torch.linspace(-6, 6, 24001, dtype=torch.float64)
    for guess, variance, x, t in [(0.2, 0.05, -0.4, 0.3), (-0.5, 0.3, 0.9, 0.8), (0.7, 0.01, 0.1, 0.6)]:
        belief = torch.exp(-((clean - guess) ** 2) / (2 * variance))
        seen = torch.exp(-((x - t * clean) ** 2) / (2 * (1 - t) ** 2))
        expected = (clean * belief * seen).sum() / (belief * seen).sum()
        got = weigh(*(torch.tensor(value, dtype=torch.float64).reshape(1, 1, 1, 1, 1) for value in (guess, variance, x, t)))
        torch.testing.assert_close(got.squeeze(), expected, rtol=1e-6, atol=1e-8)


def test_pure_noise_says_nothing_and_a_clean_pixel_is_returned():
    torch.manual_seed(0)
    model = Transformer(ModelConfig(dim=32, depth=1, heads=2, mlp_dim=64, text_depth=1, vocabulary=9, bottleneck=8, text_length=5, skip=1))
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    x, tokens = torch.randn(2, 3, 16, 32, 32), torch.randint(9, (2, 5))
    levels = torch.full((2, 1, 16, 32, 32), 0.5)
    levels[:, :, :4] = 1
    with torch.no_grad():
        guess = model(x, levels, tokens)
        torch.testing.assert_close(guess[:, :, :4], x[:, :, :4])
        assert (guess[:, :, 4:] - x[:, :, 4:]).abs().mean() > 0.1
        noise = torch.zeros_like(levels)
        assert torch.equal(weigh(x, torch.full_like(noise, 0.3), torch.randn_like(x), noise), x)


def test_attention_written_out_is_that_of_torch():
    torch.manual_seed(0)
    q, k, v = torch.randn(2, 3, 5, 8), torch.randn(2, 3, 7, 8), torch.randn(2, 3, 7, 8)
    torch.testing.assert_close(attend(q, k, v), F.scaled_dot_product_attention(q, k, v))
