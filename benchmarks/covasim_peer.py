"""Covasim 3.1.6 on the people and contacts of this program, one line of JSON a run. Started by `simulation_equivalence.py`.

    PYTHON benchmarks/covasim_peer.py DATA.npz PLAN.json

PYTHON holds `covasim==3.1.6` and `numpy<2`. DATA: `age`; the two ends of the contacts of each layer (`h0`, `h1` ...); of each
contact what a restriction leaves (`h_left` ...); who belongs to the tested group (`tested`) and who is protected (`protected`).
"""

import json
import sys
from pathlib import Path

import covasim as cv
import numpy as np

LAYERS = "hswcg"
ISOLATED = dict.fromkeys(LAYERS, 0.0) | {"h": 0.3}
QUARANTINED = dict.fromkeys(LAYERS, 0.0) | {"h": 0.7, "c": 0.05}


class Restricted(cv.Intervention):
    """From a day on each contact keeps its own share of its strength."""

    def __init__(self, day, left):
        super().__init__()
        self.day, self.left = day, left

    def apply(self, sim):
        if sim.t == self.day:
            for layer in LAYERS:
                sim.people.contacts[layer]["beta"] *= self.left[layer].astype(np.float32)


class Protected(cv.Intervention):
    """Some people are protected from the first day: against infection, against passing on, against severe disease."""

    def __init__(self, people, infection, passing_on, severe):
        super().__init__()
        self.people, self.left = people, (1 - infection, 1 - passing_on, (1 - severe) / (1 - infection))

    def apply(self, sim):
        if sim.t == 0:
            for name, left in zip(("rel_sus", "rel_trans", "severe_prob"), self.left, strict=True):
                getattr(sim.people, name)[self.people] *= left


class Rounds(cv.Intervention):
    """Every so many days a share of a group is tested, whoever is not known as a case."""

    def __init__(self, group, share, every, sensitivity):
        super().__init__()
        self.group, self.share, self.every, self.sensitivity = group, share, every, sensitivity

    def apply(self, sim):
        if sim.t % self.every == 0:
            chosen = self.group[np.random.random(len(self.group)) < self.share]
            chosen = chosen[~sim.people.diagnosed[chosen]]
            sim.people.test(chosen, test_sensitivity=self.sensitivity, test_delay=1)
            sim.results["new_tests"][sim.t] += len(chosen)


class Admitted(cv.Intervention):
    """Whoever is severely ill is known as a case the same day."""

    def __init__(self):
        # Of its own: the one inherited keeps, and later copies, whatever stands in the function that calls it.
        super().__init__()

    def apply(self, sim):
        ill = np.flatnonzero(sim.people.severe & ~sim.people.diagnosed)
        sim.people.test(ill, test_sensitivity=1.0, test_delay=0)


def interventions(plan, data):
    """What the plan asks for, in the order of a day."""
    found = []
    if "restricted" in plan:
        found.append(Restricted(plan["restricted"], {layer: data[f"{layer}_left"] for layer in LAYERS}))
    if "protected" in plan:
        found.append(Protected(data["protected"], **plan["protected"]))
    if "symptomatic" in plan:
        found.append(cv.test_prob(symp_prob=plan["symptomatic"], asymp_prob=0.0, test_delay=1, sensitivity=0.95))
    if "random" in plan:
        found.append(cv.test_num(daily_tests=plan["random"], symp_test=1.0, test_delay=1, sensitivity=0.95))
    if "rounds" in plan:
        found.append(Rounds(data["tested"], **plan["rounds"]))
    if "beds" in plan:
        found.append(Admitted())
    if "traced" in plan:
        found.append(cv.contact_tracing(trace_probs=plan["traced"], trace_time=1))
    return found


def run(plan, data, seed):
    """One run's figures."""
    layers = {
        name: cv.Layer(
            p1=data[f"{name}0"], p2=data[f"{name}1"], beta=np.ones(len(data[f"{name}0"]), np.float32), label=name
        )
        for name in LAYERS
    }
    people = len(data["age"])
    sim = cv.Sim(
        pop_size=people, pop_type="hybrid", pop_infected=plan["begun"], n_days=plan["days"] - 1, rand_seed=seed, verbose=0,
        interventions=interventions(plan, data), use_waning=False, beta=plan["chance"], n_imports=plan.get("imports", 0),
        n_beds_hosp=plan.get("beds", [None, None])[0], n_beds_icu=plan.get("beds", [None, None])[1],
    )  # fmt: skip
    sim["viral_dist"] = {"frac_time": 0.3, "load_ratio": 1, "high_cap": 4}
    sim["dur"]["inf2sym"] = {"dist": "lognormal_int", "par1": 2.0, "par2": 0.9}
    sim.popdict = {
        "uid": np.arange(people), "age": data["age"].astype(float), "sex": np.zeros(people),
        "contacts": cv.Contacts(layers), "layer_keys": list(LAYERS),
    }  # fmt: skip
    sim.reset_layer_pars(layer_keys=list(LAYERS), force=True)
    sim["beta_layer"] = dict(zip(LAYERS, plan["weights"], strict=True))
    sim["iso_factor"], sim["quar_factor"] = dict(ISOLATED), dict(QUARANTINED)
    sim["dynam_layer"] = dict.fromkeys(LAYERS, 0)
    sim.initialize()
    sim.run()
    got = sim.results
    weekly = np.convolve(got["new_infections"].values, np.ones(7), "same")
    totals = {name: float(got[f"cum_{key}"][-1]) for name, key in (("deaths", "deaths"), ("cases", "diagnoses"))}
    return {
        "attack": float(got["cum_infections"][-1]) / people,
        "peak day": float(np.argmax(weekly)),
        "tests": float(np.sum(got["new_tests"].values)),
        **totals,
    }


def main():
    data = np.load(sys.argv[1])
    plan = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    cv.options(verbose=0)
    for seed in range(*plan["seeds"]):
        print(json.dumps(run(plan, data, seed)), flush=True)


if __name__ == "__main__":
    main()
