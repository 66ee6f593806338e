"""What happens to a person is counted where they live and among those of their age."""

from epidemic.simulation.kernel import part_kernel
from epidemic.simulation.orders import World
from epidemic.simulation.state import State, band_of


@part_kernel
def count_at_home(world: World, state: State, day: int, person: int, series: int) -> None:
    """Add one to a series of `PLACE_SERIES` in a person's commune and age band."""
    state.tallies.communes[day, world.commune[state.bodies[person].hamlet], series] += 1
    state.tallies.bands[day, band_of(state, person), series] += 1
