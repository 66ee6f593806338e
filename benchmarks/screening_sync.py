"""Phones that come back into the network: 8,000 records of one commune, sent by 20 and by 50 phones at once.

usage: python benchmarks/screening_sync.py [--homes 8000] [--phones 20 50] [--rest 2.0]

A real server process (granian, two workers, the program's own settings) and real HTTP, against a database of its own. Every
phone holds its share of the visits of two hours, in random order, sends batches of 50 with a pause as the page does (2 s), and
sends a tenth of its records in two batches. A third of the answers is thrown away after the server has made them, so that
the phone sends that batch again. At the end the rows in the database are counted: each record once, none lost.

Two loads for each number of phones. *Paced*: phones find the network within a minute and rest `--rest` seconds between
batches; the times are what a phone waits. *At once*: all press at the same moment and rest 0.3 s; on
two cores the phones then wait for one another, and the server's time for a batch is what one phone alone measures.
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
os.environ["PHAODAI_DATABASE"] = "phaodai_benchmark_screening"
os.environ.setdefault("PHAODAI_DATA", str(Path(tempfile.gettempdir()) / "phaodai-benchmark"))

from phaodai.foundation.database import create_database, drop_database, ensure_running

BATCH, LOST, TWICE = 50, 1 / 3, 0.1
PASSWORD = "mot-hai-ba-bon-5"  # of an officer who does not exist
PORT = 8159


def make_commune(homes: int) -> tuple[int, list[tuple[int, int]]]:
    """A commune with a station, a round that runs today, and households of one; row ids of the round, homes and persons."""
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.db import connections, transaction

    from phaodai.people.models import Household, Officer, Organisation, Person, Post
    from phaodai.surveillance.models import Round
    from phaodai.territory.models import Unit

    since, today = date(2020, 1, 1), datetime.now(UTC).date()
    with transaction.atomic(using="owner"):
        connections["owner"].cursor().execute("select set_config('phaodai.reach', 'all', true)")
        units: list[Any] = []
        for code, tier in (("98", 1), ("980", 2), ("98001", 3), ("98001.1", 4)):
            above = units[-1] if units else None
            unit = Unit(tier=tier, code=code, type="", name=code, parent=above, in_force=(since, None))
            for column in ("province_id", "district_id", "commune_id"):
                setattr(unit, column, getattr(above, column) if above else None)
            unit.save(using="owner")
            if tier < 4:
                setattr(unit, ("province_id", "district_id", "commune_id")[tier - 1], unit.pk)
                unit.save(using="owner")
            units.append(unit)
        hamlet = units[-1]
        area = {column: getattr(hamlet, column) for column in ("province_id", "district_id", "commune_id")}
        station = Organisation(
            code="TYT",
            name="Trạm",
            short_name="Trạm",
            kind="health_station",
            tier=3,
            unit=units[2],
            reach="area",
            **area,
        )
        station.save(using="owner")
        user = User.objects.using("owner").create(username="tram", password=make_password(PASSWORD))
        officer = Officer(user=user, full_name="Trịnh Thị Ngọc")
        officer.save(using="owner")
        post = Post(officer=officer, organisation=station, title="Trạm trưởng", role="station", held=(since, None))
        post.save(using="owner")
        roofs = Household.objects.using("owner").bulk_create(
            (Household(hamlet=hamlet, address=f"Số {number}", **area) for number in range(homes)), batch_size=2000
        )
        people = Person.objects.using("owner").bulk_create(
            (Person(full_name=f"V.A.S. {roof.pk}", household=roof, **area) for roof in roofs), batch_size=2000
        )
        going = Round(
            name="Vòng 1",
            starts_on=today - timedelta(days=1),
            ends_on=today + timedelta(days=2),
            questions=["fever"],
            **area,
        )
        going.save(using="owner")
    return going.pk, [(roof.pk, person.pk) for roof, person in zip(roofs, people, strict=True)]


@dataclass
class Phone:
    """One phone: what it holds, and how long it waited for each answer."""

    number: int
    records: list[dict[str, Any]]
    rest: float
    start: float
    cookie: str
    token: str
    waits: list[float] = field(default_factory=list)
    outcomes: dict[str, int] = field(default_factory=dict)
    lost: int = 0

    def sync(self) -> None:
        """Send everything, a batch at a time; an answer that is lost on the way makes the batch go again."""
        luck = random.Random(self.number)
        time.sleep(luck.random() * self.start)
        waiting = self.records + luck.sample(self.records, int(TWICE * len(self.records)))
        luck.shuffle(waiting)
        while waiting:
            batch = waiting[:BATCH]
            answers = self._post(batch)
            if luck.random() < LOST:
                self.lost += 1
                luck.shuffle(waiting)
            else:
                for answer in answers:
                    self.outcomes[answer["outcome"]] = self.outcomes.get(answer["outcome"], 0) + 1
                waiting = waiting[BATCH:]
            time.sleep(self.rest * (0.5 + luck.random()))

    def _post(self, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
        body = {"device": f"may-{self.number}", "sent_at": datetime.now(UTC).isoformat(), "records": batch}
        headers = {"Content-Type": "application/json", "Cookie": self.cookie, "X-CSRFToken": self.token}
        began = time.perf_counter()
        line = HTTPConnection("127.0.0.1", PORT, timeout=120)
        line.request("POST", "/giam-sat/tung-nha/gui", json.dumps(body), headers)
        answer = line.getresponse()
        content = answer.read()
        self.waits.append((time.perf_counter() - began) * 1000)
        line.close()
        assert answer.status == 200, (answer.status, content[:300])
        found: list[dict[str, Any]] = json.loads(content)["answers"]
        return found


def sign_in() -> tuple[str, str]:
    """The cookies and the token of the station's officer."""
    line = HTTPConnection("127.0.0.1", PORT, timeout=120)
    line.request("GET", "/tai-khoan/login/")
    page = line.getresponse()
    cookies = dict(re.findall(r"(csrftoken|sessionid)=([^;]+)", str(page.getheaders())))
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())[0]
    form = urlencode({"login": "tram", "password": PASSWORD, "csrfmiddlewaretoken": token})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={cookies['csrftoken']}"}
    line.request("POST", "/tai-khoan/login/", form, headers)
    answer = line.getresponse()
    answer.read()
    cookies |= dict(re.findall(r"(csrftoken|sessionid)=([^;]+)", str(answer.getheaders())))
    assert "sessionid" in cookies, answer.status
    return "; ".join(f"{name}={value}" for name, value in cookies.items()), cookies["csrftoken"]


