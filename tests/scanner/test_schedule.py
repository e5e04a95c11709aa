from __future__ import annotations

import configparser
import re
import shlex

import pytest
import yaml

from scanner.schedule import EXPORTS, Rescan, systemd, validate

ODD = Rescan(("github:acme", '/srv/it\'s 100% "$HOME" \\x'), "/etc/assay/a.toml", "*/15 5 * * 1-5")


def test_the_cron_line_has_five_fields_a_user_and_the_command() -> None:
    line = EXPORTS["cron"](ODD).splitlines()[-1]
    assert line.split()[:6] == ["*/15", "5", "*", "*", "1-5", "assay"]
    command = line.split(" && ")[-1]
    assert "100\\%" in command
    assert shlex.split(command.replace("\\%", "%")) == ["assay", *ODD.arguments]


def test_the_systemd_unit_and_timer_parse() -> None:
    unit, timer = systemd(ODD).split("# /etc/systemd/system/assay.timer\n")
    read = configparser.RawConfigParser(strict=True)
    read.optionxform = str  # type: ignore[assignment,method-assign]  # the documented way to keep case
    read.read_string(unit)
    command = read["Service"]["ExecStart"]
    assert command.startswith("/usr/bin/env assay ")
    assert '"/srv/it\'s 100%% \\"$$HOME\\" \\\\x"' in command
    read.read_string(timer.replace("[Unit]", "[Unit of the timer]"))
    assert read["Timer"]["OnCalendar"] == "Mon,Tue,Wed,Thu,Fri *-*-* 5:0/15:00 UTC"


@pytest.mark.parametrize(
    ("when", "calendar"),
    [
        ("0 5 * * 1", "Mon *-*-* 5:0:00 UTC"),
        ("30 4 1 */3 *", "*-1/3-1 4:30:00 UTC"),
        ("0 5 * * 0,7", "Sun *-*-* 5:0:00 UTC"),
        ("0 5 * * */2", "Tue,Thu,Sat,Sun *-*-* 5:0:00 UTC"),
        ("0 5 * * 6-7", "Sat,Sun *-*-* 5:0:00 UTC"),
        ("0 1-5 * * *", "*-*-* 1..5:0:00 UTC"),
    ],
)
def test_cron_times_mean_the_same_to_systemd(when: str, calendar: str) -> None:
    assert f"OnCalendar={calendar}\n" in systemd(Rescan(("x",), "", when))


def test_day_and_weekday_together_mean_two_things_and_are_refused() -> None:
    with pytest.raises(ValueError, match="systemd cannot say"):
        systemd(Rescan(("x",), "", "0 5 1 * 1"))


def test_the_workflow_is_yaml_and_names_the_token_only() -> None:
    text = EXPORTS["github-actions"](ODD)
    read = yaml.safe_load(text)
    assert read[True]["schedule"] == [{"cron": "*/15 5 * * 1-5"}]
    job = read["jobs"]["rescan"]
    assert job["env"]["ASSAY_GITHUB_TOKEN"] == "${{ secrets.ASSAY_GITHUB_TOKEN }}"
    assert read["permissions"] == {"contents": "read"}
    restore, run, save = job["steps"][1:4]
    assert (restore["uses"], save["uses"]) == ("actions/cache/restore@v4", "actions/cache/save@v4")
    assert "run" in run
    assert (save["if"], save["with"]["path"]) == (
        "always()",
        job["env"]["XDG_DATA_HOME"].removeprefix("${{ github.workspace }}/"),
    )
    assert save["with"]["key"] == restore["with"]["key"]
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert shlex.split(runs[0])[:4] == ["assay", "scan", *ODD.targets]


