"""Imports a file into a project of doccano, by doccano's own code and tables in a database in memory.

Only what the import needs is installed. doccano's storage of uploaded files is a package that wants an
older Django; here it is Django's own storage, since no file is uploaded.
"""

import functools
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

Span = tuple[str, int, int]


@dataclass(frozen=True)
class Example:
    text: str
    meta: dict
    spans: list[Span]
    # Type, and the spans that it is between.
    relations: list[tuple[str, Span, Span]]


def doccano_import(
    path: Path, file_format: str, task: str, **options: object
) -> tuple[list[Example], list[str]]:
    """The documents that people find in their project after the upload of the file, and what they are
    told of it.

    Their project allows overlapping spans and has relations on, as our documentation says.
    """
    _set_up()
    from data_import.datasets import load_dataset
    from data_import.pipeline.catalog import create_file_format
    from data_import.pipeline.readers import FileName
    from django.contrib.auth.models import User
    from examples.models import Example as Stored
    from projects.models import SequenceLabelingProject

    user, _ = User.objects.get_or_create(username="annotator")
    project = SequenceLabelingProject.objects.create(
        name=path.stem,
        created_by=user,
        project_type="SequenceLabeling",
        allow_overlapping=True,
        use_relation=True,
    )
    files = [FileName(full_path=str(path), generated_name=path.name, upload_name=path.name)]
    dataset = load_dataset(task, create_file_format(file_format), files, project, encoding="utf_8", **options)
    dataset.save(user)
    examples = [_example(stored) for stored in Stored.objects.filter(project=project).order_by("id")]
    return examples, [error.message for error in dataset.errors]


def _example(stored) -> Example:
    def span(label) -> Span:
        return label.label.text, label.start_offset, label.end_offset

    return Example(
        text=stored.text,
        meta=stored.meta,
        spans=[span(label) for label in stored.spans.all()],
        relations=[(it.type.text, span(it.from_id), span(it.to_id)) for it in stored.relations.all()],
    )


@functools.cache
def _set_up() -> None:
    import django
    from django.conf import settings
    from django.core.files.storage import FileSystemStorage
    from django.core.management import call_command

    # doccano's applications import one another without a package.
    sys.path.append(find_spec("backend").submodule_search_locations[0])
    storage = ModuleType("django_drf_filepond.models")
    storage.DrfFilePondStoredStorage = FileSystemStorage
    sys.modules |= {"django_drf_filepond": ModuleType("django_drf_filepond"), storage.__name__: storage}
    applications = ["roles", "projects", "label_types", "examples", "labels", "data_import"]
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "polymorphic", *applications],
        # The tables as doccano's models have them now, without their history.
        MIGRATION_MODULES=dict.fromkeys(applications),
        ROLE_PROJECT_ADMIN="project_admin",
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
