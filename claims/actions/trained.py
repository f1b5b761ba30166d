"""Which model of a desk reads its articles: the newest, where it beats the rules."""

from __future__ import annotations

from functools import lru_cache

from claims.models import Training, Workspace
from claims.models.lens import every
from claims.records import TrainingState
from claims.suggester.learned.model import LearnedModel
from claims.suggester.shapes import Model


def in_use(workspace: Workspace) -> Training | None:
    """The training whose model reads, without the model; None where the rules do."""
    done = every(Training).filter(workspace=workspace, state=TrainingState.DONE.value)
    newest: Training | None = done.defer("model").order_by("-number").first()
    return newest if newest and newest.better else None


def model_in_use(workspace: Workspace, language: str) -> tuple[str, Model] | None:
    """The version and the model that reads texts of this language; None where the rules do."""
    training = in_use(workspace)
    if training is None or training.language != language:
        return None
    return str(training.number), _loaded(training.pk)


@lru_cache(maxsize=2)
def _loaded(pk: int) -> Model:
    """Kept by the worker from article to article."""
    kept = every(Training).values_list("model", flat=True).get(pk=pk)
    return LearnedModel.from_bytes(bytes(kept))
