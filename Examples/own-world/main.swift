// `rl` with one world more: everything that the commands can do, they can do with it.
//
//     swift run -c release own-world train dqn sled --preset Examples/own-world/dqn-sled.json
import Commands

Bellman.main(adding: [Sled.specification])