def test_the_cron_job_is_yaml_and_runs_without_rights() -> None:
    read = yaml.safe_load(EXPORTS["kubernetes"](ODD))
    assert (read["kind"], read["spec"]["schedule"]) == ("CronJob", "*/15 5 * * 1-5")
    (container,) = read["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    assert container["args"] == ODD.arguments
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert "valueFrom" in next(e for e in container["env"] if e["name"] == "ASSAY_GITHUB_TOKEN")


def test_the_cron_job_mounts_the_engagement_file_where_the_arguments_name_it() -> None:
    def pod(engagement: str) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
        read = yaml.safe_load(EXPORTS["kubernetes"](Rescan(("github:acme",), engagement, "0 5 * * 1")))
        spec = read["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        return spec["containers"][0]["volumeMounts"], spec["volumes"]

    mounts, volumes = pod("/etc/assay/it's.toml")
    mounted = {
        "name": "engagement",
        "mountPath": "/etc/assay/it's.toml",
        "subPath": "engagement.toml",
        "readOnly": True,
    }
    assert mounts[-1] == mounted
    assert volumes[-1] == {"name": "engagement", "configMap": {"name": "assay"}}
    assert pod("a.toml")[0][-1]["mountPath"] == "/var/lib/assay/a.toml"
    assert [v["name"] for v in pod("")[1]] == ["data", "tmp"]


@pytest.mark.parametrize("form", sorted(EXPORTS))
@pytest.mark.parametrize(
    ("targets", "tokens"),
    [
        (("github:acme",), {"ASSAY_GITHUB_TOKEN"}),
        (("https://github.com/acme/api.git",), {"ASSAY_GITHUB_TOKEN"}),
        (("git@github.com:acme/api.git",), {"ASSAY_GITHUB_TOKEN"}),
        (("gitlab:acme/tools",), {"ASSAY_GITLAB_TOKEN"}),
        (("gitlab:acme", "github:acme"), {"ASSAY_GITHUB_TOKEN", "ASSAY_GITLAB_TOKEN"}),
        (("/srv/repos",), set()),
    ],
)
def test_each_form_names_the_tokens_that_the_targets_need(
    form: str, targets: tuple[str, ...], tokens: set[str]
) -> None:
    text = EXPORTS[form](Rescan(targets, "", "0 5 * * 1"))
    assert set(re.findall(r"ASSAY_\w+_TOKEN", text)) == tokens
    keys = {f"{token.split('_')[1].lower()}-token" for token in tokens}
    assert form != "kubernetes" or set(re.findall(r"key: (\S+)", text)) == keys


def test_the_cron_line_exports_every_token() -> None:
    line = EXPORTS["cron"](Rescan(("gitlab:a", "github:b"), "", "0 5 * * 1")).splitlines()[-1]
    assert ". /etc/assay/environment && export ASSAY_GITHUB_TOKEN ASSAY_GITLAB_TOKEN && assay scan" in line
    local = EXPORTS["cron"](Rescan(("/srv",), "", "0 5 * * 1")).splitlines()[-1]
    assert local.startswith("0 5 * * 1 assay assay scan /srv ")


@pytest.mark.parametrize("form", sorted(EXPORTS))
def test_no_form_lets_a_target_begin_a_line(form: str) -> None:
    for evil in ("x\n* * * * * root id", "x\r\ny", "x\x00", "x\x1b[2J"):
        with pytest.raises(ValueError, match="control characters"):
            EXPORTS[form](Rescan((evil,), "", "0 5 * * 1"))


@pytest.mark.parametrize("when", ["* * * * *", "0 5 * * 1", "*/5 0-6/2 1,15 1-12 0,7", "59 23 31 12 7"])
def test_cron_times_are_accepted(when: str) -> None:
    validate(when)


@pytest.mark.parametrize(
    "when",
    [
        "",
        "0 5 * *",
        "0 5 * * * *",
        "60 5 * * 1",
        "0 24 * * 1",
        "0 5 0 * 1",
        "0 5 * 13 1",
        "0 5 * * 8",
        "5-1 5 * * *",
        "*/0 5 * * *",
        "a b c d e",
        "0 5 * * MON",
        "-- - - - -",
        "0,, 5 * * *",
    ],
)
def test_what_is_no_cron_time_is_refused_with_an_example(when: str) -> None:
    with pytest.raises(ValueError, match=re.escape("such as '0 5 * * 1'")):
        validate(when)
