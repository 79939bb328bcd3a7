#!/usr/bin/env python3
"""Plays the five mini-Atari games of the published MinAtar package beside ours and counts every step that differs.

Needs what ../requirements.txt names. Our side draws as the package does (`rl trace --reference-draws`). Compared at every reset and
step: the screen, the reward, the ending, and the whole state, number by number, read from the package's running objects. A third of
the seeds act at random; a third look ahead on copies of the game, so that they live to see ramps, refilled walls and full boats; a
third do so without ramping. Exit status: 0 when nothing differs, 1 otherwise.
"""

import argparse
import copy
import importlib.metadata
import itertools
import json
import random
import subprocess
import sys
import tempfile

import minatar
import numpy

GAMES = ["breakout", "asterix", "freeway", "seaquest", "space-invaders"]
STICKY = [0.0, 0.1, 0.5]
STYLES = ["random", "careful", "careful, no ramping"]
SCRATCH = numpy.random.RandomState(0)
ROOM = {"f_bullets": 4, "e_bullets": 64, "e_fish": 48, "e_subs": 48, "divers": 4}


def cells(plane, rows):
    return [int(cell) for row in plane[rows] for cell in row]


def listed(entities, room, fields):
    """The count, then five numbers for each place."""
    numbers = [len(entities)]
    for entity in entities:
        numbers += (fields(entity) + [0] * 5)[:5]
    return numbers + [0] * (5 * (room - len(entities)))


def sign(goes_right):
    return 1 if goes_right else -1


def drifting(entity):
    """x, y, direction, and the timers where there are any."""
    return [entity[0], entity[1], sign(entity[2]), *entity[3:]]


def breakout(game):
    across, along = [(-1, -1), (1, -1), (1, 1), (-1, 1)][game.ball_dir]
    return [
        game.ball_x, game.ball_y, across, along, game.last_x, game.last_y, game.pos, game.strike,
        *cells(game.brick_map, slice(1, 4)),
    ]


def asterix(game):
    slots = [[1, slot[0], slot[2], slot[3]] if slot else [0, 0, 0, 0] for slot in game.entities]
    return [
        game.player_x, game.player_y, game.spawn_speed, game.spawn_timer, game.move_speed, game.move_timer, game.ramp_timer,
        game.ramp_index, *itertools.chain(*slots),
    ]


def freeway(game):
    cars = [[x, timer, speed] for x, _, timer, speed in game.cars]
    return [game.pos, game.move_timer, game.terminate_timer, *itertools.chain(*cars)]


def seaquest(game):
    numbers = [
        game.sub_x, game.sub_y, sign(game.sub_or), game.oxygen, game.diver_count, game.surface, game.e_spawn_speed,
        game.move_speed, game.ramp_index, game.e_spawn_timer, game.d_spawn_timer, game.shot_timer,
    ]
    for name, room in ROOM.items():
        numbers += listed(getattr(game, name), room, drifting)
    return numbers


def space_invaders(game):
    numbers = [
        game.pos, game.alien_dir < 0, game.enemy_move_interval, game.alien_move_timer, game.alien_shot_timer, game.shot_timer,
        game.ramp_index,
    ]
    for plane in (game.alien_map, game.f_bullet_map, game.e_bullet_map):
        numbers += cells(plane, slice(0, 10))
    return numbers


NUMBERS = {
    "breakout": breakout, "asterix": asterix, "freeway": freeway, "seaquest": seaquest, "space-invaders": space_invaders,
}


def snapshot(name, game, action, reward, is_over):
    state = [float(number) for number in (is_over, game.last_action, *NUMBERS[name](game.env))]
    screen = [int(cell) for cell in game.state().flatten()]
    return action, screen, float(reward), "terminated" if is_over else "running", state


