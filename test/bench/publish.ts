/**
 * `npm run bench:publish -- [--intents 1000] [--processes 3] [--tenants 8] [--seconds 600] [--seed 1] [--kill 4]`: posts of many
 * organisations, sent by several real processes over one database, which are killed at any moment, while pretend networks
 * lose, drop, cut and delay them, people undo and freeze, and rights are taken away. The database is the one that
 * MONGODB_URI names, else the embedded store in a process of its own.
 */
import { parseArgs } from 'node:util';
import { type Count, runPublishing } from './publishing/run.js';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { intents: text, processes: text, tenants: text, seconds: text, seed: text, undo: text, kill: text },
});
const number = (value: string | undefined, otherwise: number) => (value === undefined ? otherwise : Number(value));
const uri = process.env.MONGODB_URI;
const isShown = process.stderr.isTTY || process.env.VERBOSE;
const processes = number(values.processes, 3);
const tenants = number(values.tenants, 8);
const count = await runPublishing(uri, {
  ...{ intents: number(values.intents, 1000), processes, tenants, seed: number(values.seed, 1) },
  ...{ undoSeconds: number(values.undo, 20), width: 24, killEverySeconds: number(values.kill, 4) },
  askForSeconds: number(values.seconds, 3600),
  say: (line) => isShown && process.stderr.write(`${line}\n`),
});
process.stdout.write(table(count));
const { twice, untrue, untold, undoneButThere, frozenButSent, withoutRight, withoutYes, withoutPicture } = count;
const { withoutVideo, unfinished, stray } = count;
const faults =
  twice +
  untrue +
  untold +
  undoneButThere +
  frozenButSent +
  withoutRight +
  withoutYes +
  withoutPicture +
  withoutVideo +
  unfinished +
  stray;
process.exit(faults > 0 || count.intents === 0 ? 1 : 0);

function table(made: Count): string {
  const row = (value: number, what: string) => `${value.toLocaleString('en-GB').padStart(9)}  ${what}`;
  return [
    row(
      made.intents,
      `posts in ${tenants} organisations, by ${processes} processes over ${uri ? 'one database' : 'one embedded store in a process of its own'}`,
    ),
    row(made.faults, 'times the dial was turned'),
    row(made.kills, 'processes killed (kill -9) at their work, and started again'),
    row(made.redelivered, 'activities delivered again, since the process that had them died'),
    row(made.undone, 'undone in time'),
    row(made.pictures, 'had a picture'),
    row(made.videos, 'had a video'),
    row(made.replies, 'were replies'),
    row(made.approved, 'needed a yes and got it'),
    row(made.declined, 'needed a yes and got a no'),
    row(made.freezes, 'freezes while posts were on their way'),
    row(made.unshares, 'times a right was taken away while posts were held'),
    '',
    ...Object.entries(made.ends)
      .sort(([, a], [, b]) => b - a)
      .map(([end, value]) => row(value, `ended as ${end}`)),
    '',
    row(made.twice, 'there twice'),
    row(made.untrue, 'whose end is not what is there'),
    row(made.untold, 'whose end nobody was shown'),
    row(made.undoneButThere, 'undone, and there all the same'),
    row(made.frozenButSent, 'sent after the answer "frozen", and not named by it'),
    row(made.withoutRight, 'sent after the right to it was taken away'),
    row(made.withoutYes, 'there without the yes they needed'),
    row(made.withoutPicture, 'there without the picture they were asked with'),
    row(made.withoutVideo, 'there without the video they were asked with, or with another'),
    row(made.unfinished, 'without an end'),
    row(made.stray, 'there without a Send'),
    ...made.odd.slice(0, 20).map((one) => `           ${one}`),
    '',
    `(asked for ${made.seconds.asking.toFixed(0)} s, all of it ${made.seconds.all.toFixed(0)} s: ${(made.intents / made.seconds.all).toFixed(1)} posts a second)`,
    '',
  ].join('\n');
}
