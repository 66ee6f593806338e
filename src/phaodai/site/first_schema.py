"""The tables of an empty database, made from the models as they stand, in a second, where all migrations take a minute.

Migrations carry every model through every step of its history, and Django draws all models anew at each of a thousand
steps. An empty database has no history: other packages' migrations run as they are, our tables are made whole, and what
ours say in SQL (functions, policies, rights) is said in their order. `benchmarks/first_schema.py`, which CI runs,
compares the result, object by object, with that of the migrations.
"""

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.apps import apps
from django.contrib.postgres.operations import CreateExtension
from django.core.management import call_command
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import RunSQL
from django.db.migrations.state import ProjectState
from django.db.models import Model

OURS = "phaodai."


def is_empty(owner: Any) -> bool:
    """Whether no migration was ever run here."""
    return "django_migrations" not in owner.introspection.table_names()


def run_migrations(owner: Any) -> None:
    """Every migration that was not run yet, in turn."""
    call_command("migrate", database=owner.alias, verbosity=0)


def make_tables(owner: Any) -> None:
    """Bring an empty database to where all migrations would have brought it, in one transaction after those of others."""
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
    _run_others(owner, labels)
    executor = MigrationExecutor(owner)
    plan = [migration for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    assert {migration.app_label for migration in plan} <= labels
    with owner.schema_editor(atomic=True) as editor:
        _say_in_sql(plan, editor, CreateExtension)
        for model in _models(labels):
            editor.create_model(model)
        for statement in editor.deferred_sql:
            editor.execute(statement)
        editor.deferred_sql.clear()
        pgtrigger.install(database=owner.alias)
        _say_in_sql(plan, editor, RunSQL)
        for migration in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)


def _run_others(owner: Any, ours: set[str]) -> None:
    """Those of Django and of the packages; none of them rests on one of ours."""
    for config in apps.get_app_configs():
        if config.label not in ours and config.models_module is not None and _has_migrations(owner, config.label):
            call_command("migrate", config.label, database=owner.alias, verbosity=0)


def _has_migrations(owner: Any, label: str) -> bool:
    return label in MigrationExecutor(owner).loader.migrated_apps


def _models(labels: set[str]) -> Iterable[type[Model]]:
    found = apps.get_models()
    return [
        model for model in found if model._meta.app_label in labels and model._meta.managed and not model._meta.proxy
    ]


def _say_in_sql(plan: Iterable[Migration], editor: Any, kind: type) -> None:
    """Run the operations of a kind, which look at no model, in the order of the migrations."""
    for migration in plan:
        for operation in migration.operations:
            if isinstance(operation, kind):
                operation.database_forwards(migration.app_label, editor, ProjectState(), ProjectState())