def careful(game, chooser):
    """An action that pays soon, else one that does not end the game soon, judged by a few acts on a copy.

    In Freeway mostly on, in Breakout mostly after the ball: a few acts show nothing there. Copies draw from a generator of
    their own, as copying the game's would take most of the time.
    """
    if game.env_name == "freeway":
        return 2 if chooser.random() < 0.8 else chooser.randrange(6)
    if game.env_name == "breakout" and chooser.random() < 0.99:
        return 1 if game.env.pos > game.env.ball_x else 3 if game.env.pos < game.env.ball_x else 0
    candidates = list(range(6))
    chooser.shuffle(candidates)
    best, best_worth = candidates[0], -1.0
    for action in candidates[:4]:
        trial, worth = copy.deepcopy(game, {id(game.random): SCRATCH}), 0.0
        for depth in range(4):
            reward, is_over = trial.act(action if depth == 0 else chooser.randrange(6))
            worth += 10 * reward + 1
            if is_over:
                worth -= 5
                break
        if worth > best_worth:
            best, best_worth = action, worth
    return best


def play(name, seed, acts, episodes, sticky, style):
    """The package's account: one (action, screen, reward, ending, state) for each reset and act, resets with action None."""
    game = minatar.Environment(
        name.replace("-", "_"), sticky_action_prob=sticky, difficulty_ramping=style != "careful, no ramping")
    game.seed(seed)
    game.reset()
    chooser, finished = random.Random(seed), 0
    account = [snapshot(name, game, None, 0, False)]
    for act in range(acts):
        action = chooser.randrange(6) if style == "random" else careful(game, chooser)
        reward, is_over = game.act(action)
        account.append(snapshot(name, game, action, reward, is_over))
        if is_over:
            finished += 1
            if act + 1 == acts or finished == episodes:
                break
            game.reset()
            account.append(snapshot(name, game, None, 0, False))
    return account


def trace(rl, name, seed, actions, sticky, style):
    """Ours, line by line."""
    settings = {
        "sticky": sticky, "ramping": str(style != "careful, no ramping").lower(), "clock_terminates": "true",
        "time_limit": 10**9,
    }
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("".join(f"{action}\n" for action in actions))
        file.flush()
        command = [rl, "trace", name, "--json", "--full", "--reference-draws", "--seed", str(seed)]
        command += ["--actions", file.name, "--steps", str(len(actions))]
        for key, value in settings.items():
            command += ["--env-set", f"{key}={value}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                row = json.loads(line)
                yield row["action"], row["observation"], row["reward"], row["ending"], row["state"]
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)} ended with status {process.returncode}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rl", default="./rl", help="the program to compare (./rl)")
    parser.add_argument("--seeds", type=int, default=18, help="seeds of each game, spread over stickiness and style of play (18)")
    parser.add_argument("--seed", type=int, default=0, help="the first seed (0)")
    parser.add_argument("--acts", type=int, default=2000, help="acts of each seed (2000)")
    parser.add_argument("--episodes", type=int, help="stop a seed after so many episodes, too")
    parser.add_argument("--games", nargs="*", default=GAMES, choices=GAMES)
    options = parser.parse_args()
    print(f"minatar {importlib.metadata.version('minatar')}, numpy {numpy.__version__}")
    total = 0
    for name in options.games:
        steps, returned, episodes, differences = 0, 0.0, 0, 0
        for seed in range(options.seed, options.seed + options.seeds):
            style, sticky = STYLES[seed % 3], STICKY[seed // 3 % 3]
            account = play(name, seed, options.acts, options.episodes, sticky, style)
            actions = [row[0] for row in account if row[0] is not None]
            ours = trace(options.rl, name, seed, actions, sticky, style)
            for number, (mine, theirs) in enumerate(itertools.zip_longest(ours, account)):
                if mine != theirs:
                    differences += 1
                    if differences == 1:
                        print(f"  first at seed {seed}, line {number}:\n  ours {mine}\n  theirs {theirs}")
            steps += len(actions)
            returned += sum(row[2] for row in account)
            episodes += sum(row[3] == "terminated" for row in account)
        total += differences
        print(
            f"{name}: {options.seeds} seeds, {steps} acts, {episodes} episodes, return {returned:.0f}, {differences} differences",
            flush=True)
    sys.exit(1 if total else 0)


if __name__ == "__main__":
    main()
