import pytest
from datetime import date, datetime
from phaodai.rulebook.showing.addresses import bench_url, measures_url, value_url, table_url
CASE = {"tier": "commune", "cases_per_100k_week": 121.9, "dose1_adult_share": 0.934, "full_elderly_share": 0.768}
def test_shots(office, site):
    out="/tmp/rb/"
    pages={"bench":bench_url("risk-level", date(2021,11,24), CASE),
     "open":bench_url("risk-level", date(2021,11,24), CASE|{"cases_per_100k_week":30}),
     "queue":"/luat/cho-doi-chieu","value":value_url("risk-level.matrix/2-covered@2021-10-12","covid-19"),
     "measures":measures_url("covid-19",ngay="2021-11-27"),"wedding":measures_url("covid-19",cap="3",viec="đám cưới",nguoi="40",ngay="2021-11-27"),
     "docs":"/luat/van-ban","doc":"/luat/van-ban/4800-qd-byt","day":"/luat/ngay/2022-01-27","table":table_url("risk-level.matrix","covid-19",date(2021,11,24))}
    desk=office.desk("linh"); 
    for n,a in pages.items():
        desk.open(a); desk.page.screenshot(path=f"{out}{n}.png", full_page=True)
    dark=office.desk("linh",scheme="dark"); dark.open(pages["bench"]); dark.page.screenshot(path=f"{out}bench-dark.png")
    phone=office.desk("linh",width=360)
    for n in ("bench","measures","wedding","value","queue","day"):
        phone.open(pages[n]); phone.page.screenshot(path=f"{out}{n}-phone.png", full_page=True)
        w=phone.page.evaluate("document.documentElement.scrollWidth"); print(n,"phone width",w)
    en=office.desk("linh",english=True); en.open(pages["bench"]); en.page.screenshot(path=f"{out}bench-en.png", full_page=True)
    # typing
    p=desk.open(pages["bench"]); p.locator("#id_cases_per_100k_week").fill("10"); p.wait_for_timeout(900); print(p.url); print(p.locator("#answer .opened").inner_text())
    p.locator("#quy-tac").select_option("quarantine"); p.wait_for_timeout(900); print(p.url, p.locator("h1").inner_text())
    from axe_playwright_python.sync_playwright import Axe
    for n,a in pages.items():
        desk.open(a); r=Axe().run(desk.page); 
        if r.violations_count: print(n, r.generate_report()[:1500])
