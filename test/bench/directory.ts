/** `npm run bench:directory`: what a day of lists costs in Graph requests, beside the cached design's reckoning. */
import { liveADay } from './directoryDay.js';

const day = { people: 500, commands: 10_000, minutes: 480 };
const cost = await liveADay(day);
const number = (count: number) => count.toLocaleString('en-GB').padStart(8);
const ratio = cost.graph / cost.reckoned;

process.stdout.write(
  [
    `${day.commands.toLocaleString('en-GB')} list commands by ${day.people} people in ${day.minutes / 60} hours`,
    `${number(cost.shown)}  lists with a profile shared by group`,
    `${number(cost.graph)}  Graph requests`,
    `${number(cost.needed)}  that a cache of five minutes cannot do without, for these very commands`,
    `${number(cost.reckoned)}  by the cached design: people x min(commands of each, hours / 5 minutes)`,
    `${number(cost.tokens)}  token requests besides`,
    `ratio to the cached design: ${ratio.toFixed(2)}   (${cost.seconds.toFixed(1)} s)`,
    '',
  ].join('\n'),
);
if (cost.graph > cost.reckoned || cost.graph > cost.needed) {
  process.stderr.write('More Graph requests than the cached design.\n');
  process.exitCode = 1;
}
