"""Triggers that keep ``lineage``, ``force_id`` and ``district_id``.

Definer functions, so that they read areas and institutions whatever the writer may read.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION portal_set_lineage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.lineage := COALESCE(
        (SELECT lineage FROM public.contacts_policingarea WHERE id = NEW.parent_id), '{}'
    ) || NEW.id;
    RETURN NEW;
END $$;

CREATE FUNCTION portal_pass_lineage_down() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.contacts_policingarea SET parent_id = parent_id WHERE parent_id = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION portal_set_institution_area() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE line bigint[];
BEGIN
    SELECT lineage INTO line FROM public.contacts_policingarea WHERE id = NEW.area_id;
    NEW.force_id := line[1];
    NEW.district_id := COALESCE(line[2], line[1]);
    RETURN NEW;
END $$;

CREATE FUNCTION portal_set_tenant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.force_id IS NULL OR NEW.district_id IS NULL
       OR (TG_OP = 'UPDATE' AND NEW.institution_id <> OLD.institution_id) THEN
        SELECT force_id, district_id INTO NEW.force_id, NEW.district_id
        FROM public.contacts_institution WHERE id = NEW.institution_id;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER set_lineage BEFORE INSERT OR UPDATE OF parent_id ON contacts_policingarea
    FOR EACH ROW EXECUTE FUNCTION portal_set_lineage();
CREATE TRIGGER pass_lineage_down AFTER UPDATE ON contacts_policingarea
    FOR EACH ROW WHEN (OLD.lineage IS DISTINCT FROM NEW.lineage)
    EXECUTE FUNCTION portal_pass_lineage_down();
CREATE TRIGGER set_institution_area BEFORE INSERT OR UPDATE ON contacts_institution
    FOR EACH ROW EXECUTE FUNCTION portal_set_institution_area();
"""

NO_FUNCTIONS = """
DROP TRIGGER set_institution_area ON contacts_institution;
DROP TRIGGER pass_lineage_down ON contacts_policingarea;
DROP TRIGGER set_lineage ON contacts_policingarea;
DROP FUNCTION portal_set_tenant();
DROP FUNCTION portal_set_institution_area();
DROP FUNCTION portal_pass_lineage_down();
DROP FUNCTION portal_set_lineage();
"""

TABLES = (
    "contacts_weeklytime",
    "contacts_contact",
    "contacts_officerprofile",
    "contacts_roleholding",
    "contacts_deputyship",
    "contacts_invitation",
)


def trigger(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();",
        f"DROP TRIGGER set_tenant ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        *[trigger(table) for table in TABLES],
    ]
