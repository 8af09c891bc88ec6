/** `npm run bench:directory`: what a day of lists costs in Graph requests, and how old a membership is that lists show. */
import { liveADay } from './directoryDay.js';

const day = { people: 500, commands: 10_000, minutes: 480 };
const cost = await liveADay(day);
const number = (count: number) => count.toLocaleString('en-GB').padStart(8);
const goals = { graph: 2_000, staleSeconds: 120 };

process.stdout.write(
  [
    `${day.commands.toLocaleString('en-GB')} list commands by ${day.people} people in ${day.minutes / 60} hours`,
    `${number(cost.shown)}  lists with a profile shared by group`,
    `${number(cost.graph)}  Graph requests (goal: at most ${goals.graph.toLocaleString('en-GB')})`,
    `${number(cost.followed)}  of them by the sweep that follows people and groups`,
    `${number(cost.needed)}  that asking for each person once in five minutes cannot do without`,
    `${number(cost.tokens)}  token requests besides`,
    `${number(cost.staleSeconds)}  seconds at most until a list showed who joined or left (goal: ${goals.staleSeconds})`,
    `ratio to asking for each person: ${(cost.graph / cost.needed).toFixed(2)}   (${cost.seconds.toFixed(1)} s)`,
    '',
  ].join('\n'),
);
if (cost.graph > goals.graph || cost.staleSeconds > goals.staleSeconds) {
  process.stderr.write('The goal is missed.\n');
  process.exitCode = 1;
}
