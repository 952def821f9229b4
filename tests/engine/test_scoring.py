"""The figures of the understanding bench, on rows small enough to reckon by hand."""

import pytest

from bot.engine.scoring import Judged, calibration_error, judged, scores


def answer(name: str | None, *ranking: tuple[str, float], unsure: tuple[str, ...] = ()) -> dict:
    return {
        "intent": {"name": name, "confidence": 0.5},
        "intent_ranking": [{"name": n, "confidence": c} for n, c in ranking],
        "unsure": list(unsure),
    }


def test_an_answer_is_read_with_its_best_intent_whatever_the_threshold_says() -> None:
    one = judged("a", answer(None, ("a", 0.4), ("b", 0.3), unsure=("a", "b")))
    assert (one.said, one.best, one.confidence, one.options) == ("oos", "a", 0.4, ("a", "b"))


@pytest.mark.parametrize("name", [None, "nlu_fallback", "out_of_scope"])
def test_what_pipelines_call_the_unknown_is_one_thing(name: str | None) -> None:
    found = judged("out_of_scope", answer(name, ("nlu_fallback", 0.7), ("a", 0.2)))
    assert (found.label, found.said, found.best, found.inside) == ("oos", "oos", "a", False)


def test_the_shares_are_counted_as_the_command_says() -> None:
    rows = [
        Judged("a", "a", "a", 0.9),
        Judged("a", "oos", "a", 0.4, ("a", "b")),
        Judged("b", "a", "a", 0.8),
        Judged("oos", "oos", "a", 0.2),
        Judged("oos", "b", "b", 0.9),
    ]
    found = scores(rows)
    assert found["accuracy_in_scope"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["accuracy_in_scope_with_threshold"] == pytest.approx(1 / 3, abs=1e-4)
    assert found["accuracy_overall"] == 0.4
    assert (found["oos_recall"], found["oos_precision"]) == (0.5, 0.5)
    assert (found["asked"], found["asked_in_scope_right"]) == (0.2, 1.0)


def test_the_calibration_error_is_the_gap_between_saying_and_being_right() -> None:
    sure_and_right = [Judged("a", "a", "a", 1.0)] * 4
    assert calibration_error(sure_and_right) == 0.0
    half = [Judged("a", "a", "a", 0.75), Judged("b", "a", "a", 0.75)]
    assert calibration_error(half) == 0.25
    assert calibration_error([*sure_and_right, *half]) == pytest.approx(0.25 / 3, abs=1e-4)
    assert calibration_error([]) == 0.0
