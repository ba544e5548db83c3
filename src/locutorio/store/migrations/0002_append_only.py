"""What is appended is never changed: the database itself refuses it. Of a notice, only when it was read."""

from django.db import migrations

APPENDED = {
    "store_entry": (),
    "store_decided": (),
    "store_fact": (),
    "store_notice": ("read_at",),
}


def _fence(table: str, columns: list[str], vendor: str) -> list[str]:
    """Give the statements that refuse to change or remove a row of a table.

    Args:
        table: the table.
        columns: those that may not change.
        vendor: sqlite or postgresql.
    """
    changed = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in columns)
    if vendor == "postgresql":
        do = "FOR EACH ROW {when} EXECUTE FUNCTION store_appended()"
        return [
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {do.format(when='')}",
            f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} {do.format(when=f'WHEN ({changed})')}",
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION store_appended()",
        ]
    do = f"BEGIN SELECT RAISE(ABORT, '{table} is appended to and never changed'); END"
    changed = changed.replace("IS DISTINCT FROM", "IS NOT")
    return [
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {do}",
        f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} WHEN {changed} {do}",
    ]


def _put(apps, editor) -> None:
    vendor = editor.connection.vendor
    if vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION store_appended() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION '% is appended to and never changed', TG_TABLE_NAME"
            " USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
    for model in apps.get_app_config("store").get_models():
        table = model._meta.db_table
        if table in APPENDED:
            columns = [field.column for field in model._meta.concrete_fields]
            for statement in _fence(table, [one for one in columns if one not in APPENDED[table]], vendor):
                editor.execute(statement)


def _take_away(apps, editor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION store_appended() CASCADE")
        return
    for table in APPENDED:
        editor.execute(f"DROP TRIGGER {table}_kept")
        editor.execute(f"DROP TRIGGER {table}_unchanged")


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(_put, _take_away)]
