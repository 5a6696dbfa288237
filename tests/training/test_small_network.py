"""Networks that judge together tell the mean of what each tells."""

import numpy as np
from training.small_network import as_one, fit_network

from planparse.recognise.tables.small_network import SmallNetwork


def test_several_networks_tell_the_mean_of_their_log_odds() -> None:
    chance = np.random.default_rng(5)
    seen = chance.normal(size=(200, 3)).astype(np.float32)
    wanted = (seen[:, 0] > 0).astype(np.float32)
    counts = np.ones(200, dtype=np.float32)
    plain = (np.zeros(3, dtype=np.float32), np.ones(3, dtype=np.float32))

    def log_odds(weights: list[np.ndarray]) -> np.ndarray:
        odds = SmallNetwork(*plain, *weights).odds(seen[:20]).astype(np.float64)
        return np.log(odds / (1 - odds))

    networks = [fit_network(seen, wanted, counts, 4, seed, epochs=2) for seed in (1, 2)]
    each = [log_odds(network) for network in networks]
    together = log_odds(as_one(networks))
    assert not np.allclose(each[0], each[1], atol=0.01)
    assert np.allclose(together, np.mean(each, axis=0), atol=1e-3)
