"""Fifty sessions that record at once, twenty doses a second, and a server that is killed in the middle.

usage: python benchmarks/vaccination_load.py [--sessions 50] [--rate 20] [--seconds 60]

A real server process (granian, two workers, the program's own settings) and real HTTP against a database of its own. Each
session is a phone that records a dose as the page does, one a request, at the session's share of the rate. Half-way the
server and its workers get kill -9 and are started again; phones send what was not acknowledged again under its own key. At
the end the rows of the database are counted against what was acknowledged and what was recorded.
"""

import argparse
import json
import os
import random
import statistics
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as hour
from http.client import HTTPConnection, HTTPException
from uuid import UUID

import psutil
from screening_sync import PORT, make_commune, serve, sign_in

from phaodai.foundation.database import create_database, drop_database, ensure_running

RETRY = 0.5
"""Seconds until a phone tries again; the page waits 2 and more."""


def lay_tables(count: int) -> tuple[list[int], int]:
    """Open sessions of the station and the lot they draw from: row ids."""
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.people.models import Organisation
    from phaodai.supply.models import Batch, Item
    from phaodai.vaccination.models import Session, VaccineLot

    with entering(SYSTEM):
        station = Organisation.objects.get(code="TYT")
        province, today = station.province_id, datetime.now(UTC).date()
        item = Item.objects.create(province_id=province, code="VX", name="AZ", unit="lọ", kind="vaccine")
        batch = Batch.objects.create(
            province_id=province, item=item, number="L1", expires_on=date(today.year + 1, 1, 1)
        )
        lot = VaccineLot.objects.create(
            province_id=province, batch=batch, product="astrazeneca", number="L1", doses_per_vial=10,
            expires_on=batch.expires_on,
        )  # fmt: skip
        sessions = Session.objects.bulk_create(
            Session(
                name=f"Bàn {number}", organisation=station, day=today, starts_at=hour(0), ends_at=hour(23, 59),
                state="open", **station.area.columns,
            )
            for number in range(count)
        )  # fmt: skip
    return [one.pk for one in sessions], lot.pk


@dataclass
class Table:
    """One phone at one session: what it recorded, what the server acknowledged, how long each answer took."""

    number: int
    session: int
    lot: int
    cookie: str
    token: str
    pause: float
    until: float
    recorded: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    tries_again: int = 0

    def work(self) -> None:
        """Record people one after another; a dose is not left before the server has it."""
        luck = random.Random(self.number)
        time.sleep(luck.random() * self.pause)
        while time.monotonic() < self.until:
            began = time.monotonic()
            self._record(str(UUID(bytes=luck.randbytes(16), version=4)), luck)
            time.sleep(max(0.0, self.pause * (0.5 + luck.random()) - (time.monotonic() - began)))

    def _record(self, key: str, luck: random.Random) -> None:
        name = f"Người {self.number}-{len(self.recorded)}"
        identity = {"name": name, "born": f"{luck.randrange(1940, 2000)}-01-0{luck.randrange(1, 9)}", "sex": "F"}
        dose = {
            "key": key, "session": self.session, "number": 1, "product": "astrazeneca", "lot": self.lot,
            "lot_number": "L1", "at": datetime.now(UTC).isoformat(), "identity": identity,
        }  # fmt: skip
        self.recorded.append(key)
        while not self._sent(dose):
            self.tries_again += 1
            time.sleep(RETRY)
        self.acknowledged.append(key)

    def _sent(self, dose: dict[str, object]) -> bool:
        body = {"device": f"may-{self.number}", "sent_at": datetime.now(UTC).isoformat(), "records": [dose]}
        headers = {"Content-Type": "application/json", "Cookie": self.cookie, "X-CSRFToken": self.token}
        began = time.perf_counter()
        line = HTTPConnection("127.0.0.1", PORT, timeout=30)
        try:
            line.request("POST", f"/tiem-chung/buoi/{self.session}/tiem/gui", json.dumps(body), headers)
            answer = line.getresponse()
            content = answer.read()
        except (OSError, HTTPException):
            return False
        finally:
            line.close()
        if answer.status >= 500:
            return False
        self.waits.append((time.perf_counter() - began) * 1000)
        (said,) = json.loads(content)["answers"]
        assert said["outcome"] in ("accepted", "had"), said
        return True


def kill(process: psutil.Process) -> None:
    """kill -9 of the server and of its workers."""
    for one in [process, *process.children(recursive=True)]:
        one.kill()


def run(sessions: list[int], lot: int, rate: float, seconds: float) -> None:
    """The whole evening with the death of the server in its middle."""
    server = serve()
    cookie, token = sign_in()
    until = time.monotonic() + seconds
    pause = len(sessions) / rate
    tables = [Table(n, session, lot, cookie, token, pause, until) for n, session in enumerate(sessions)]
    threads = [threading.Thread(target=table.work) for table in tables]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    time.sleep(seconds / 2)
    kill(psutil.Process(server.pid))
    server.wait()
    server = serve()
    down = time.monotonic() - began - seconds / 2
    try:
        for thread in threads:
            thread.join()
        report(tables, time.monotonic() - began, down)
    finally:
        server.terminate()
        server.wait()


def report(tables: list[Table], took: float, down: float) -> None:
    """Count what is in the books against what was said."""
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.vaccination.models import Dose, Observation

    recorded = sorted(key for table in tables for key in table.recorded)
    acknowledged = sorted(key for table in tables for key in table.acknowledged)
    with entering(SYSTEM):
        kept = sorted(str(key) for key in Dose.objects.values_list("key", flat=True))
        watched = Observation.objects.count()
    waits = sorted(wait for table in tables for wait in table.waits)
    again = sum(table.tries_again for table in tables)
    print(
        f"{len(tables)} sessions, {len(recorded):,} doses in {took:.0f} s ({len(recorded) / took:.1f} a second), server killed"
        f" and down for {down:.1f} s; {again} tries again; kept {len(kept):,}, acknowledged {len(acknowledged):,}, watched"
        f" {watched:,}; wait p50 {statistics.median(waits):.0f} ms, p95 {waits[int(0.95 * len(waits))]:.0f} ms,"
        f" worst {waits[-1]:.0f} ms"
    )
    assert kept == acknowledged == recorded, "a dose was lost or doubled"
    assert watched == len(kept), "a dose without its observation"


def main() -> None:
    """Lay the tables, serve them, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--rate", type=float, default=20.0, help="doses a second, of all sessions together")
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    ensure_running()
    database = os.environ["PHAODAI_DATABASE"]
    drop_database(database)
    create_database(database)
    from phaodai.site.installation import build_static, migrate, start_django

    start_django()
    build_static()
    migrate()
    make_commune(100)
    sessions, lot = lay_tables(asked.sessions)
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    try:
        run(sessions, lot, asked.rate, asked.seconds)
    finally:
        from django.db import connections

        connections.close_all()
        drop_database(database)


if __name__ == "__main__":
    main()
