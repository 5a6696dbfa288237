"""Settings of a project: ``planparse.toml`` or ``[tool.planparse]`` in ``pyproject.toml``, found upwards."""

from planparse.config.finding import find_config
from planparse.config.loading import Holding, LoadedSettings, load_settings
from planparse.config.models import (
    BatchSettings,
    ExportSettings,
    ExtractSettings,
    Section,
    Settings,
    ValidateSettings,
)

__all__ = [
    "BatchSettings",
    "ExportSettings",
    "ExtractSettings",
    "Holding",
    "LoadedSettings",
    "Section",
    "Settings",
    "ValidateSettings",
    "find_config",
    "load_settings",
]
