// The executable: everything it does lives in the rooms below.

import Commands

Bellman.main()
