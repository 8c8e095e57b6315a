"""`python -m evals.robustness`: the comparison of bad files among good ones."""

import sys

from evals.robustness.bad_files import main

sys.exit(main())
