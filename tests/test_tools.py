"""kzus beside other tools, as a shell runs them; one that isn't installed is skipped, but for those that tests need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FIXTURE

BIN = Path(sys.executable).parent
PIPELINES = [
    (
        "mlr",
        "kzus deals -f tsv | mlr --tsv stats1 -a sum -f counted_usd -g sector then sort -f sector",
        "sector\tcounted_usd_sum\nenergy\t500000000\nhealth\t0\ntransport\t4600000000\n",
    ),
    (
        "mlr",
        "kzus statements -f csv | mlr --icsv --ojsonl cut -f id,text",
        '{"id": "rails-matter", "text": "Rails matter."}\n',
    ),
    (
        "jq",
        "kzus deals -f json | jq -r '.[] | select(.reason) | [.id, .reason] | @tsv' | sort",
        "clinic\tno published value\n"
        "grid\tremainder after its parts\nloan\tlent, in no total\nlocomotive-letter\tsuperseded by locomotives\n"
        "plant\tcancelled\ntenge-bond\tstated in KZT\n",
    ),
    ("jq", "kzus export json | jq -c '[.as_of, (.deals | length)]'", '["2026-06-30",8]\n'),
    ("jq", "kzus cite loan --style csl-json | jq -r '.[].URL'", "https://example.org/akorda\n"),
    (
        "sqlite3",
        "kzus export sqlite facts.sqlite && sqlite3 facts.sqlite"
        " 'select party, sum(counted_usd) from deals join deal_parties on deal = id group by 1 order by 2 desc'",
        "ktz|5800000000\nwabtec|5100000000\ncitibank|1600000000\nsamruk|900000000\n",
    ),
    (
        "sqlite3",
        "kzus export sqlite facts.sqlite && sqlite3 facts.sqlite 'pragma foreign_key_check; pragma integrity_check'",
        "ok\n",
    ),
    (
        "sqlite3",
        "kzus sql --schema | sqlite3 made.sqlite && sqlite3 made.sqlite .schema | grep -c '^CREATE TABLE [a-z_]* ( --'",
        "27\n",
    ),
    (
        "sqlite3",
        "kzus export sqlite x && sqlite3 x \"select id from search where search match 'wabtec*' and kind = 'parties'\"",
        "wabtec\n",
    ),
    ("frictionless", "kzus export datapackage package && frictionless validate package/datapackage.json >log", ""),
]


@pytest.mark.parametrize(("tool", "command", "shown"), PIPELINES, ids=[command for _, command, _ in PIPELINES])
def test_a_pipeline_gives_what_it_should(tool: str, command: str, shown: str, tmp_path: Path) -> None:
    path = os.pathsep.join((str(BIN), os.environ["PATH"]))
    if not shutil.which(tool, path=path) and tool != "frictionless":
        pytest.skip(f"{tool} isn't installed, so that this isn't tested: {command}")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "KZUS_FACTS": str(FIXTURE), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, shown, "")
