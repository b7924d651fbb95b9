"""A Dagster run that was killed does not block the next one: ended by the next holder of the database, or by run monitoring."""

import logging
from datetime import timedelta

import dagster as dg
import pytest
from dagster._core.storage.dagster_run import DagsterRunStatus, RunsFilter
from dagster._daemon.monitoring import run_monitoring
from dagster._time import get_current_timestamp

from pipelines.develop import _end_dead_runs
from pipelines.instance import end_dead_runs, open_instance
from pipelines.state import State


@dg.op
def nothing() -> None: ...


@dg.job
def other() -> None:
    nothing()


@pytest.fixture
def instance(tmp_path):
    with open_instance(State(tmp_path).dagster_home) as instance:
        yield instance


def under_way(instance, status=DagsterRunStatus.STARTED, tags=None):
    """A run that is recorded as under way, and has no process."""
    run = instance.create_run_for_job(other, tags=tags)
    launched = [dg.DagsterEventType.RUN_STARTING] + [dg.DagsterEventType.RUN_START] * (status is DagsterRunStatus.STARTED)
    for kind in launched:
        event = dg.DagsterEvent(event_type_value=kind.value, job_name=other.name)
        instance.report_dagster_event(event, run.run_id)
    assert instance.get_run_by_id(run.run_id).status is status
    return run.run_id


@pytest.mark.parametrize("status", [DagsterRunStatus.STARTED, DagsterRunStatus.STARTING])
def test_whoever_holds_the_database_ends_them(instance, status):
    dead = under_way(instance, status)
    waiting = instance.create_run_for_job(other).run_id
    end_dead_runs(instance)
    assert instance.get_run_by_id(dead).status is DagsterRunStatus.FAILURE
    assert instance.get_run_by_id(waiting).status is DagsterRunStatus.NOT_STARTED
    assert "ended without a word" in "".join(entry.message for entry in instance.all_logs(dead))


def test_opening_the_interface_ends_them_unless_a_run_is_on(tmp_path, instance):
    dead = under_way(instance)
    _end_dead_runs(State(tmp_path))
    assert instance.get_run_by_id(dead).status is DagsterRunStatus.FAILURE


@pytest.mark.parametrize("tags", [{}, {"dagster/max_runtime_seconds": "3000"}])
def test_run_monitoring_ends_one_that_is_started_for_too_long(instance, monkeypatch, tags):
    """Also one that bears no tag, such as what is started asset by asset."""
    dead = under_way(instance, tags=tags)

    def watch(after):
        later = get_current_timestamp() + after.total_seconds()
        monkeypatch.setattr(run_monitoring, "get_current_timestamp", lambda: later)
        (record,) = instance.get_run_records(RunsFilter(run_ids=[dead]))
        run_monitoring.monitor_started_run(instance, None, record, logging.getLogger("test"))
        return instance.get_run_by_id(dead).status

    assert watch(timedelta(minutes=49)) is DagsterRunStatus.STARTED
    assert watch(timedelta(minutes=51)) is DagsterRunStatus.FAILURE


def test_run_monitoring_ends_one_that_does_not_start(instance, monkeypatch):
    dead = under_way(instance, DagsterRunStatus.STARTING)
    later = get_current_timestamp() + 181
    monkeypatch.setattr(run_monitoring, "get_current_timestamp", lambda: later)
    (record,) = instance.get_run_records(RunsFilter(run_ids=[dead]))
    run_monitoring.monitor_starting_run(instance, record, logging.getLogger("test"))
    assert instance.get_run_by_id(dead).status is DagsterRunStatus.FAILURE
