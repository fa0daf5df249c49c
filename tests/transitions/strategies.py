"""Random (start, stop] rows for property tests: states that change, ties, late entry, gaps."""

import pandas as pd
from hypothesis import strategies as st


@st.composite
def changing_states(draw, states="ab", most_patients=12, one_row_each=False):
    rows = []
    for patient in range(draw(st.integers(3, most_patients))):
        clock = 0 if one_row_each else draw(st.integers(0, 2))
        visits = 1 if one_row_each else draw(st.integers(1, 4))
        for visit in range(visits):
            stop = clock + draw(st.integers(1, 5))
            event = visit == visits - 1 and draw(st.booleans())
            rows.append((patient, clock, stop, event, draw(st.sampled_from(states))))
            clock = stop + (0 if one_row_each else draw(st.integers(0, 1)))
    return pd.DataFrame(rows, columns=["id", "start", "stop", "event", "state"])


def both_states(rows):
    return len(set(rows["state"])) > 1