def run(phones: int, homes: list[tuple[int, int]], going: int, rest: float, start: float, seed: int) -> None:
    """One evening: every household visited once, its record on exactly one phone."""
    luck = random.Random(seed)
    now = datetime.now(UTC)
    records = [
        {
            "key": str(UUID(bytes=luck.randbytes(16), version=4)), "round": going, "household": home,
            "at": (now - timedelta(seconds=luck.random() * 7200)).isoformat(),
            "findings": [{"person": person, "state": "symptoms" if luck.random() < 0.01 else "well"}],
        }
        for home, person in homes
    ]  # fmt: skip
    for record in records:
        if record["findings"][0]["state"] == "symptoms":
            record["findings"][0] |= {"symptoms": ["fever"], "sample": True}
    cookie, token = sign_in()
    crew = [Phone(number, records[number::phones], rest, start, cookie, token) for number in range(phones)]
    began = time.perf_counter()
    threads = [threading.Thread(target=phone.sync) for phone in crew]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    _report(phones, crew, [record["key"] for record in records], took, start)


def _report(phones: int, crew: list[Phone], keys: list[str], took: float, start: float) -> None:
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.models import ScreenedDoor, ScreeningFinding, ScreeningRecord

    with entering(SYSTEM):
        kept = [str(key) for key in ScreeningRecord.objects.filter(key__in=keys).values_list("key", flat=True)]
        findings = ScreeningFinding.objects.filter(record__key__in=keys).count()
        homes = ScreeningRecord.objects.filter(key__in=keys).values("household")
        doors = ScreenedDoor.objects.filter(household__in=homes).count()
    assert sorted(kept) == sorted(keys), f"{len(kept)} kept of {len(keys)}"
    assert findings == len(keys) == doors, (findings, doors)
    waits = sorted(wait for phone in crew for wait in phone.waits)
    p50, p95 = statistics.median(waits), waits[int(0.95 * len(waits))]
    outcomes: dict[str, int] = {}
    for phone in crew:
        for outcome, count in phone.outcomes.items():
            outcomes[outcome] = outcomes.get(outcome, 0) + count
    lost = sum(phone.lost for phone in crew)
    load = "paced" if start else "at once"
    print(
        f"{phones:>3} phones, {load:<8} {len(keys):,} records once each; {len(waits)} batches of {BATCH}, {lost} answers lost;"
        f" wait p50 {p50:.0f} ms, p95 {p95:.0f} ms, worst {waits[-1]:.0f} ms; {took:.0f} s in all; answers {outcomes}"
    )  # fmt: skip


def serve() -> subprocess.Popen[bytes]:
    """The program's web server, as `phaodai serve` starts it."""
    web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "2"]
    web += ["--blocking-threads", "4", "--log-level", "warning", "phaodai.site.wsgi:application"]
    process = subprocess.Popen([sys.executable, "-m", *web])
    for _attempt in range(300):
        try:
            line = HTTPConnection("127.0.0.1", PORT, timeout=30)
            line.request("GET", "/suc-khoe")
            line.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return process
    raise SystemExit("the server did not answer")


def main() -> None:
    """Make the commune, serve it, let the phones come back."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--homes", type=int, default=8000)
    parser.add_argument("--phones", type=int, nargs="+", default=[20, 50])
    parser.add_argument("--rest", type=float, default=2.0, help="seconds between a phone's batches, paced")
    asked = parser.parse_args()
    ensure_running()
    database = os.environ["PHAODAI_DATABASE"]
    drop_database(database)
    create_database(database)
    from phaodai.site.installation import build_static, migrate, start_django

    start_django()
    build_static()
    migrate()
    going, homes = make_commune(asked.homes)
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    server = serve()
    try:
        run(1, homes[:500], going, 0.0, 0.0, 1)
        for phones in asked.phones:
            run(phones, homes, going, asked.rest, 60.0, phones)
            run(phones, homes, going, 0.3, 0.0, 1000 + phones)
    finally:
        server.terminate()
        server.wait()
        from django.db import connections

        connections.close_all()
        drop_database(database)


if __name__ == "__main__":
    main()
