"""Sentences as vectors and the classifier on them, with the real model."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.embed import (
    Embedder,
    Examples,
    Head,
    cross_validated,
    embedder,
    examples_key,
    fit,
    fit_once,
    load_head,
    save_head,
)
from qa.embed.nano import DIMENSIONS, Nano
from qa.embed.remembered import Remembered

SORRY = (
    "I'm so sorry you had to go through that",
    "I completely understand how upsetting this must be",
    "that sounds really frustrating, I apologise",
    "you have every right to be annoyed, I'm sorry",
    "واقعا متاسفم که این مشکل براتون پیش اومده",
    "کاملا درکتون می‌کنم، حق دارید ناراحت باشید",
    "شرمنده‌تونم بابت این اتفاق، می‌فهمم چقدر سخته",
    "حق با شماست، من عذرخواهی می‌کنم",
)
PLAIN = (
    "your order number is four digits long",
    "the branch opens at eight in the morning",
    "please press the blue button on the router",
    "the invoice was sent on Monday",
    "شماره سفارش‌تون چهار رقمیه",
    "شعبه ساعت هشت صبح باز می‌شه",
    "دکمه آبی روی مودم رو بزنید",
    "فاکتور روز دوشنبه ارسال شده",
)
EXAMPLES = Examples(SORRY + PLAIN, ("sorry",) * 8 + ("plain",) * 8)


@pytest.fixture(scope="module")
def head() -> Head:
    return fit(EXAMPLES, embedder(), "k")


def test_rows_are_unit_vectors_that_do_not_depend_on_their_neighbours() -> None:
    together = Nano().embed(SORRY)
    assert together.shape == (8, DIMENSIONS)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(together[5:6], Nano().embed(SORRY[5:6]))


def test_no_texts_give_no_rows() -> None:
    assert embedder().embed(()).shape == (0, DIMENSIONS)


def test_other_libraries_keep_their_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    Nano().embed(("hello",))
    assert os.environ["OMP_NUM_THREADS"] == "7"
    monkeypatch.delenv("OMP_NUM_THREADS")
    Nano().embed(("hello",))
    assert "OMP_NUM_THREADS" not in os.environ


def test_a_sentence_lies_nearer_to_its_translation_than_to_another_sentence() -> None:
    english, persian, other = embedder().embed(
        ("I'm very sorry about this", "واقعا بابت این موضوع متاسفم", "شعبه ساعت هشت صبح باز می‌شه")
    )
    assert english @ persian > english @ other


class Counted:
    """The model, with a note of what it was asked."""

    label = "counted"

    def __init__(self, inner: Embedder) -> None:
        self.inner, self.asked = inner, list[str]()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return self.inner.embed(texts)


def test_each_text_is_embedded_once_while_it_is_remembered() -> None:
    counted = Counted(Nano())
    memory = Remembered(counted, most=3)
    first = memory.embed(("a", "b", "a"))
    np.testing.assert_array_equal(first[0], first[2])
    np.testing.assert_array_equal(memory.embed(("b", "a")), first[[1, 0]])
    assert counted.asked == ["a", "b"]
    memory.embed(("c", "d"))  # b is the one not asked for longest
    memory.embed(("a", "b"))
    assert counted.asked == ["a", "b", "c", "d", "b"]


def test_unseen_sentences_of_both_languages_are_told_apart(head: Head) -> None:
    unseen = (
        "oh no, I'm terribly sorry about that",
        "خیلی ناراحت شدم، عذر می‌خوام ازتون",
        "انبار ما توی کرجه",
    )
    shares = head.probabilities(embedder().embed(unseen))
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert [head.classes[place] for place in shares.argmax(axis=1)] == ["sorry", "sorry", "plain"]


def test_the_same_examples_give_the_same_numbers(head: Head) -> None:
    again = fit(EXAMPLES, embedder())
    np.testing.assert_array_equal(again.weights, head.weights)
    assert (again.temperature, again.classes) == (head.temperature, ("plain", "sorry"))


def test_three_classes_have_three_shares() -> None:
    three = Examples(EXAMPLES.texts, ("sorry",) * 8 + ("en",) * 4 + ("fa",) * 4)
    found = fit(three, embedder())
    shares = found.probabilities(embedder().embed(("the shop closes at nine", "مغازه ساعت نه می‌بنده")))
    assert [found.classes[place] for place in shares.argmax(axis=1)] == ["en", "fa"]


def test_a_group_is_never_on_both_sides() -> None:
    # the same ten texts under both labels: whoever sees a text's twin knows the answer is the other label
    texts = EXAMPLES.texts[:10]
    labels = ("x", "y") * 5
    twins = Examples(texts * 2, labels + labels, tuple(str(place) for place in range(10)) * 2)
    apart = cross_validated(twins, embedder())
    loose = Examples(twins.texts, twins.labels, tuple(str(place) for place in range(20)))
    seen = cross_validated(loose, embedder())
    right = [twins.classes.index(label) for label in twins.labels]
    rows = np.arange(20)
    assert seen[rows, right].mean() > 0.8 > apart[rows, right].mean()


@pytest.mark.parametrize(
    ("texts", "labels"),
    [(("a", "b"), ("x", "x")), (("a", "b", "c"), ("x", "x", "y"))],
    ids=["one class", "a class with one sentence"],
)
def test_too_few_examples_are_refused(texts: tuple[str, ...], labels: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="two classes with two sentences"):
        fit(Examples(texts, labels), embedder())


def test_labels_must_match_texts() -> None:
    with pytest.raises(ValueError, match="2 texts need as many labels"):
        Examples(("a", "b"), ("x",))


def test_a_head_comes_back_as_it_was_kept(head: Head, tmp_path: Path) -> None:
    save_head(head, tmp_path / "deep" / "k.npz")
    back = load_head(tmp_path / "deep" / "k.npz")
    assert back is not None
    np.testing.assert_array_equal(back.weights, head.weights)
    assert (back.classes, back.temperature, back.key) == (head.classes, head.temperature, "k")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["k.npz"]


def test_fitting_happens_once(tmp_path: Path) -> None:
    counted = Counted(embedder())
    first = fit_once(EXAMPLES, counted, tmp_path)
    asked = len(counted.asked)
    second = fit_once(EXAMPLES, counted, tmp_path)
    assert (len(counted.asked), asked) == (asked, 16)
    np.testing.assert_array_equal(first.weights, second.weights)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:100])  # a disk that was full
    np.testing.assert_array_equal(fit_once(EXAMPLES, counted, tmp_path).weights, first.weights)
    assert load_head(kept) is not None


def test_other_examples_have_another_key() -> None:
    other = Examples((*EXAMPLES.texts[:-1], "انبار"), EXAMPLES.labels)
    assert examples_key(EXAMPLES, embedder()) != examples_key(other, embedder())
    assert len(examples_key(EXAMPLES, embedder())) == 24


def test_speed_is_known() -> None:
    texts = [f"I will check order {number} and call you back tomorrow" for number in range(40)]
    model = Nano()
    model.embed(texts[:1])
    began = time.process_time()
    model.embed(texts)
    rate = len(texts) / (time.process_time() - began)
    print(f"{rate:.0f} utterances a second of processor time")
    assert rate > 10
