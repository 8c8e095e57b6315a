"""The numpy network against numbers worked by hand and against a random network of torch's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from indexer.bert import SCORES, Bert, BertShape, LayerNorm, _attend, runs_of
from indexer.gelu import ROWS, gelu


def test_layer_norm_by_hand() -> None:
    one, zero = np.ones(2, np.float32), np.zeros(2, np.float32)
    normed = LayerNorm(one * 3, zero + 1, epsilon=0.0)(np.array([[1.0, 5.0]], np.float32))
    np.testing.assert_allclose(normed, [[-2.0, 4.0]], atol=1e-6)


def test_gelu_is_x_times_the_normal_distribution() -> None:
    values = np.linspace(-9, 9, 4001, dtype=np.float32)[:, None]
    assert len(values) > 2 * ROWS
    np.testing.assert_allclose(gelu(values.copy()), values * norm.cdf(values), atol=4e-6)


def test_gelu_far_out_is_nothing_or_the_number_itself() -> None:
    np.testing.assert_allclose(
        gelu(np.array([[-1e4, -40, 40, 1e4]], np.float32)), [[0, 0, 40, 1e4]], atol=1e-5
    )


def test_attention_by_hand() -> None:
    # One head of width 1: queries 0 attend evenly, so each token gets the mean of the values.
    joined = np.array([[0.0, 5.0, 1.0], [0.0, -2.0, 3.0]], np.float32)
    np.testing.assert_allclose(_attend(joined, heads=1, length=2), [[2.0], [2.0]])
    np.testing.assert_allclose(_attend(joined, heads=1, length=1), [[1.0], [3.0]])


def test_neighbours_of_one_length_attend_together_up_to_a_bound() -> None:
    assert runs_of([3, 3, 5, 3]) == [(2, 3), (1, 5), (1, 3)]
    assert runs_of([SCORES, SCORES]) == [(1, SCORES)] * 2
    assert runs_of([64] * 5) == [(4, 64), (1, 64)]


def test_a_random_network_agrees_with_torch() -> None:
    torch = pytest.importorskip("torch")
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=50,
        hidden_size=24,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=40,
        max_position_embeddings=20,
    )
    model = BertModel(config).eval()
    for row in model.parameters():
        torch.nn.init.normal_(row, std=0.3)
    weights = {name: row.numpy() for name, row in model.state_dict().items()}
    network = Bert.from_weights(weights, BertShape(layers=3, heads=4, epsilon=config.layer_norm_eps))
    assert (network.dimension, network.longest) == (24, 20)
    sequences = [[3, 7, 9], [1], [2], [8], [4] * 20]
    for ids, vector in zip(sequences, network.mean_vectors(sequences), strict=True):
        with torch.inference_mode():
            mean = model(input_ids=torch.tensor([ids])).last_hidden_state[0].mean(0)
        np.testing.assert_allclose(vector, (mean / mean.norm()).numpy(), atol=1e-5)


def test_parts_that_do_not_fit_are_refused_with_their_shapes() -> None:
    rows = np.ones((4, 6), np.float32)
    scale = LayerNorm(rows[0], rows[0], 1e-12)
    with pytest.raises(ValueError, match=r"\(4, 6\).*4 heads"):
        Bert(rows, rows, scale, [], heads=4)
