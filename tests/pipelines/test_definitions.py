"""The definitions load, and say what Dagster's users look for."""

import dagster as dg
import yaml

from pipelines.definitions import ASSETS, build_defs, defs
from pipelines.instance import SETTINGS, open_instance
from pipelines.resources import default_resources
from tests.casebook import ROOT
from warehouse.database import Warehouse


def test_they_are_loadable():
    dg.Definitions.validate_loadable(defs)


def test_every_asset_is_described():
    for spec in defs.resolve_all_asset_specs():
        assert spec.description, spec.key
        assert spec.owners == ["team:servanda"], spec.key
        assert "dagster/column_schema" in spec.metadata, spec.key
        assert spec.kinds, spec.key
        assert spec.group_name in {"intake", "reading", "ledger", "publication"}, spec.key


def test_every_step_holds_the_one_pool():
    assert {asset.op.pool for asset in ASSETS} == {"duckdb"}


def test_runs_are_bounded_and_the_schedule_is_stopped():
    for name in ("everything", "reread", "publish_only"):
        assert 0 < int(defs.resolve_job_def(name).tags["dagster/max_runtime_seconds"]) < 3600
    schedule = defs.resolve_schedule_def("hourly")
    assert schedule.default_status is dg.DefaultScheduleStatus.STOPPED
    assert schedule.cron_schedule == "0 * * * *"


def test_reread_asks_no_site():
    keys = {key.to_user_string() for key in defs.resolve_job_def("reread").asset_layer.selected_asset_keys}
    assert "statements" in keys
    assert "snapshot" in keys
    assert not keys & {"feeds", "pages", "items", "articles"}


def test_resources_are_replaced_by_plain_objects(tmp_path):
    warehouse = Warehouse(tmp_path / "servanda.duckdb")
    assert set(build_defs({"warehouse": warehouse}).resources or {}) == set(default_resources())


def test_the_workspace_names_the_definitions():
    workspace = yaml.safe_load((ROOT / "workspace.yaml").read_text())
    assert workspace["load_from"][0]["python_module"]["module_name"] == "pipelines.definitions"


def test_the_instance_sends_no_telemetry_and_bounds_runs(tmp_path):
    settings = yaml.safe_load(SETTINGS)
    assert settings["telemetry"] == {"enabled": False}
    with open_instance(tmp_path / "dagster") as instance:
        assert instance.telemetry_enabled is False
        assert instance.run_monitoring_enabled
