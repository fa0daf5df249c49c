"""Write the constructed data sets beside this file: ``python data/kayser-2022/admissible/make.py``.

It takes several minutes. Run ``secondlook.data.seal("kayser-2022")`` afterwards.
"""

from pathlib import Path

import numpy as np

from papers.kayser_2022.construct import construct

for name, patients in construct(np.random.default_rng(20220210)).items():
    patients.to_csv(Path(__file__).with_name(f"{name}.csv"), index=False, lineterminator="\n")
