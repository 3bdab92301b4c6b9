"""Which words belong together: what is asked, that a run learns to answer, and the yardstick for what it brings."""

import torch
from binding_error import EXCHANGED, exchanged, scenes_of, shares

from snowglobe import train, world
from snowglobe.clauses import Clauses, clauses_of
from snowglobe.model import ModelConfig, Transformer

TINY = ModelConfig(dim=32, depth=1, heads=2, mlp_dim=64, text_depth=2, text_length=28, bottleneck=8, vocabulary=len(world.VOCABULARY))


def tokens_of(*captions: str) -> torch.Tensor:
    return torch.tensor([world.tokenize(caption, TINY.text_length) for caption in captions])


def asked_of(caption: str) -> list[set[str]]:
    """For each word, which words are said of the same thing."""
    clauses = Clauses(TINY.dim, TINY.vocabulary)
    tokens = tokens_of(caption)
    words = [world.VOCABULARY[i] for i in clauses.asked.tolist()]
    count = int((tokens != world.INDEX["<pad>"]).sum())
    return [{word for word, said in zip(words, row) if said} for row in clauses.answers(tokens)[0, 1:count].bool().tolist()]


def test_each_word_is_asked_for_the_words_of_its_own_clause():
    first, second = {"small", "red", "ball", "left", "fast"}, {"blue", "box", "still"}
    answers = asked_of("A small red ball moving left fast and a blue box standing still at sea.")
    assert answers == [first] * 7 + [second] * 8


def test_a_thing_that_turns_into_another_colour_stays_one_clause():
    assert set(clauses_of(tokens_of("A ball is falling and turns from red to blue."))[0].tolist()) == {0}
    assert int(clauses_of(tokens_of("A ball falling and a box and a star."))[0].max()) == 2


def test_it_begins_by_asking_the_encoder_for_nothing():
    clauses, text = Clauses(TINY.dim, TINY.vocabulary), torch.randn(2, 28, TINY.dim, requires_grad=True)
    clauses(text, tokens_of("A red ball.", "A blue box and a star.")).backward()
    assert text.grad.abs().max() == 0 and clauses.says.weight.grad.abs().max() > 0


def test_only_words_that_can_be_said_of_a_thing_are_asked():
    clauses, tokens = Clauses(TINY.dim, TINY.vocabulary), tokens_of("A red ball falling at sea, the camera pans left.")
    torch.nn.init.normal_(clauses.says.weight)
    text = torch.randn(1, 28, TINY.dim)
    asked = [i for i in range(28) if clauses(text + torch.eye(28)[i, :, None], tokens) != clauses(text, tokens)]
    assert [world.VOCABULARY[tokens[0, i]] for i in asked] == ["red", "ball", "falling", "left"]
    assert clauses(text, tokens_of("")) == 0


def test_a_run_learns_to_answer(tmp_path):
    trainer = train.Trainer("tiny", TINY, train.TrainConfig(batch=4, eval_clips=4, clauses=1.0))
    tokens = tokens_of("A small red ball falling and a big blue box growing.", "A pink star and a green fish.")
    first = float(trainer.objective.asked(tokens).detach())
    trainer.run(6, tmp_path)
    assert trainer.step > 0 and float(trainer.objective.asked(tokens).detach()) < 0.8 * first


def test_captions_exchange_what_is_said_of_two_things_and_nothing_else():
    (scene,) = scenes_of(1)
    a, b = scene.objects
    text = exchanged(scene, EXCHANGED["colours"])
    assert text.index(b.colour) < text.index(a.thing) < text.index(a.colour) < text.index(b.thing)
    words = sorted(world.caption(scene).lower().replace(".", "").replace(" an ", " a ").split())
    assert sorted(exchanged(scene, EXCHANGED["order"]).lower().replace(".", "").replace(" an ", " a ").split()) == words


def test_only_a_model_that_hears_the_order_of_words_errs_by_what_was_exchanged():
    torch.manual_seed(0)
    model = Transformer(TINY)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(std=0.3)
        assert max(abs(value) for values in shares(model, 3).values() for value in values) > 0.1
        model.text.position.zero_()  # a bag of words: which of them is said of which thing can't be heard
        assert max(abs(value) for values in shares(model, 3).values() for value in values) < 0.02  # what bf16 leaves
