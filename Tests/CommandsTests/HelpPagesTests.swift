// The help pages of our commands, compared whole: whoever changes an option sees here what a stranger will read.
import Commands
import Testing

@Suite struct HelpPagesTests {
    @Test func train() {
        #expect(
            Invocation("train --help", of: Bellman.application()).out == """
                usage: rl train ALGORITHM ENVIRONMENT [options]

                Trains an agent and says what it reached on fresh episodes.

                Uses the preset agents/ALGORITHM-ENVIRONMENT.json, or the algorithm's defaults where there is none.
                Budgets and intervals are in environment steps. The weights of the best evaluation are kept and
                evaluated once more at the end, on other episodes; that figure is the result.

                arguments
                  ALGORITHM              see rl list algorithms
                  ENVIRONMENT            see rl list environments

                options
                  --steps N              the budget in environment steps, rounded up to whole steps of all lanes
                  --lanes N              environments stepped together
                  --set KEY=VALUE        a hyperparameter; see rl info ALGORITHM (repeatable)
                  --env-set KEY=VALUE    a parameter of the world; see rl info ENVIRONMENT (repeatable)
                  --preset NAME|FILE     a preset other than ALGORITHM-ENVIRONMENT
                  --until-return X|none  stop when an evaluation reaches a mean return of X
                  --seed N               the run's seed: the same seed gives the same bits (default 0)
                  --seeds N              N runs with successive seeds, side by side, one summary
                  --schedule-steps N     what everything that is a share of the budget is a share of (the budget)
                  --out DIR              the run's folder; the default is the next free one under runs/
                  --eval-every N         steps between evaluations (a twentieth of the budget)
                  --eval-episodes N      episodes of each evaluation (20)
                  --checkpoint-every N   steps between checkpoints (a tenth of the budget)
                  --threads N            threads of one run's worlds; the result is the same (default 1)
                  --tensorboard          also write event files for TensorBoard
                  --jsonl                also write metrics.jsonl: every row and every alarm as a line of JSON
                  --watch                open a window that follows the run; the training does not change
                  --deterministic        refuse to run where the bits would differ from those of other x86-64-v3
                                         machines; costs nothing
                  --explain              print every value and where it came from, and stop
                  --quiet                print nothing but errors and, with --json, the result
                  --no-progress          no progress, only the result
                  --json                 print one JSON document on standard output; text for people goes to
                                         standard error
                  -h, --help             show this page

                examples
                  rl train dqn cartpole
                  rl train dqn cartpole --seeds 20 --json          # twenty runs and one summary
                  rl train dqn cartpole --set learning_rate=1e-3   # any hyperparameter

                """)
    }

    @Test func resume() {
        #expect(
            Invocation("resume --help", of: Bellman.application()).out == """
                usage: rl resume RUN [options]

                Continues a stopped run, or a group of seeds, exactly where it was.

                From the newest checkpoint in the run's folder, or from the start where there is none yet; where
                none can be used, nothing changes. The result is that of a run that was never stopped. With --steps
                it goes on longer, or ends earlier, than it was made for: its schedules stay as they were, and the
                result is that of rl train --steps M --schedule-steps N, N being the budget that it was made with.

                The folder of rl train --seeds stands for all its seeds: those that were stopped go on, those that
                never began begin, and the summary is that of a group that was never stopped.

                arguments
                  RUN            a run's folder, or that of --seeds

                options
                  --steps M      another budget in environment steps, more than the run has taken
                  --threads N    threads of one run's worlds; the result is the same (default 1)
                  --quiet        print nothing but errors and, with --json, the result
                  --no-progress  no progress, only the result
                  --json         print one JSON document on standard output; text for people goes to standard error
                  -h, --help     show this page

                examples
                  rl resume runs/dqn-cartpole/seed-0
                  rl resume runs/dqn-cartpole/seed-0 --steps 200000   # as long again, with the schedules it has
                  rl resume runs/dqn-cartpole                         # whatever is left of --seeds

                """)
    }

    @Test func verifyResume() {
        #expect(
            Invocation("verify-resume --help", of: Bellman.application()).out == """
                usage: rl verify-resume ALGORITHM ENVIRONMENT [options]

                Proves that an interrupted run ends like one that never was.

                Trains three times with the same seed: without an interruption; until step K, saved there as if by
                Ctrl-C, and resumed; and until step K, dropped as if killed, and resumed. All in this process: no
                signal is sent, which scripts/torture does. Every file of the three but timing.csv, and all of
                run.json but what the clock and the machine say, must be equal byte for byte; otherwise the first
                byte and tensor that differ are named, the folders are kept, and the status is 1.

                arguments
                  ALGORITHM              see rl list algorithms
                  ENVIRONMENT            see rl list environments

                options
                  --steps N              the budget in environment steps, rounded up to whole steps of all lanes
                  --lanes N              environments stepped together
                  --set KEY=VALUE        a hyperparameter; see rl info ALGORITHM (repeatable)
                  --env-set KEY=VALUE    a parameter of the world; see rl info ENVIRONMENT (repeatable)
                  --preset NAME|FILE     a preset other than ALGORITHM-ENVIRONMENT
                  --until-return X|none  stop when an evaluation reaches a mean return of X
                  --at K                 interrupts after this step (half of the budget)
                  --seed N               the runs' seed (default 0)
                  --json                 print one JSON document on standard output; text for people goes to
                                         standard error
                  -h, --help             show this page

                example
                  rl verify-resume dqn cartpole --steps 10000 --at 6543

                """)
    }

    @Test func eval() {
        #expect(
            Invocation("eval --help", of: Bellman.application()).out == """
                usage: rl eval AGENT… [options]

                Plays episodes on fixed seeds and says how good an agent is.

                Episode i uses seed + i in a fresh world of the kind the agent was trained in. With --min-return the
                exit status is 3 when the mean is below it. Several agents are all played, and the worst status
                wins.

                arguments
                  AGENT           a trained agent's name, a .safetensors file or a run's folder

                options
                  --episodes N    how many episodes (default 100)
                  --seed N        the first episode's seed (default 2000000)
                  --mode MODE     greedy, sampled or epsilon=X (default greedy)
                  --min-return X  exit with status 3 when the mean return is below X
                  --junit FILE    write the result as a JUnit report
                  --regret        compare with the exact optimum, where the world's rules can be read
                  --json          print one JSON document and nothing else
                  -h, --help      show this page

                examples
                  rl eval dqn-cartpole --min-return 475 --json     # exit status 3 when it is worse
                  rl eval runs/dqn-cartpole/seed-0 --episodes 1000
                  rl eval dqn-cartpole --min-return 475 --junit report.xml

                """)
    }

    @Test func inspect() {
        #expect(
            Invocation("inspect --help", of: Bellman.application()).out == """
                usage: rl inspect AGENT [options]

                Shows what an agent has learned, as one HTML page of pictures.

                The agent plays some episodes, and the states that it meets are examined: its first layer, its
                layers at work, what its decisions depend on, what excites its units, how little flips a decision, a
                map of its states, and its values beside the exact ones where the world's rules can be read. What an
                agent does not have is left out. The page needs no other file.

                arguments
                  AGENT         a trained agent's name, a .safetensors file or a run's folder

                options
                  --out FILE    where the page is written [NAME-inspect.html]
                  --episodes N  how many episodes to look at (default 3)
                  --seed N      the first episode's seed (default 2000000)
                  --mode MODE   greedy, sampled or epsilon=X (default greedy)
                  --frames N    how many states of the first episode are shown one by one (default 6)
                  --json        print one JSON document and nothing else
                  -h, --help    show this page

                examples
                  rl inspect dqn-breakout
                  rl inspect dqn-cartpole --out cartpole.html --episodes 10
                  rl inspect runs/dqn-cartpole/seed-0 --mode epsilon=0.1 --json

                """)
    }

    @Test func trace() {
        #expect(
            Invocation("trace --help", of: Bellman.application()).out == """
                usage: rl trace ENVIRONMENT [options]

                Steps a world and prints every step.

                Line 0 is the reset. After an ending the next line is the next episode's reset, step 0 again; resets
                take no step of --steps. Actions come from a source of their own (stream 1 of the seed), in turn, or
                from a file with one action a line.

                arguments
                  ENVIRONMENT                 see rl list environments

                options
                  --seed N                    the world's seed, as Gymnasium's reset(seed=N) (default 0)
                  --actions random|cycle|FILE
                                              where actions come from (default random)
                  --steps N                   how many steps (default 20)
                  --env-set KEY=VALUE         a parameter of the world (repeatable)
                  --csv                       print comma-separated values
                  --json                      print one JSON document a line
                  --full                      add the state in full precision
                  --reference-draws           draw as the package that the world follows does
                  -h, --help                  show this page

                examples
                  rl trace cartpole --seed 123 --steps 5
                  rl trace cartpole --seed 42 --actions cycle --steps 30 --json --full

                """)
    }

    @Test func list() {
        #expect(
            Invocation("list --help", of: Bellman.application()).out == """
                usage: rl list [KIND] [options]

                Lists the environments, the algorithms and the trained agents.

                arguments
                  KIND        environments, algorithms or agents; all of them when left out

                options
                  --json      print one JSON document and nothing else
                  -h, --help  show this page

                examples
                  rl list
                  rl list environments
                  rl list agents --json

                """)
    }

    @Test func info() {
        #expect(
            Invocation("info --help", of: Bellman.application()).out == """
                usage: rl info THING [options]

                Tells everything about an environment, an algorithm, an agent or a run.

                arguments
                  THING       a name from rl list, a .safetensors file or a run's folder

                options
                  --json      print one JSON document and nothing else
                  -h, --help  show this page

                examples
                  rl info cartpole
                  rl info dqn
                  rl info dqn-cartpole --json

                """)
    }

    @Test func help() {
        #expect(
            Invocation("help --help", of: Bellman.application()).out == """
                usage: rl help [COMMAND]

                Shows the commands, or everything about one of them.

                arguments
                  COMMAND     the command to explain; all of them without it

                options
                  -h, --help  show this page

                example
                  rl help doctor

                """)
    }
}
