"""Looks for a word in every table, every file and every byte that a site keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models


def rows_with(*words: str) -> Iterator[str]:
    """The columns of every table in which one of the words stands, whatever kind they are of."""
    for model in apps.get_models(include_auto_created=True):
        fields = [field.attname for field in model._meta.concrete_fields]
        for row in model._default_manager.values("pk", *fields):
            for name in fields:
                if any(word in _text(row[name]) for word in words):
                    yield f"{model._meta.model_name} {row['pk']} {name}: {_text(row[name])[:120]}"


def _text(value: Any) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("utf-8", "replace").casefold()
    if isinstance(value, models.Model):
        return str(value.pk)
    told = json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
    return told.casefold()


def files_with(*words: str) -> list[str]:
    """The files under the folder of data in which the bytes of one of the words stand."""
    return [
        str(path)
        for path in Path(settings.DATA_DIR).rglob("*")
        if path.is_file()
        and "static" not in path.parts
        and any(word.encode() in path.read_bytes().lower() for word in words)
    ]
